"""Absences known ahead or explained afterwards: entered by the office, or accepted from a family's report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from firstbell.attendance.data import KnownState, Said
from firstbell.attendance.models import AttendanceChange, KnownAbsenceRow
from firstbell.attendance.rules.codes import check_entry
from firstbell.attendance.rules.excuses import excuse_reasons
from firstbell.attendance.selectors.meeting import OFFICE
from firstbell.attendance.selectors.setup import codes_for
from firstbell.attendance.services.lay_absence import lay, lift
from firstbell.attendance.services.office import check_lock
from firstbell.attendance.services.recompute import recompute_days
from firstbell.attendance.services.stale import mark_stale
from firstbell.kernel.finding import Finding, Refused, error
from firstbell.people.api import hold_students, students_in_scope, taught_days_of
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.writing import writing

LONGEST = 200


def enter_known_absence(
    viewer: Viewer,
    student_id: int,
    begin: date,
    end: date,
    code: str,
    *,
    comment: str = "",
    periods: Sequence[int] = (),
    reason: str = "",
    lock_reason: str = "",
) -> int:
    """The office enters an absence it knows of; every taught day of it is pre-filled. Answers the row's id.

    ``periods`` are slots (class period ids) where only these are missed; ``reason`` a key of the excuse
    reasons; ``lock_reason`` says why closed days change. Raises NotVisible, NotAllowed, and Refused for a
    code that cannot be used ahead.
    """
    with writing():
        hold_students([student_id])
        asked = {"periods": sorted(periods), "reason": reason, "account_id": viewer.account_id}
        again = said_before(student_id, begin, end, state=KnownState.ACCEPTED, code=code, **asked)
        if again is not None:
            return again
        row = KnownAbsenceRow(
            student_id=student_id,
            begin=begin,
            end=end,
            comment=comment[:300],
            by_name=viewer.name,
            **asked,
        )
        return _accept(viewer, row, code, lock_reason)


def accept_absence(viewer: Viewer, known_absence_id: int, code: str, *, lock_reason: str = "") -> int:
    """The office accepts a reported absence under ``code``. Raises as ``enter_known_absence``, and Refused
    when somebody decided otherwise meanwhile; sent again it answers as the first time.

    Of days gone by only what stands as an absence without valid excuse is excused: who was there stays so.
    """
    with writing():
        row = _held(viewer, known_absence_id)
        if (row.state, row.code) == (KnownState.ACCEPTED, code):
            return row.pk
        _refuse_decided(row, KnownState.REPORTED)
        return _accept(viewer, row, code, lock_reason)


def decline_absence(viewer: Viewer, known_absence_id: int, comment: str) -> None:
    """The office declines a reported absence, saying why. Raises NotVisible, NotAllowed, and Refused without
    a reason or when somebody accepted it meanwhile."""
    with writing():
        row = _held(viewer, known_absence_id)
        if row.state == KnownState.DECLINED:
            return
        _refuse_decided(row, KnownState.REPORTED)
        if not comment.strip():
            raise Refused(
                [error("act.reason", "say why it is declined", "the family reads it", column="reason")]
            )
        row.state, row.decided_at, row.decided_by = KnownState.DECLINED, timezone.now(), viewer.name
        row.comment = f"{row.comment} — {comment.strip()}"[:300]
        row.save()
        _record(viewer, "attendance.decline_absence", row.student_id)


def withdraw_absence(viewer: Viewer, known_absence_id: int, reason: str, *, lock_reason: str = "") -> None:
    """The office takes an accepted absence back: what it wrote goes, what teachers said returns.

    Raises NotVisible, NotAllowed, and Refused without a reason.
    """
    with writing():
        row = _held(viewer, known_absence_id)
        if row.state == KnownState.WITHDRAWN:
            return
        _refuse_decided(row, KnownState.ACCEPTED)
        days = office_days(viewer, row.student_id, row.begin, row.end)
        if not reason.strip():
            raise Refused(
                [error("act.reason", "say why it is taken back", "a few words do", column="reason")]
            )
        _check_locks(days, lock_reason)
        row.state = KnownState.WITHDRAWN
        row.comment = f"{row.comment} — {reason.strip()}"[:300]
        row.save()
        AttendanceChange.objects.bulk_create(
            [
                AttendanceChange(
                    student_id=row.student_id,
                    day=day,
                    school_id=school,
                    at=timezone.now(),
                    account_id=viewer.account_id,
                    by_name=viewer.name,
                    side="office",
                    before={"code": row.code},
                    after={"code": ""},
                    reason=(lock_reason or reason).strip()[:300],
                )
                for school, day in days
            ]
        )
        _settle(lift(row), days)
        _record(viewer, "attendance.withdraw_absence", row.student_id)


def lay_anew(student_id: int, since: date) -> None:
    """Lay a student's accepted absences over the meetings of today's timetable, from ``since`` on.

    For the wiring: sections or enrollment changed. What the office wrote by hand stays.
    """
    rows = KnownAbsenceRow.objects.filter(student=student_id, state=KnownState.ACCEPTED, end__gte=since)
    for row in rows:
        first = max(row.begin, since)
        lift(row, since=first)
        lay(row, taught_days_of(student_id, first, row.end), row.decided_by, past=False)


def office_days(viewer: Viewer, student_id: int, begin: date, end: date) -> list[tuple[int, date]]:
    """(school, taught day) of the span, where the viewer is of those schools' office.

    Raises NotVisible, NotAllowed, and Refused where no school day lies in it.
    """
    if not students_in_scope(viewer, DataClass.ATTENDANCE, write=True).filter(pk=student_id).exists():
        raise NotVisible
    check_span(begin, end)
    days = taught_days_of(student_id, begin, end)
    if not days:
        raise Refused([no_school_day()])
    if not viewer.purpose and not {school for school, _ in days} <= viewer.schools(*OFFICE):
        raise NotAllowed("writing as this school's attendance office")
    return days


def no_school_day() -> Finding:
    """What is said of a span without a school day."""
    return error(
        "attendance.no_school_day",
        "no school day lies in this span",
        "choose dates on which the student's school is in session",
        column="begin",
    )


def check_span(begin: date, end: date) -> None:
    """Refuse a span that ends before it begins, or is too long. Raises Refused."""
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


def check_reason(reason: str, day: date) -> None:
    """Refuse an excuse reason that is not on the district's list of that day. Raises Refused."""
    known = [one.key for one in excuse_reasons(day)]
    if reason and reason not in known:
        raise Refused(
            [
                error(
                    "attendance.reason",
                    "this is no excuse reason of the district",
                    f"choose one of {', '.join(known)}",
                    column="reason",
                )
            ]
        )


def said_before(student_id: int, begin: date, end: date, **said: Any) -> int | None:
    """The id of the row that says just this already: a double click, or a form sent again."""
    rows = KnownAbsenceRow.objects.filter(student=student_id, begin=begin, end=end, **said)
    return rows.values_list("pk", flat=True).first()


def _held(viewer: Viewer, known_absence_id: int) -> KnownAbsenceRow:
    """The row as it is once nobody else decides on it, for its office. Raises NotVisible and NotAllowed."""
    row = KnownAbsenceRow.objects.filter(pk=known_absence_id).first()
    mine = students_in_scope(viewer, DataClass.ATTENDANCE, write=True)
    if row is None or not mine.filter(pk=row.student_id).exists():
        raise NotVisible
    hold_students([row.student_id])
    office_days(viewer, row.student_id, row.begin, row.end)
    row.refresh_from_db()
    return row


def _refuse_decided(row: KnownAbsenceRow, open_state: KnownState) -> None:
    if row.state != open_state:
        raise Refused(
            [
                error(
                    "attendance.decided",
                    f"{row.decided_by or row.by_name} has {row.state} this absence by now",
                    "open the list of absences again",
                )
            ]
        )


def _accept(viewer: Viewer, row: KnownAbsenceRow, code: str, lock_reason: str) -> int:
    days = office_days(viewer, row.student_id, row.begin, row.end)
    check_reason(row.reason, row.begin)
    said = Said(code, viewer.name, timezone.now(), "", row.comment)
    findings = check_entry(said, codes_for(row.begin), office=True, ahead=row.begin > viewer.today)
    refusing = [finding for finding in findings if finding.refuses]
    if refusing:
        raise Refused(refusing)
    _check_locks(days, lock_reason)
    reported = row.pk is not None
    row.code, row.state = code, KnownState.ACCEPTED
    row.decided_at, row.decided_by = timezone.now(), viewer.name
    row.save()
    gone = [pair for pair in days if reported and pair[1] < viewer.today]
    coming = [pair for pair in days if pair not in gone]
    touched = lay(row, gone, viewer.name, past=True) | lay(row, coming, viewer.name, past=False)
    _settle(touched, days)
    _record(viewer, "attendance.known_absence", row.student_id)
    return row.pk


def _check_locks(days: Iterable[tuple[int, date]], reason: str) -> None:
    first: dict[int, date] = {}
    for school, day in days:
        first[school] = min(day, first.get(school, day))
    for school, day in first.items():
        check_lock(school, day, reason)


def _settle(touched: set[tuple[int, date]], days: list[tuple[int, date]]) -> None:
    recompute_days(touched)
    mark_stale({school for school, _ in days}, days[0][1], days[-1][1])


def _record(viewer: Viewer, action: str, student_id: int) -> None:
    audit.record(viewer, action, "student", student_id, data_classes=[DataClass.ATTENDANCE])
