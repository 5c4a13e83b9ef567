"""Problems of the roster are counted where they are, and shown to those who mend them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from firstbell.people import api
from firstbell.people.models import (
    BellSchedule,
    SchoolEnrollment,
    SectionEnrollment,
    SectionStaff,
    StudentContact,
    StudentDemographics,
)
from firstbell.people.testing import TODAY, SmallDistrict, small_district
from firstbell.platform.access import NotVisible

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def district() -> SmallDistrict:
    """One of each problem at the north school, none at the south."""
    built = small_district()

    def of(number: int) -> dict[str, int]:
        return {"student": built.id("student", f"north-{number}")}

    SectionEnrollment.objects.filter(**of(0)).update(end=YESTERDAY)
    StudentContact.objects.filter(**of(1)).update(has_rights=False)
    StudentDemographics.objects.filter(**of(2)).update(birth_date=None)
    stay = SchoolEnrollment.objects.get(**of(3))
    SchoolEnrollment.objects.create(
        student_id=stay.student_id,
        school_id=built.id("school", "south"),
        school_year=2027,
        grade="04",
        entry=TODAY,
        sourced_id="6a6ea4a1-1d5c-4f0b-9d2e-3f1f2c8b7a11",
        recorded_in_id=stay.recorded_in_id,
        recorded_at=stay.recorded_at,
    )
    SectionStaff.objects.filter(section=built.id("section", "north-x2")).update(end=YESTERDAY)
    return built


def found(district: SmallDistrict, key: str) -> dict[tuple[str, str], int]:
    rows = api.roster_problems(district.viewer("staff", key))
    return {(row.kind.code, row.school): row.number for row in rows}


def test_each_problem_is_counted_once_at_its_school(district: SmallDistrict) -> None:
    north = {
        ("without_section", "North School"): 1,
        ("without_contact", "North School"): 1,
        ("in_two_schools", "North School"): 1,
        ("without_birth_date", "North School"): 1,
        ("without_teacher", "North School"): 1,
    }
    south = {("in_two_schools", "South School"): 1, ("without_section", "South School"): 1}
    assert found(district, "north-registrar") == north
    assert found(district, "south-registrar") == south
    assert found(district, "chief") == north | south
    assert found(district, "north-teacher") == {}


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("without_section", "Learner-north, First0"),
        ("without_contact", "Learner-north, First1"),
        ("without_birth_date", "Learner-north, First2"),
        ("in_two_schools", "Learner-north, First3"),
        ("without_teacher", "Mathematics 2"),
    ],
)
def test_who_it_is_about_is_shown_to_the_registrar(district: SmallDistrict, code: str, name: str) -> None:
    registrar = district.viewer("staff", "north-registrar")
    problem, rows = api.problem_rows(registrar, code, district.id("school", "north"))
    assert [row.name for row in rows] == [name]
    assert problem.number == 1


@pytest.mark.parametrize("key", ["south-registrar", "chief", "north-teacher", "superintendent"])
def test_who_does_not_mend_it_sees_nobody(district: SmallDistrict, key: str) -> None:
    with pytest.raises(NotVisible):
        api.problem_rows(district.viewer("staff", key), "without_section", district.id("school", "north"))


def test_a_number_is_said_in_words() -> None:
    from firstbell.people.selectors.problems import PROBLEMS

    assert PROBLEMS["without_section"].kind.words(1) == "1 student is in no section today"
    assert PROBLEMS["without_section"].kind.words(1200) == "1,200 students are in no section today"


def test_a_school_that_cannot_take_attendance_says_what_it_lacks(district: SmallDistrict) -> None:
    assert api.schools_unset(district.viewer("staff", "chief")) == []
    BellSchedule.objects.filter(school=district.id("school", "south")).delete()
    told = api.schools_unset(district.viewer("staff", "chief"))
    assert told == [(district.id("school", "south"), "South School", "bell times")]


def test_recent_acts_are_those_of_one_s_own_students(district: SmallDistrict) -> None:
    north, south = (district.viewer("staff", f"{school}-registrar") for school in ("north", "south"))
    api.withdraw(
        north, district.id("student", "north-4"), last_day=YESTERDAY, exit_code="T160", reason="moved"
    )
    acts = api.recent_acts(north)
    assert [(act.student, act.words, act.by) for act in acts] == [
        ("Learner-north, First4", "Withdrawn", north.name)
    ]
    assert api.recent_acts(south) == []
    assert api.recent_acts(district.viewer("staff", "north-teacher")) == []
