"""Leaving: withdraw from a school, or transfer to another in the district."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from firstbell.kernel.date_span import ONE_DAY
from firstbell.kernel.finding import Refused, error
from firstbell.people.data import Placement
from firstbell.people.data.events import EnrollmentChanged
from firstbell.people.models import SchoolEnrollment, SectionEnrollment
from firstbell.people.rules.codes import check_code, enrollment_codes
from firstbell.people.selectors.scope import schools_in_scope, students_in_scope
from firstbell.people.services.acts import Act
from firstbell.people.services.enroll import _place, require_known
from firstbell.people.services.holding import hold_for_act
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.events import publish
from firstbell.platform.writing import writing


def withdraw(viewer: Viewer, student_id: int, *, last_day: date, exit_code: str, reason: str = "") -> int:
    """End the student's enrolment after ``last_day`` (inclusive), and their sections. Answers the act's id.

    A no-show code exits the day before the entry whatever ``last_day`` says. Raises Refused when the
    student is not enrolled then or the code does not hold; NotVisible for someone else's student.
    """
    with writing():
        hold_for_act(student_id)
        enrollment = _running(viewer, student_id)
        findings = check_code("exit", exit_code, last_day, "exit_code")
        if any(code.code == exit_code and code.no_show for code in enrollment_codes()):
            last_day = enrollment.entry - ONE_DAY
        elif last_day < enrollment.entry:
            findings.append(
                error(
                    "enrollment.exit_before_entry",
                    f"the last day {last_day} lies before the entry on {enrollment.entry}",
                    "enter the last day the student attended; for a student who never came choose no-show",
                    column="last_day",
                )
            )
        if findings:
            raise Refused(findings)
        act = Act(viewer, "withdraw", student_id, reason)
        act.replace(enrollment, exit=last_day, exit_code=exit_code)
        end_sections(act, student_id, enrollment.school_id, last_day)
        publish(EnrollmentChanged(student_id, last_day))
        return act.finish().pk


def transfer(viewer: Viewer, student_id: int, placement: Placement, *, exit_code: str = "T-DIST") -> int:
    """End the present enrolment the day before ``placement.entry`` and enroll at the new school.

    The receiving school's registrar does it; the act at the school left is part of the same transaction.
    Raises Refused, NotVisible and NotAllowed as ``withdraw`` and enrolling do.
    """
    if not schools_in_scope(viewer, DataClass.ENROLLMENT, write=True).filter(pk=placement.school_id).exists():
        raise NotAllowed("enrolling students at this school")
    with writing():
        require_known(viewer, student_id)
        hold_for_act(student_id)
        present = (
            SchoolEnrollment.objects.filter(
                Q(exit__isnull=True) | Q(exit__gte=placement.entry),
                student=student_id,
                superseded_at=None,
                status="primary",
            )
            .order_by("entry")
            .last()
        )
        if present is None:
            raise Refused(
                [
                    error(
                        "enrollment.none",
                        "the student is not enrolled at any school of the district then",
                        "enroll the student again instead of transferring",
                        column="entry",
                    )
                ]
            )
        if present.school_id == placement.school_id:
            raise Refused(
                [
                    error(
                        "enrollment.same_school",
                        "the student already attends this school",
                        "choose another school, or correct the enrollment",
                        column="school",
                    )
                ]
            )
        act = Act(viewer, "transfer_out", student_id)
        last_day = max(placement.entry - ONE_DAY, present.entry - ONE_DAY)
        act.replace(present, exit=last_day, exit_code=exit_code)
        end_sections(act, student_id, present.school_id, last_day)
        act.finish()
        number = _place(viewer, student_id, placement, "transfer_in")
        publish(EnrollmentChanged(student_id, placement.entry))
        return number


def _running(viewer: Viewer, student_id: int) -> SchoolEnrollment:
    """The student's open primary enrolment at a school of the viewer's. Raises NotVisible or Refused."""
    if not students_in_scope(viewer, DataClass.ENROLLMENT, write=True).filter(pk=student_id).exists():
        raise NotVisible
    row = (
        SchoolEnrollment.objects.filter(
            student=student_id,
            superseded_at=None,
            exit=None,
            school__in=schools_in_scope(viewer, DataClass.ENROLLMENT, write=True),
        )
        .order_by("entry")
        .last()
    )
    if row is None:
        raise Refused(
            [
                error(
                    "enrollment.none",
                    "the student is not enrolled at one of your schools",
                    "look at the enrollment history; an exit can be corrected or undone there",
                )
            ]
        )
    return row


def end_sections(act: Act, student_id: int, school_id: int, last_day: date) -> None:
    """End the student's sections at the school with ``last_day``; those not begun by then are closed."""
    sections = SectionEnrollment.objects.filter(
        Q(end__isnull=True) | Q(end__gt=last_day),
        student=student_id,
        superseded_at=None,
        section__school=school_id,
    )
    for row in sections:
        if row.begin > last_day:
            act.close(row)
        else:
            act.replace(row, end=last_day)
