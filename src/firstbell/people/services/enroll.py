"""Enrolling: a new student, or one the district knows."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict

from django.db.models import IntegerField, Max, Q
from django.db.models.functions import Cast, Length

from firstbell.kernel.finding import Finding, Refused, error
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data import NewStudent, Placement
from firstbell.people.data.events import StudentEnrolled
from firstbell.people.data.views import KnownStudent
from firstbell.people.data.words import EnrollmentStatus
from firstbell.people.models import (
    School,
    SchoolEnrollment,
    Student,
    StudentDemographics,
    StudentDirectory,
)
from firstbell.people.models.source import sourced_id
from firstbell.people.rules.codes import check_code
from firstbell.people.rules.enrollment import Stay, overlapping
from firstbell.people.selectors.known import known_student, matching_students
from firstbell.people.selectors.scope import barred, schools_in_scope
from firstbell.people.services.acts import Act
from firstbell.people.services.holding import hold_for_act, hold_for_numbers
from firstbell.people.services.name_words import index_people
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.access.viewer import NotAllowed
from firstbell.platform.events import publish
from firstbell.platform.writing import writing


def enroll_new_student(
    viewer: Viewer, student: NewStudent, placement: Placement, *, is_another: bool = False
) -> int:
    """Enter a student whom the district does not know, and enroll them. Answers the student's id.

    Raises Refused when a student with the same state id, local id, or name and birth date exists (the
    last unless somebody looked and says it ``is_another`` person), or when the placement cannot be;
    NotAllowed outside the viewer's schools.
    """
    _require_school(viewer, placement.school_id)
    with writing():
        hold_for_numbers()
        findings = [*_duplicates(student, is_another=is_another), *_missing(student)]
        if findings:
            raise Refused(findings)
        row = Student.objects.create(
            sourced_id=sourced_id("student", uuid.uuid4().hex),
            first_name=student.name.first,
            middle_name=student.name.middle,
            last_name=student.name.last,
            suffix=student.name.suffix,
            preferred_first_name=student.name.preferred_first,
            preferred_middle_name=student.name.preferred_middle,
            preferred_last_name=student.name.preferred_last,
            local_id=student.local_id or next_local_id(),
            state_id=student.state_id,
        )
        StudentDemographics.objects.create(student=row, **asdict(student.demographics))
        StudentDirectory.objects.create(student=row, **asdict(student.directory))
        index_people({"student": [row.pk]})
        _place(viewer, row.pk, placement, "enroll")
    return row.pk


def enroll_known_student(viewer: Viewer, student_id: int, placement: Placement) -> int:
    """Enroll a student the district knows (again, or beside a primary enrolment). Answers the act's id.

    Raises Refused when the dates overlap another primary enrolment; NotAllowed outside the viewer's schools;
    NotVisible where there is no such student or a court order bars the viewer.
    """
    _require_school(viewer, placement.school_id)
    with writing():
        require_known(viewer, student_id)
        hold_for_act(student_id)
        return _place(viewer, student_id, placement, "re_enroll")


def require_known(viewer: Viewer, student_id: int) -> None:
    """Raise NotVisible for nobody, and for a student from whom the viewer is barred: who receives a student
    need not have reached them before."""
    if not Student.objects.filter(pk=student_id).exclude(barred(viewer)).exists():
        raise NotVisible


def _require_school(viewer: Viewer, school_id: int) -> None:
    if not schools_in_scope(viewer, DataClass.ENROLLMENT, write=True).filter(pk=school_id).exists():
        raise NotAllowed("enrolling students at this school")


def _missing(student: NewStudent) -> list[Finding]:
    findings = []
    for column, value in (("first_name", student.name.first), ("last_name", student.name.last)):
        if not value.strip():
            findings.append(
                error(
                    "student.name",
                    "the legal name is not complete",
                    "enter first and last name",
                    column=column,
                )
            )
    if student.demographics.birth_date is None:
        findings.append(
            error(
                "student.birth_date", "the birth date is missing", "enter the birth date", column="birth_date"
            )
        )
    return findings


def _duplicates(student: NewStudent, *, is_another: bool) -> list[Finding]:
    """Students who may be the same person; a person decides, names never merge by themselves."""
    matches = {match for _, match in matching_students(student)}
    found = [
        error(
            "student.duplicate",
            f"a student with the {column.replace('_', ' ')} {getattr(student, column)} is here already",
            "find that student and enroll them again instead",
            column=column,
        )
        for column in ("state_id", "local_id")
        if column in matches
    ]
    if not found and "name" in matches and not is_another:
        found.append(
            error(
                "student.duplicate",
                "a student of this name and birth date is already in the district",
                "enroll that student again; if this is another person, say so",
                column="last_name",
            )
        )
    return found


def find_known(viewer: Viewer, student: NewStudent) -> list[KnownStudent]:
    """Who in the district may be ``student``: asked before anything is saved, and recorded.

    Raises NotAllowed for somebody who enrolls nobody.
    """
    known = []
    for row, match in matching_students(student):
        with suppress(NotVisible):
            known.append(known_student(viewer, row.pk, match))
    if known:
        audit.record(
            viewer,
            "student.match",
            "student",
            known[0].id if len(known) == 1 else "",
            data_classes=[DataClass.DIRECTORY, DataClass.ENROLLMENT],
            count=len(known),
        )
    return known


def next_local_id() -> str:
    """The number after the highest numeric local id, of the same length."""
    numeric = Student.objects.filter(local_id__regex=r"^[0-9]{1,9}$").annotate(
        number=Cast("local_id", IntegerField()), size=Length("local_id")
    )
    top = numeric.aggregate(highest=Max("number"), width=Max("size"))
    return str((top["highest"] or 100_000) + 1).zfill(top["width"] or 6)


def _place(viewer: Viewer, student_id: int, placement: Placement, verb: str) -> int:
    school = School.objects.get(pk=placement.school_id)
    refuse_overlap(student_id, Stay(placement.entry, None, placement.status))
    findings = check_code("entry", placement.entry_code, placement.entry, "entry_code")
    findings += _already(student_id, school, placement)
    if school.grades and placement.grade.value not in school.grades:
        findings.append(
            error(
                "enrollment.grade",
                f"{school.name} does not teach {placement.grade.label}",
                "choose a grade that the school teaches, or another school",
                column="grade",
            )
        )
    if findings:
        raise Refused(findings)
    act = Act(viewer, verb, student_id)
    act.add(
        SchoolEnrollment,
        student_id=student_id,
        school_id=placement.school_id,
        school_year=SchoolYear.of(placement.entry).ending,
        grade=placement.grade.value,
        entry=placement.entry,
        entry_code=placement.entry_code,
        status=placement.status.value,
        program=placement.program.value,
        track=placement.track,
        ada_eligible=placement.ada_eligible,
    )
    publish(StudentEnrolled(student_id, placement.school_id, placement.entry))
    return act.finish().pk


def _already(student_id: int, school: School, placement: Placement) -> list[Finding]:
    """The same enrolment a second time: beside a primary one several may run, but not twice the same."""
    same = SchoolEnrollment.objects.filter(
        Q(exit__isnull=True) | Q(exit__gte=placement.entry),
        student=student_id,
        school=school,
        status=placement.status.value,
        superseded_at=None,
    )
    if not same.exists():
        return []
    return [
        error(
            "enrollment.already",
            f"the student has such an enrollment at {school.name} already",
            "correct that enrollment, or end it first",
            column="school",
        )
    ]


def refuse_overlap(student_id: int, *added: Stay, leaving_out: Sequence[int] = ()) -> None:
    """Raise Refused when two primary enrolments of the student, those ``added`` too, share a date.

    Hold the student first: what is read here must still be true when the enrolment is written.
    """
    rows = SchoolEnrollment.objects.filter(student=student_id, superseded_at=None).exclude(pk__in=leaving_out)
    stays = [
        Stay(entry, exit_day, EnrollmentStatus(status))
        for entry, exit_day, status in rows.values_list("entry", "exit", "status")
    ]
    pair = overlapping([*stays, *added])
    if pair:
        raise Refused(
            [
                error(
                    "enrollment.overlap",
                    f"the student is already enrolled from {pair[0].entry} "
                    f"{'to ' + str(pair[0].exit) if pair[0].exit else 'on'}",
                    "withdraw or transfer the student first, or choose secondary or short-term",
                    column="entry",
                )
            ]
        )
