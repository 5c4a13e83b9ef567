"""Two registrars, a registrar and an import, or a double click act on one student at the same moment."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from firstbell.kernel.finding import Refused
from firstbell.kernel.grade_level import GradeLevel
from firstbell.people import api
from firstbell.people.data import (
    Correction,
    Demographics,
    EnrollmentStatus,
    NewStudent,
    PersonName,
    Placement,
)
from firstbell.people.models import RosterAct, SchoolEnrollment, SectionEnrollment, Student
from firstbell.people.testing import BEGIN, SOURCE, TODAY, SmallDistrict, small_district, small_roster
from firstbell.platform.access import NotVisible, Viewer
from tests.at_once import at_once, meet_after

JOB = Viewer(account_id=None, name="test", today=TODAY, purpose="test")
ENROLL, LEAVE = "firstbell.people.services.enroll", "firstbell.people.services.leave"


@pytest.fixture
def district(served: None) -> SmallDistrict:
    return small_district()


def placement(district: SmallDistrict, school: str, **changes: Any) -> Placement:
    grade = GradeLevel.GRADE_9 if school == "north" else GradeLevel.GRADE_4
    values = {"school_id": district.id("school", school), "grade": grade, "entry": TODAY, "entry_code": "NEW"}
    return Placement(**(values | changes))


def newcomer(**changes: Any) -> NewStudent:
    values = {
        "name": PersonName(first="Rosa", last="Delgado"),
        "demographics": Demographics(birth_date=date(2012, 5, 6)),
    }
    return NewStudent(**(values | changes))


def codes(answers: list[Any]) -> list[str]:
    """What each call came to: ``ok`` or the code of its refusal; anything else is raised."""
    found = []
    for answer in answers:
        if isinstance(answer, Refused):
            found.append(answer.findings[0].code)
        elif isinstance(answer, NotVisible):
            found.append("not visible")
        elif isinstance(answer, Exception):
            raise answer
        else:
            found.append("ok")
    return sorted(found, key=lambda code: code != "ok")


def current(student: int) -> list[tuple[str, date, date | None]]:
    rows = SchoolEnrollment.objects.filter(student=student, superseded_at=None).order_by("entry", "pk")
    return [(row.school.name, row.entry, row.exit) for row in rows]


def assert_one_follows_another(student: int, school: str) -> None:
    """Each version of the enrolment is closed by the act that recorded the next; one is current."""
    rows = SchoolEnrollment.objects.filter(student=student, school__name__istartswith=school).order_by("pk")
    versions = list(rows.values_list("recorded_in", "superseded_in"))
    assert [closed for _, closed in versions] == [recorded for recorded, _ in versions[1:]] + [None]


def test_two_schools_that_enroll_one_student_at_once_do_not_both_have_it(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    north, south = (district.viewer("staff", f"{school}-registrar") for school in ("north", "south"))
    student = district.id("student", "north-0")
    api.withdraw(north, student, last_day=TODAY - timedelta(days=7), exit_code="T160")
    meet_after(monkeypatch, f"{ENROLL}:refuse_overlap")
    answers = at_once(
        lambda: api.enroll_known_student(north, student, placement(district, "north")),
        lambda: api.enroll_known_student(south, student, placement(district, "south")),
    )
    assert codes(answers) == ["ok", "enrollment.overlap"]
    assert len(current(student)) == 2


def test_two_who_enter_one_new_student_at_once_enter_one(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    north, south = (district.viewer("staff", f"{school}-registrar") for school in ("north", "south"))
    meet_after(monkeypatch, f"{ENROLL}:_missing")
    answers = at_once(
        lambda: api.enroll_new_student(north, newcomer(), placement(district, "north")),
        lambda: api.enroll_new_student(south, newcomer(), placement(district, "south")),
    )
    assert codes(answers) == ["ok", "student.duplicate"]
    assert Student.objects.count() == 13


def test_two_new_students_at_once_get_two_numbers(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    north, south = (district.viewer("staff", f"{school}-registrar") for school in ("north", "south"))
    meet_after(monkeypatch, f"{ENROLL}:next_local_id")
    other = newcomer(name=PersonName(first="Ivo", last="Marsh"))
    answers = at_once(
        lambda: api.enroll_new_student(north, newcomer(), placement(district, "north")),
        lambda: api.enroll_new_student(south, other, placement(district, "south")),
    )
    assert codes(answers) == ["ok", "ok"]
    assert set(Student.objects.filter(pk__in=answers).values_list("local_id", flat=True)) == {"1012", "1013"}


def test_two_transfers_at_once_leave_the_student_in_one_school(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    south = district.viewer("staff", "south-registrar")
    student = district.id("student", "north-0")
    meet_after(monkeypatch, f"{LEAVE}:Act")
    target = placement(district, "south")
    answers = at_once(
        lambda: api.transfer(south, student, target),
        lambda: api.transfer(south, student, replace(target, entry=TODAY + timedelta(days=1))),
    )
    assert codes(answers) == ["ok", "enrollment.same_school"]
    assert len(current(student)) == 2
    assert [row[2] for row in current(student)].count(None) == 1


def test_a_withdrawal_and_a_transfer_at_once_do_not_both_end_the_enrollment(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    north, south = (district.viewer("staff", f"{school}-registrar") for school in ("north", "south"))
    student = district.id("student", "north-0")
    meet_after(monkeypatch, f"{LEAVE}:Act")
    answers = at_once(
        lambda: api.withdraw(north, student, last_day=TODAY, exit_code="T160"),
        lambda: api.transfer(south, student, placement(district, "south")),
    )
    assert codes(answers)[0] == "ok"
    assert_one_follows_another(student, "north")


def test_two_corrections_of_one_version_at_once_do_not_both_stand(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    north = district.viewer("staff", "north-registrar")
    version = SchoolEnrollment.objects.get(student=district.id("student", "north-0")).pk
    meet_after(monkeypatch, "firstbell.people.services.correct:refuse_overlap")
    answers = at_once(
        lambda: api.correct_enrollment(north, version, Correction(track="B"), reason="track"),
        lambda: api.correct_enrollment(north, version, Correction(track="C"), reason="other track"),
    )
    assert codes(answers) == ["ok", "enrollment.stale"]


def test_one_act_is_undone_once(district: SmallDistrict, monkeypatch: pytest.MonkeyPatch) -> None:
    north = district.viewer("staff", "north-registrar")
    other = replace(north, account_id=(north.account_id or 0) + 1)
    act = api.withdraw(north, district.id("student", "north-0"), last_day=TODAY, exit_code="T160")
    meet_after(monkeypatch, "firstbell.people.services.undo:_refuse")
    assert codes(at_once(lambda: api.undo(north, act), lambda: api.undo(other, act))) == ["ok", "act.undone"]


def test_two_who_add_a_student_to_a_section_at_once_add_it_once(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    north = district.viewer("staff", "north-registrar")
    other = replace(north, account_id=(north.account_id or 0) + 1)
    student, section = district.id("student", "north-0"), district.id("section", "north-x1")
    api.drop_from_section(north, student, section, last_day=BEGIN - timedelta(days=1))
    meet_after(monkeypatch, "firstbell.people.services.section_membership:_present")
    answers = at_once(
        lambda: api.add_to_section(north, student, section, begin=TODAY),
        lambda: api.add_to_section(other, student, section, begin=TODAY),
    )
    assert codes(answers) == ["ok", "section.already"]
    rows = SectionEnrollment.objects.filter(student=student, section=section, superseded_at=None)
    assert rows.count() == 1


def test_one_state_id_is_not_given_to_two_students_at_once(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    north = district.viewer("staff", "north-registrar")
    meet_after(monkeypatch, "firstbell.people.services.correct:_refuse_identity")
    answers = at_once(
        lambda: api.correct_student(north, district.id("student", "north-0"), state_id="8000000001"),
        lambda: api.correct_student(north, district.id("student", "north-1"), state_id="8000000001"),
    )
    assert codes(answers) == ["ok", "student.duplicate"]


def test_one_roster_applied_twice_at_once_is_there_once(
    served: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet_after(monkeypatch, "firstbell.people.services.apply_roster.application:_offering_schools")
    calls = [lambda: api.apply_roster(JOB, small_roster(), source=SOURCE)] * 2
    answers = at_once(*calls)
    assert codes(answers) == ["ok", "ok"]
    assert sorted(answer.changes == 0 for answer in answers) == [False, True]
    assert Student.objects.count() == 12
    assert RosterAct.objects.count() == 1


def test_a_registrar_and_an_import_at_once_follow_each_other(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The import moves all of north to track B; the registrar corrects the same version."""
    north = district.viewer("staff", "north-registrar")
    student = district.id("student", "north-0")
    version = SchoolEnrollment.objects.get(student=student).pk
    roster = small_roster()
    roster.school_enrollments = [replace(row, track="B") for row in roster.school_enrollments or ()]
    meet_after(monkeypatch, "firstbell.people.services.correct:refuse_overlap")
    meet_after(monkeypatch, "firstbell.people.services.apply_roster.belonging:_refuse_overlaps")
    answers = at_once(
        lambda: api.correct_enrollment(north, version, Correction(track="C"), reason="by hand"),
        lambda: api.apply_roster(JOB, roster, source=SOURCE),
    )
    assert codes(answers)[0] == "ok"
    assert_one_follows_another(student, "north")


def test_a_double_click_enrolls_once_and_answers_the_same(district: SmallDistrict) -> None:
    north, form = district.viewer("staff", "north-registrar"), uuid.uuid4()

    def send() -> str:
        return api.once(
            north, form, lambda: api.enroll_new_student(north, newcomer(), placement(district, "north"))
        )

    first, second = at_once(send, send)
    assert first == second == send()
    assert Student.objects.count() == 13


def test_the_same_enrollment_beside_the_primary_one_is_not_made_twice(district: SmallDistrict) -> None:
    north, south = (district.viewer("staff", f"{school}-registrar") for school in ("north", "south"))
    student = district.id("student", "north-0")
    beside = placement(district, "south", status=EnrollmentStatus.SECONDARY)
    answers = at_once(*[lambda: api.enroll_known_student(south, student, beside)] * 2)
    assert codes(answers) == ["ok", "enrollment.already"]
    later = replace(beside, entry=TODAY + timedelta(days=30))
    assert codes(at_once(lambda: api.enroll_known_student(south, student, later))) == ["enrollment.already"]
    again = placement(district, "north", status=EnrollmentStatus.SHORT_TERM)
    assert codes(at_once(lambda: api.enroll_known_student(north, student, again))) == ["ok"]


def test_what_an_act_ended_does_not_come_back_beside_what_came_since(district: SmallDistrict) -> None:
    north, south = (district.viewer("staff", f"{school}-registrar") for school in ("north", "south"))
    student = district.id("student", "north-0")
    left = api.withdraw(north, student, last_day=TODAY - timedelta(days=7), exit_code="T160")
    api.enroll_known_student(south, student, placement(district, "south"))
    office = replace(north, roles=(*north.roles, *south.roles))
    with pytest.raises(Refused) as refused:
        api.undo(office, left)
    assert refused.value.findings[0].code == "enrollment.overlap"
