"""The registrar's acts: enroll, transfer, withdraw, correct, undo; history is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from firstbell.kernel.finding import Refused
from firstbell.kernel.grade_level import GradeLevel
from firstbell.people import api
from firstbell.people.data import (
    Correction,
    Demographics,
    Directory,
    EnrollmentStatus,
    NewStudent,
    PersonName,
    Placement,
)
from firstbell.people.models import Contact, SchoolEnrollment, SectionEnrollment, Student, StudentDemographics
from firstbell.people.testing import BEGIN, END, TODAY, SmallDistrict, small_district
from firstbell.platform.access import NotAllowed, NotVisible

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> SmallDistrict:
    return small_district()


def placement(district: SmallDistrict, school: str, **changes: object) -> Placement:
    grade = GradeLevel.GRADE_9 if school == "north" else GradeLevel.GRADE_4
    values = {"school_id": district.id("school", school), "grade": grade, "entry": TODAY, "entry_code": "NEW"}
    return Placement(**(values | changes))  # type: ignore[arg-type]


def newcomer(**changes: object) -> NewStudent:
    values = {
        "name": PersonName(first="Rosa", last="Delgado"),
        "demographics": Demographics(birth_date=date(2012, 5, 6)),
    }
    return NewStudent(**(values | changes))  # type: ignore[arg-type]


def stays(student: int) -> list[tuple[str, date, date | None]]:
    rows = SchoolEnrollment.objects.filter(student=student, superseded_at=None).order_by("entry")
    return [(row.school.name, row.entry, row.exit) for row in rows]


def test_a_new_student_gets_the_next_local_id_and_can_be_found_at_once(district: SmallDistrict) -> None:
    registrar = district.viewer("staff", "north-registrar")
    student = api.enroll_new_student(registrar, newcomer(), placement(district, "north"))
    assert Student.objects.get(pk=student).local_id == "1012"
    assert [hit.id for hit in api.find_people(registrar, "delg ro")] == [student]


@pytest.mark.parametrize(
    "twin",
    [
        {"state_id": "9000000000"},
        {"local_id": "1000"},
        {
            "name": PersonName(first="FIRST0", last="learner-north"),
            "demographics": Demographics(birth_date=date(2012, 1, 1)),
        },
    ],
)
def test_a_student_who_is_here_already_is_not_entered_twice(
    district: SmallDistrict, twin: dict[str, object]
) -> None:
    registrar = district.viewer("staff", "north-registrar")
    with pytest.raises(Refused) as refused:
        api.enroll_new_student(registrar, newcomer(**twin), placement(district, "north"))
    assert refused.value.findings[0].code == "student.duplicate"
    assert Student.objects.count() == 12


def test_a_registrar_enrolls_only_at_the_own_school(district: SmallDistrict) -> None:
    with pytest.raises(NotAllowed):
        api.enroll_new_student(
            district.viewer("staff", "north-registrar"), newcomer(), placement(district, "south")
        )


def test_a_teacher_enrolls_nobody(district: SmallDistrict) -> None:
    with pytest.raises(NotAllowed):
        api.enroll_new_student(
            district.viewer("staff", "north-teacher"), newcomer(), placement(district, "north")
        )


def test_a_second_primary_enrollment_is_refused_a_secondary_one_runs_beside(district: SmallDistrict) -> None:
    south = district.viewer("staff", "south-registrar")
    student = district.id("student", "north-0")
    with pytest.raises(Refused) as refused:
        api.enroll_known_student(south, student, placement(district, "south"))
    assert refused.value.findings[0].code == "enrollment.overlap"
    api.enroll_known_student(south, student, placement(district, "south", status=EnrollmentStatus.SECONDARY))
    assert len(stays(student)) == 2


def test_withdrawing_ends_sections_the_same_day_and_keeps_the_old_versions(district: SmallDistrict) -> None:
    student = district.id("student", "north-0")
    registrar = district.viewer("staff", "north-registrar")
    api.withdraw(registrar, student, last_day=TODAY, exit_code="T160")
    assert stays(student) == [("North School", BEGIN, TODAY)]
    ends = SectionEnrollment.objects.filter(student=student, superseded_at=None).values_list("end", flat=True)
    assert set(ends) == {TODAY}
    assert SectionEnrollment.objects.filter(student=student).count() == 4


def test_a_no_show_exits_the_day_before_its_entry(district: SmallDistrict) -> None:
    student = district.id("student", "north-0")
    api.withdraw(district.viewer("staff", "north-registrar"), student, last_day=TODAY, exit_code="N470")
    assert stays(student) == [("North School", BEGIN, BEGIN - timedelta(days=1))]
    assert not SectionEnrollment.objects.filter(student=student, superseded_at=None).exists()


def test_an_unknown_exit_code_names_those_that_hold(district: SmallDistrict) -> None:
    with pytest.raises(Refused) as refused:
        api.withdraw(
            district.viewer("staff", "north-registrar"),
            district.id("student", "north-0"),
            last_day=TODAY,
            exit_code="XX",
        )
    assert "T160" in refused.value.findings[0].next_step


def test_transfer_ends_one_day_and_begins_the_next(district: SmallDistrict) -> None:
    student = district.id("student", "north-0")
    api.transfer(
        district.viewer("staff", "south-registrar"),
        student,
        placement(district, "south", entry_code="IN-DIST"),
    )
    assert stays(student) == [
        ("North School", BEGIN, TODAY - timedelta(days=1)),
        ("South School", TODAY, None),
    ]


def test_undo_brings_back_what_was_and_erases_nothing(district: SmallDistrict) -> None:
    student = district.id("student", "north-0")
    registrar = district.viewer("staff", "north-registrar")
    before = stays(student)
    sections = sorted(
        SectionEnrollment.objects.filter(student=student, superseded_at=None).values_list(
            "section", "begin", "end"
        )
    )
    act = api.withdraw(registrar, student, last_day=TODAY, exit_code="T160")
    api.undo(registrar, act)
    assert stays(student) == before
    assert sections == sorted(
        SectionEnrollment.objects.filter(student=student, superseded_at=None).values_list(
            "section", "begin", "end"
        )
    )
    assert SchoolEnrollment.objects.filter(student=student).count() == 3
    with pytest.raises(Refused):
        api.undo(registrar, act)


def test_an_act_that_another_built_on_cannot_be_undone_first(district: SmallDistrict) -> None:
    student = district.id("student", "north-0")
    registrar = district.viewer("staff", "north-registrar")
    act = api.withdraw(registrar, student, last_day=TODAY, exit_code="T160")
    version = SchoolEnrollment.objects.get(student=student, superseded_at=None)
    api.correct_enrollment(
        registrar, version.pk, Correction(exit=TODAY - timedelta(days=3)), reason="last seen on Friday"
    )
    with pytest.raises(Refused) as refused:
        api.undo(registrar, act)
    assert refused.value.findings[0].code == "act.built_on"


def test_a_correction_needs_a_reason_and_the_current_version(district: SmallDistrict) -> None:
    student = district.id("student", "north-0")
    registrar = district.viewer("staff", "north-registrar")
    version = SchoolEnrollment.objects.get(student=student, superseded_at=None)
    with pytest.raises(Refused):
        api.correct_enrollment(registrar, version.pk, Correction(track="B"), reason=" ")
    api.correct_enrollment(registrar, version.pk, Correction(track="B"), reason="moved to the late track")
    with pytest.raises(Refused) as refused:
        api.correct_enrollment(registrar, version.pk, Correction(track="C"), reason="again")
    assert refused.value.findings[0].code == "enrollment.stale"


def test_the_past_can_be_asked_as_of_a_day_and_as_known_on_a_day(district: SmallDistrict) -> None:
    student = district.id("student", "north-0")
    registrar = district.viewer("staff", "north-registrar")
    api.withdraw(registrar, student, last_day=date(2026, 10, 1), exit_code="T160")
    after = date(2026, 10, 2)
    assert api.enrollments_as(registrar, student, of=after) == []
    assert len(api.enrollments_as(registrar, student, of=date(2026, 10, 1))) == 1
    # both versions were recorded today, so yesterday knew of none
    first = SchoolEnrollment.objects.filter(student=student).order_by("recorded_at").first()
    assert first is not None
    assert api.enrollments_as(registrar, student, known_on=first.recorded_at.date() - timedelta(days=2)) == []


def test_someone_elses_student_cannot_be_withdrawn_or_undone(district: SmallDistrict) -> None:
    north = district.viewer("staff", "north-registrar")
    other = district.id("student", "south-0")
    with pytest.raises(NotVisible):
        api.withdraw(north, other, last_day=TODAY, exit_code="T160")
    act = api.withdraw(district.viewer("staff", "south-registrar"), other, last_day=TODAY, exit_code="T160")
    with pytest.raises(NotVisible):
        api.undo(north, act)


def test_correcting_a_student_keeps_the_old_values_and_the_search_follows(district: SmallDistrict) -> None:
    registrar = district.viewer("staff", "north-registrar")
    student = district.id("student", "north-0")
    changed = api.correct_student(
        registrar,
        student,
        name=PersonName(first="First0", last="Okafor"),
        directory=Directory(city="Lakeside"),
        reason="marriage certificate seen",
    )
    assert changed == ["city", "last_name"]
    assert [hit.id for hit in api.find_people(registrar, "okaf")] == [student]
    assert api.find_people(registrar, "learner-north first0") == []


def test_a_bar_keeps_a_registrar_from_writing_about_the_child(district: SmallDistrict) -> None:
    """Whoever the school, whatever the act: a bar beats the post."""
    account = district.account("staff", "north-registrar")
    Contact.objects.filter(pk=district.id("contact", "c-north-0")).update(account=account)
    registrar, student = api.viewer_for(account, TODAY), district.id("student", "north-0")
    version = SchoolEnrollment.objects.get(student=student, superseded_at=None)
    act = api.withdraw(registrar, student, last_day=TODAY, exit_code="T160")
    api.undo(registrar, act)
    district.bar("c-north-0", "north-0")
    version = SchoolEnrollment.objects.get(student=student, superseded_at=None)
    north = placement(district, "north", entry_code="RETURN", status=EnrollmentStatus.SECONDARY)
    attempts = [
        lambda: api.withdraw(registrar, student, last_day=TODAY, exit_code="T160"),
        lambda: api.correct_enrollment(registrar, version.pk, Correction(track="B"), reason="mine"),
        lambda: api.correct_student(registrar, student, directory=Directory(city="Elsewhere")),
        lambda: api.enroll_known_student(registrar, student, north),
        lambda: api.transfer(registrar, student, placement(district, "north", entry_code="IN-DIST")),
        lambda: api.undo(registrar, act),
        lambda: api.drop_from_section(registrar, student, district.id("section", "north-x1"), last_day=TODAY),
        lambda: api.known_student(registrar, student),
        lambda: api.acts_of(registrar, student),
        lambda: api.enrollment_versions(registrar, student),
    ]
    for attempt in attempts:
        with pytest.raises(NotVisible):
            attempt()
    typed = NewStudent(name=PersonName(first="X", last="Y"), local_id="1000")
    assert api.find_known(registrar, typed) == []
    assert len(api.find_known(district.viewer("staff", "south-registrar"), typed)) == 1


def test_nobody_can_be_neither_enrolled_nor_transferred(district: SmallDistrict) -> None:
    registrar = district.viewer("staff", "south-registrar")
    with pytest.raises(NotVisible):
        api.enroll_known_student(registrar, 10**6, placement(district, "south"))
    with pytest.raises(NotVisible):
        api.transfer(registrar, 10**6, placement(district, "south", entry_code="IN-DIST"))


def test_a_family_cannot_change_who_the_child_is(district: SmallDistrict) -> None:
    """The fields that a family may write are contact data; a name or a number is the registrar's."""
    student = district.id("student", "north-0")
    for viewer in (district.viewer("contact", "c-north-0"), district.viewer("student", "north-0")):
        for change in (
            {"name": PersonName(first="New", last="Name")},
            {"demographics": Demographics(birth_date=date(2000, 1, 1))},
            {"state_id": "1"},
        ):
            with pytest.raises(NotAllowed):
                api.correct_student(viewer, student, **change)  # type: ignore[arg-type]
    Student.objects.get(pk=student).demographics.delete()
    StudentDemographics.objects.create(student_id=student, birth_date=date(2000, 1, 1))
    grown = district.viewer("student", "north-0")
    assert grown.holds("eligible_student")
    assert api.correct_student(grown, student, directory=Directory(city="Lakeside")) == ["city"]
    with pytest.raises(NotAllowed):
        api.correct_student(grown, student, name=PersonName(first="New", last="Name"))


def test_adding_to_and_dropping_from_a_section(district: SmallDistrict) -> None:
    registrar = district.viewer("staff", "north-registrar")
    student = api.enroll_new_student(registrar, newcomer(), placement(district, "north"))
    section = district.id("section", "north-x1")
    api.add_to_section(registrar, student, section, begin=TODAY)
    row = SectionEnrollment.objects.get(student=student, superseded_at=None)
    assert (row.begin, row.end) == (TODAY, END)
    with pytest.raises(Refused) as refused:
        api.add_to_section(registrar, student, section, begin=TODAY)
    assert refused.value.findings[0].code == "section.already"
    api.drop_from_section(registrar, student, section, last_day=TODAY - timedelta(days=1))
    assert not SectionEnrollment.objects.filter(student=student, superseded_at=None).exists()
