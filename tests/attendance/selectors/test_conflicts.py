"""The office's list of contradictions (student records specification, section 4.3)."""

from __future__ import annotations

import pytest

from firstbell.attendance import api
from firstbell.attendance.data import ConflictKind, Mark
from firstbell.attendance.testing import take_roll
from firstbell.people.testing import TODAY, SmallDistrict, small_district

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> SmallDistrict:
    """Four periods a day."""
    api.ensure_codes()
    return small_district(sections=4)


def listed(district: SmallDistrict) -> list[tuple[str, ConflictKind, str]]:
    rows = api.conflict_list(district.viewer("staff", "north-clerk"), TODAY)
    return [(row.student.split(", ")[1], row.kind, row.sentence) for row in rows]


def rolls(district: SmallDistrict, marks: dict[int, dict[str, str]]) -> None:
    for period in range(1, 5):
        take_roll(district, f"north-x{period}", marks.get(period))


def test_present_in_school_but_absent_in_class(district):
    rolls(district, {3: {"north-1": "A"}})
    assert listed(district) == [
        ("First1", ConflictKind.IN_SCHOOL_NOT_IN_CLASS, "Seen in school, absent from Period 3.")
    ]
    row = api.conflict_list(district.viewer("staff", "north-clerk"), TODAY)[0]
    assert [(cell.teacher.split(" (")[0], cell.contested) for cell in row.cells] == [
        ("Present", False),
        ("Present", False),
        ("Absent, unverified", True),
        ("Present", False),
    ]


def test_absent_all_day_but_present_in_one_class(district):
    rolls(district, {n: {"north-1": "A"} for n in (1, 2, 4)})
    assert listed(district) == [
        ("First1", ConflictKind.ABSENT_ALL_DAY_BUT_ONE, "Absent all day, present in Period 3.")
    ]


def test_left_early_but_present_later(district):
    rolls(district, {2: {"north-1": "L"}})
    assert listed(district) == [
        (
            "First1",
            ConflictKind.LEFT_EARLY_PRESENT_LATER,
            "Left early, present later in Period 3, Period 4.",
        )
    ]


def test_a_teacher_s_later_present_against_an_office_excuse_is_kept_and_listed(district):
    clerk, student = district.viewer("staff", "north-clerk"), district.id("student", "north-1")
    section, slot = district.id("section", "north-x2"), district.id("period", "north-p2")
    api.office_mark_meeting(clerk, student, section, TODAY, slot, "E")
    teacher = district.viewer("staff", "north-teacher")
    api.submit_roll(teacher, section, TODAY, slot, {student: Mark("P")})
    kinds = [row[1] for row in listed(district)]
    assert kinds == [ConflictKind.TEACHER_AND_OFFICE_DIFFER]
    cell = next(c for c in api.conflict_list(clerk, TODAY)[0].cells if c.contested)
    assert cell.teacher.startswith("Present (north-teacher, ")
    assert cell.office.startswith("Excused (north-clerk, ")


def test_an_office_excuse_for_the_day_that_a_teacher_contradicts_is_listed(district):
    clerk, student = district.viewer("staff", "north-clerk"), district.id("student", "north-1")
    api.office_mark_day(clerk, student, TODAY, "E")
    rolls(district, {})
    assert listed(district) == [], "the teachers saw the excuse and said nothing against it"
    api.submit_roll(
        district.viewer("staff", "north-teacher"),
        district.id("section", "north-x2"),
        TODAY,
        district.id("period", "north-p2"),
        {student: Mark("P")},
        based_on=1,
    )
    assert [row[1] for row in listed(district)] == [ConflictKind.ABSENT_ALL_DAY_BUT_ONE]


def test_an_absence_that_the_office_explained_is_no_contradiction(district):
    rolls(district, {3: {"north-1": "A"}})
    api.office_mark_meeting(
        district.viewer("staff", "north-clerk"),
        district.id("student", "north-1"),
        district.id("section", "north-x3"),
        TODAY,
        district.id("period", "north-p3"),
        "H",
    )
    assert listed(district) == []


@pytest.mark.parametrize("key", ["south-clerk", "north-teacher", "chief", "superintendent"])
def test_other_offices_teachers_and_readers_of_counts_see_none(district, key):
    rolls(district, {3: {"north-1": "A"}})
    assert api.conflict_list(district.viewer("staff", key), TODAY) == []


@pytest.mark.parametrize("size", [3, 30])
def test_the_list_costs_the_same_for_any_number(size, django_assert_num_queries):
    api.ensure_codes()
    district = small_district(students=size, sections=4)
    rolls(district, {3: {f"north-{n}": "A" for n in range(size)}})
    clerk = district.viewer("staff", "north-clerk")
    with django_assert_num_queries(17):
        assert len(api.conflict_list(clerk, TODAY)) == size
