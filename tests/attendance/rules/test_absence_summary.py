"""The absence summary's days make the expected days."""

from fractions import Fraction

import pytest

from firstbell.attendance.data import StateCategory as C
from firstbell.attendance.rules.absence_summary import FIELDS, check, summarize

EXAMPLE = {
    C.IN_PERSON: 131, C.SUSPENSION_OUT: 1, C.SUSPENSION_IN: 2, C.EXCUSED: 7, C.UNEXCUSED: 5,
    C.INDEPENDENT_STUDY_NO_ADA: 2, C.INDEPENDENT_STUDY_ADA: 4,
}  # fmt: skip


def test_exceptions_and_the_rest_in_person_make_the_worked_example() -> None:
    exceptions = [c for c, n in EXAMPLE.items() if c is not C.IN_PERSON for _ in range(n)]
    days = summarize(152, exceptions)
    assert days == {c: Fraction(n) for c, n in EXAMPLE.items()}
    assert check(152, days) == []


def test_every_category_has_its_field() -> None:
    assert sorted(FIELDS.values()) == [f"13.{n}" for n in range(16, 23)]
    assert set(FIELDS) == set(C)


def test_a_tardy_day_is_a_day_in_person() -> None:
    assert summarize(10, [C.IN_PERSON, C.EXCUSED])[C.IN_PERSON] == 9


def test_days_that_do_not_add_up_are_found() -> None:
    assert [f.code for f in check(151, EXAMPLE)] == ["STAS0318"]
    over = {C.IN_PERSON: 148, C.SUSPENSION_IN: 2, C.INDEPENDENT_STUDY_NO_ADA: 3}
    assert [f.code for f in check(152, over)] == ["STAS0318", "STAS0311"]


def test_more_exceptions_than_days_are_refused() -> None:
    with pytest.raises(ValueError, match="more days"):
        summarize(1, [C.EXCUSED, C.UNEXCUSED])
