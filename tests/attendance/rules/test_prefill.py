"""What a cell of a roll shows: the strongest word, with its origin."""

from datetime import date, datetime

import pytest

from firstbell.attendance.data import CellOrigin, KnownAbsence, Said
from firstbell.attendance.rules.codes import codes_on, starter_codes
from firstbell.attendance.rules.prefill import Prefill, covers, prefill

DAY = date(2026, 3, 2)
CODES = codes_on(DAY, starter_codes())


def said(code: str, by: str) -> Said:
    return Said(code, by, datetime(2026, 3, 2, 7, 0))  # noqa: DTZ001 - school-local time


ALL = {
    "office_period": said("E", "o1"),
    "office_day": said("H", "o2"),
    "known": said("V", "o3"),
    "teacher": said("T", "t1"),
    "previous": said("S", "o4"),
}
#: student records specification, 4.4; the teacher's own word stands between what is known and what is carried
ORDER = [
    ("office_period", "E", CellOrigin.OFFICE_PERIOD, True),
    ("office_day", "H", CellOrigin.OFFICE_DAY, True),
    ("known", "V", CellOrigin.KNOWN_ABSENCE, True),
    ("teacher", "T", CellOrigin.TEACHER, False),
    ("previous", "S", CellOrigin.PREVIOUS_PERIOD, False),
    ("", "P", CellOrigin.DEFAULT, False),
]


@pytest.mark.parametrize("strongest", range(6))
def test_each_origin_gives_way_to_the_stronger_one(strongest: int) -> None:
    facts = {name: ALL[name] for name, *_ in ORDER[strongest:-1]}
    name, code, origin, locked = ORDER[strongest]
    got = prefill(CODES, **facts)
    assert got == Prefill(code, origin, ALL.get(name))
    assert got is not None
    assert got.locked is locked


def test_only_codes_flagged_prefill_carry_into_the_next_period() -> None:
    assert prefill(CODES, previous=said("A", "t")) == Prefill("P", CellOrigin.DEFAULT)


def test_a_code_that_is_not_valid_that_day_is_passed_over() -> None:
    without = {name: code for name, code in CODES.items() if name != "E"}
    assert prefill(without, office_period=said("E", "o")) == Prefill("P", CellOrigin.DEFAULT)
    assert prefill({}) is None


def test_a_known_absence_holds_on_its_dates_and_chosen_periods_only() -> None:
    trip = KnownAbsence(student="s", begin=DAY, end=date(2026, 3, 4), code="V", periods=frozenset({"2", "3"}))
    assert [covers(trip, DAY, period) for period in "1234"] == [False, True, True, False]
    assert not covers(trip, date(2026, 3, 5), "2")
    assert not covers(trip, DAY), "not the whole day"
    whole = KnownAbsence(student="s", begin=DAY, end=DAY, code="H")
    assert (covers(whole, DAY), covers(whole, DAY, "1")) == (True, True)
