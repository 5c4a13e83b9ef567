"""The office outranks the teacher; both words are kept; contradictions are listed."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstbell.attendance.data import ConflictKind, RollCell, Said
from firstbell.attendance.rules.codes import codes_on, starter_codes
from firstbell.attendance.rules.precedence import (
    conflicts,
    office_clears,
    office_says,
    shown_to_teacher,
    teacher_says,
)

CODES = codes_on(date(2026, 3, 2), starter_codes())
TEACHER_AT = datetime(2026, 3, 2, 8, 5)  # noqa: DTZ001 - school-local time of day, as the page shows it
OFFICE_AT = datetime(2026, 3, 2, 8, 12)  # noqa: DTZ001 - as above


def teacher(code: str) -> Said:
    return Said(code, "t1", TEACHER_AT)


def office(code: str) -> Said:
    return Said(code, "o1", OFFICE_AT)


def cell(by_teacher: str | None = None, by_office: str | None = None) -> RollCell:
    return RollCell(
        "s1", teacher(by_teacher) if by_teacher else None, office(by_office) if by_office else None
    )


@pytest.mark.parametrize(
    ("by_teacher", "by_office", "effective", "shown", "locked"),
    [
        ("A", None, "A", "A", False),
        ("A", "E", "E", "Excused (office, 08:12)", True),
        ("P", "E", "E", "Excused (office, 08:12)", True),
        (None, None, None, "", False),
    ],
)
def test_effective_code_and_what_the_teacher_sees(
    by_teacher: str | None, by_office: str | None, effective: str | None, shown: str, locked: bool
) -> None:
    one = cell(by_teacher, by_office)
    assert (one.effective, shown_to_teacher(one, CODES), one.locked) == (effective, shown, locked)


def test_clearing_the_office_code_brings_the_teachers_own_back() -> None:
    assert office_clears(cell("A", "E")) == cell("A")


def test_a_teachers_later_present_stays_beneath_the_lock_and_is_listed() -> None:
    one = teacher_says(cell("A", "E"), teacher("P"))
    assert (one.effective, one.locked) == ("E", True)
    assert one.teacher == teacher("P")
    assert [c.kind for c in conflicts([("1", one)], CODES)] == [ConflictKind.TEACHER_AND_OFFICE_DIFFER]


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([*CODES, None])), max_size=8))
def test_effective_is_the_last_standing_office_word_else_the_last_of_the_teacher(
    steps: list[tuple[bool, str | None]],
) -> None:
    one = RollCell("s1")
    by_office: str | None = None
    by_teacher: str | None = None
    for is_office, code in steps:
        if is_office and code is None:
            one, by_office = office_clears(one), None
        elif is_office and code is not None:
            one, by_office = office_says(one, office(code)), code
        elif code is not None:
            one, by_teacher = teacher_says(one, teacher(code)), code
    assert one.effective == (by_office or by_teacher)


def kinds(day: str, office_codes: str = "", office_day: str | None = None) -> list[tuple[ConflictKind, str]]:
    """``day`` has a teacher's code per period (``.`` not taken), ``office_codes`` the office's beside it."""
    cells = [
        (str(i), cell(None if c == "." else c, o if o != "." else None))
        for i, (c, o) in enumerate(zip(day, office_codes.ljust(len(day), "."), strict=True), start=1)
    ]
    return [(c.kind, "".join(c.periods)) for c in conflicts(cells, CODES, office_day_code=office_day)]


def test_in_school_but_absent_from_class_is_listed_by_period() -> None:
    assert kinds("PPAPAP") == [(ConflictKind.IN_SCHOOL_NOT_IN_CLASS, "35")]


def test_an_absence_whose_reason_the_office_knows_is_no_contradiction() -> None:
    assert kinds("PPAPPP", "..E") == []


def test_absent_all_day_but_present_in_one_class() -> None:
    assert kinds("AAAPAA") == [(ConflictKind.ABSENT_ALL_DAY_BUT_ONE, "4")]
    assert kinds("..P...", office_day="H") == [(ConflictKind.ABSENT_ALL_DAY_BUT_ONE, "3")]


def test_left_early_but_present_later() -> None:
    assert kinds("PLP") == [(ConflictKind.LEFT_EARLY_PRESENT_LATER, "3")]
    assert kinds("PPL") == []


def test_a_day_without_contradiction_lists_none() -> None:
    assert kinds("PPPP") == kinds("AAAA") == kinds("....") == kinds("") == []
