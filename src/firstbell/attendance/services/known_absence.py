"""Absences known ahead: the office enters them, or accepts what a family reports."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from firstbell.attendance.data import Said
from firstbell.attendance.models import DayAttendance, KnownAbsenceRow
from firstbell.attendance.rules.codes import check_entry
from firstbell.attendance.selectors.meeting import OFFICE
from firstbell.attendance.selectors.setup import codes_for
from firstbell.attendance.services.recompute import recompute_days
from firstbell.kernel.finding import Refused, error
from firstbell.people.api import hold_students, students_in_scope, taught_days_of
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.writing import writing

LONGEST = 200


def report_absence(viewer: Viewer, student_id: int, begin: date, end: date, comment: str) -> int:
    """A family reports a coming absence; it waits in the office's queue. Answers the row's id.

    Raises NotVisible, and Refused for a day that has passed or a span that ends before it begins.
    """
    with writing():
        hold_students([student_id])
        if not students_in_scope(viewer, DataClass.ATTENDANCE, write=True).filter(pk=student_id).exists():
            raise NotVisible
        _check_span(begin, end)
        again = _same(student_id, begin, end, state="reported", account_id=viewer.account_id)
        if again is not None:
            return again
        if begin < viewer.today:
            raise Refused(
                [
                    error(
                        "attendance.past",
                        "the first day has passed",
                        "call the attendance office about days gone by; report today or later here",
                        column="begin",
                    )
                ]
            )
        row = KnownAbsenceRow.objects.create(
            student_id=student_id,
            begin=begin,
            end=end,
            state="reported",
            comment=comment[:300],
            account_id=viewer.account_id,
            by_name=viewer.name,
        )
        audit.record(
            viewer, "attendance.report_absence", "student", student_id, data_classes=[DataClass.ATTENDANCE]
        )
        return row.pk


def enter_known_absence(
    viewer: Viewer, student_id: int, begin: date, end: date, code: str, *, comment: str = ""
) -> int:
    """The office enters an absence it knows of; every taught day of it is pre-filled. Answers the row's id.

    Raises NotVisible, NotAllowed, and Refused for a code that cannot be used ahead.
    """
    with writing():
        hold_students([student_id])
        again = _same(student_id, begin, end, state="accepted", code=code, account_id=viewer.account_id)
        if again is not None:
            return again
        row = KnownAbsenceRow(
            student_id=student_id,
            begin=begin,
            end=end,
            comment=comment[:300],
            account_id=viewer.account_id,
            by_name=viewer.name,
        )
        return _accept(viewer, row, code)


def accept_absence(viewer: Viewer, known_absence_id: int, code: str) -> int:
    """The office accepts a reported absence under ``code``. Raises as ``enter_known_absence``, and Refused
    when somebody decided otherwise meanwhile; sent again it answers as the first time."""
    with writing():
        row = _held(viewer, known_absence_id)
        if (row.state, row.code) == ("accepted", code):
            return row.pk
        _refuse_decided(row)
        return _accept(viewer, row, code)


def decline_absence(viewer: Viewer, known_absence_id: int, comment: str) -> None:
    """The office declines a reported absence, saying why. Raises NotVisible, NotAllowed, and Refused when
    somebody accepted it meanwhile."""
    with writing():
        row = _held(viewer, known_absence_id)
        if row.state == "declined":
            return
        _refuse_decided(row)
        row.state, row.decided_at, row.decided_by = "declined", timezone.now(), viewer.name
        row.comment = f"{row.comment} — {comment}"[:300]
        row.save()
        audit.record(
            viewer,
            "attendance.decline_absence",
            "student",
            row.student_id,
            data_classes=[DataClass.ATTENDANCE],
        )


def _same(student_id: int, begin: date, end: date, **said: Any) -> int | None:
    """The row that says just this already: a double click, or a form sent again."""
    rows = KnownAbsenceRow.objects.filter(student=student_id, begin=begin, end=end, **said)
    return rows.values_list("pk", flat=True).first()


def _held(viewer: Viewer, known_absence_id: int) -> KnownAbsenceRow:
    """The row as it is once nobody else decides on it, for its office. Raises NotVisible and NotAllowed."""
    row = KnownAbsenceRow.objects.filter(pk=known_absence_id).first()
    mine = students_in_scope(viewer, DataClass.ATTENDANCE, write=True)
    if row is None or not mine.filter(pk=row.student_id).exists():
        raise NotVisible
    hold_students([row.student_id])
    _office(viewer, row.student_id, row.begin, row.end)
    row.refresh_from_db()
    return row


def _refuse_decided(row: KnownAbsenceRow) -> None:
    if row.state != "reported":
        raise Refused(
            [
                error(
                    "attendance.decided",
                    f"{row.decided_by} has {row.state} this report by now",
                    "open the list of reports again",
                )
            ]
        )


def _accept(viewer: Viewer, row: KnownAbsenceRow, code: str) -> int:
    _check_span(row.begin, row.end)
    days = _office(viewer, row.student_id, row.begin, row.end)
    said = Said(code, viewer.name, timezone.now(), "", row.comment)
    findings = check_entry(said, codes_for(row.begin), office=True, ahead=row.begin > viewer.today)
    refusing = [finding for finding in findings if finding.refuses]
    if refusing:
        raise Refused(refusing)
    row.code, row.state = code, "accepted"
    row.decided_at, row.decided_by = timezone.now(), viewer.name
    row.save()
    _prefill(viewer, row, days)
    audit.record(
        viewer, "attendance.known_absence", "student", row.student_id, data_classes=[DataClass.ATTENDANCE]
    )
    return row.pk


def _prefill(viewer: Viewer, row: KnownAbsenceRow, days: Iterable[tuple[int, date]]) -> None:
    """One office row a taught day; a day the office wrote by hand keeps its code."""
    now = timezone.now()
    rows = [
        DayAttendance(
            student_id=row.student_id,
            school_id=school,
            day=day,
            office_code=row.code,
            office_at=now,
            office_by=viewer.name,
            comment=row.comment,
            known_absence=row,
        )
        for school, day in days
    ]
    DayAttendance.objects.bulk_create(rows, ignore_conflicts=True)
    recompute_days({(row.student_id, one.day) for one in rows})


def _office(viewer: Viewer, student_id: int, begin: date, end: date) -> list[tuple[int, date]]:
    """Taught days of the span, at schools whose office the viewer is."""
    if not students_in_scope(viewer, DataClass.ATTENDANCE, write=True).filter(pk=student_id).exists():
        raise NotVisible
    days = taught_days_of(student_id, begin, end)
    if not days:
        raise Refused(
            [
                error(
                    "attendance.no_school_day",
                    "no school day lies in this span",
                    "choose dates on which the student's school is in session",
                    column="begin",
                )
            ]
        )
    if not viewer.purpose and not {school for school, _ in days} <= viewer.schools(*OFFICE):
        raise NotAllowed("writing as this school's attendance office")
    return days


def _check_span(begin: date, end: date) -> None:
    if end < begin or (end - begin).days > LONGEST:
        raise Refused(
            [
                error(
                    "attendance.span",
                    "the last day lies before the first, or more than a school year after it",
                    "correct the dates",
                    column="end",
                )
            ]
        )
