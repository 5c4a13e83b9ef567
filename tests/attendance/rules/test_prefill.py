"""What an open roll shows first: the strongest known fact, with its origin."""

from datetime import date, datetime

import pytest

from firstbell.attendance.data import CellOrigin, KnownAbsence, Said
from firstbell.attendance.rules.codes import codes_on, starter_codes
from firstbell.attendance.rules.prefill import Prefill, prefill

DAY = date(2026, 3, 2)
CODES = codes_on(DAY, starter_codes())


def said(code: str, by: str) -> Said:
    return Said(code, by, datetime(2026, 3, 2, 7, 0))  # noqa: DTZ001 - school-local time


ALL = {
    "office_period": said("E", "o1"),
    "office_day": said("H", "o2"),
    "known": [KnownAbsence(student="s", begin=DAY, end=DAY, code="V", by="o3")],
    "previous": said("S", "o4"),
}
ORDER = [
    ("office_period", Prefill("E", CellOrigin.OFFICE_PERIOD, "o1")),
    ("office_day", Prefill("H", CellOrigin.OFFICE_DAY, "o2")),
    ("known", Prefill("V", CellOrigin.KNOWN_ABSENCE, "o3")),
    ("previous", Prefill("S", CellOrigin.PREVIOUS_PERIOD, "o4")),
    ("none", Prefill("P", CellOrigin.DEFAULT)),
]


@pytest.mark.parametrize("strongest", range(5))
def test_each_origin_gives_way_to_the_stronger_one(strongest: int) -> None:
    facts = {name: ALL[name] for name, _ in ORDER[strongest:-1]}
    assert prefill(DAY, "1", CODES, **facts) == ORDER[strongest][1]  # type: ignore[arg-type]


def test_a_known_absence_holds_on_its_dates_and_chosen_periods_only() -> None:
    trip = KnownAbsence(student="s", begin=DAY, end=date(2026, 3, 4), code="V", periods=frozenset({"2", "3"}))
    origin = {p: prefill(DAY, p, CODES, known=[trip]) for p in "1234"}
    assert [o.origin if o else None for o in origin.values()] == [
        CellOrigin.DEFAULT, CellOrigin.KNOWN_ABSENCE, CellOrigin.KNOWN_ABSENCE, CellOrigin.DEFAULT,
    ]  # fmt: skip
    after = prefill(date(2026, 3, 5), "2", CODES, known=[trip])
    assert after is not None
    assert after.origin is CellOrigin.DEFAULT


def test_only_codes_flagged_prefill_carry_into_the_next_period() -> None:
    assert prefill(DAY, "2", CODES, previous=said("A", "t")) == Prefill("P", CellOrigin.DEFAULT)


def test_a_code_that_is_not_valid_that_day_is_passed_over() -> None:
    without = {name: code for name, code in CODES.items() if name != "E"}
    assert prefill(DAY, "1", without, office_period=said("E", "o")) == Prefill("P", CellOrigin.DEFAULT)
    assert prefill(DAY, "1", {}) is None
