"""Attendance recovery within limit and absences; the chronic count keeps the absences."""

from datetime import date

import pytest

from firstbell.attendance.rules.recovery import chronic_absences, credited_days
from firstbell.attendance.rules.rule_set import rule_set
from firstbell.params import MissingParameter

CA = rule_set("us-ca", date(2025, 9, 1))


@pytest.mark.parametrize(
    ("absences", "recovered", "credited"), [(9, 7, 7), (9, 13, 9), (25, 13, 10), (0, 5, 0)]
)
def test_the_least_of_limit_absences_and_days(absences: int, recovered: int, credited: int) -> None:
    assert credited_days(absences, recovered, CA) == credited


def test_a_recovered_day_stays_in_the_chronic_count() -> None:
    assert chronic_absences(15, 7, CA) == 15


def test_no_recovery_before_it_began_and_no_negative_days() -> None:
    with pytest.raises(MissingParameter):
        credited_days(9, 7, rule_set("us-ca", date(2025, 6, 30)))
    with pytest.raises(ValueError, match="negative"):
        credited_days(-1, 7, CA)
