"""Credit stops on the conditional date and is flagged fourteen days ahead."""

from datetime import date

import pytest

from firstbell.attendance.rules.immunization import ImmunizationStanding as S
from firstbell.attendance.rules.immunization import standing
from firstbell.attendance.rules.rule_set import rule_set

UNTIL = date(2025, 10, 15)


@pytest.mark.parametrize(
    ("day", "documented", "expected"),
    [
        (date(2025, 9, 30), None, S.CLEAR),
        (date(2025, 10, 1), None, S.DUE_SOON),
        (date(2025, 10, 14), None, S.DUE_SOON),
        (UNTIL, None, S.NO_CREDIT),
        (date(2025, 11, 1), date(2025, 11, 2), S.NO_CREDIT),
        (date(2025, 11, 2), date(2025, 11, 2), S.CLEAR),
    ],
)
def test_standing_by_day(day: date, documented: date | None, expected: S) -> None:
    assert standing(day, UNTIL, documented, rule_set("us-ca")) is expected


def test_a_student_without_a_condition_is_clear() -> None:
    assert standing(UNTIL, None, None, rule_set("us-ca")) is S.CLEAR
