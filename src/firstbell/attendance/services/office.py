"""The attendance office's word: for a meeting or the whole day; it outranks the teacher's, both are kept."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from firstbell.attendance.data import Said
from firstbell.attendance.models import AttendanceChange, DayAttendance, SectionAttendance
from firstbell.attendance.rules.codes import check_entry
from firstbell.attendance.selectors.meeting import OFFICE
from firstbell.attendance.selectors.setup import codes_for, locked_through
from firstbell.attendance.services.holding import hold_roll
from firstbell.attendance.services.lay_absence import lift_entries
from firstbell.attendance.services.recompute import recompute_days
from firstbell.attendance.services.stale import mark_stale
from firstbell.kernel.finding import Finding, Refused, any_refuses, error
from firstbell.people.api import hold_students, school_on, students_in_scope
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.writing import writing


def office_mark_day(
    viewer: Viewer, student_id: int, day: date, code: str, *, comment: str = "", reason: str = ""
) -> None:
    """Set the office's code for a student's whole day at the school attended that day.

    Raises NotVisible, NotAllowed for whoever is not of the school's office, Refused (a code that does not
    hold, no enrolment that day, a locked day without a reason).
    """
    with writing():
        hold_students([student_id])
        school = _school(viewer, student_id, day)
        _check(school, day, code, comment, reason)
        row = DayAttendance.objects.filter(student=student_id, school=school, day=day).first()
        _remember(viewer, student_id, day, school, None, 0, row.office_code if row else "", code, reason)
        row = row or DayAttendance(student_id=student_id, school_id=school, day=day)
        row.office_code, row.office_at, row.office_by = code, timezone.now(), viewer.name
        row.comment, row.known_absence = comment, None
        row.save()
        # a word by hand for the day outranks what a known absence wrote for its periods
        lift_entries(
            SectionAttendance.objects.filter(student=student_id, day=day, known_absence__isnull=False)
        )
        _done(viewer, student_id, school, day, "attendance.office_mark")


def office_clear_day(viewer: Viewer, student_id: int, day: date, *, reason: str = "") -> None:
    """Take the office's code for the day away; what the teachers said returns."""
    with writing():
        hold_students([student_id])
        school = _school(viewer, student_id, day)
        check_lock(school, day, reason)
        row = DayAttendance.objects.filter(student=student_id, school=school, day=day).first()
        if row is None:
            return
        _remember(viewer, student_id, day, school, None, 0, row.office_code, "", reason)
        row.delete()
        _done(viewer, student_id, school, day, "attendance.office_clear")


def office_mark_meeting(
    viewer: Viewer,
    student_id: int,
    section_id: int,
    day: date,
    slot: int,
    code: str,
    *,
    comment: str = "",
    reason: str = "",
) -> None:
    """Set (or with an empty code clear) the office's code for one meeting. Raises as ``office_mark_day``."""
    with writing():
        hold_roll(section_id, day, slot)
        hold_students([student_id])
        school = _school(viewer, student_id, day)
        if code:
            _check(school, day, code, comment, reason)
        else:
            check_lock(school, day, reason)
        row = SectionAttendance.objects.filter(
            student=student_id, section=section_id, day=day, slot=slot
        ).first() or SectionAttendance(student_id=student_id, section_id=section_id, day=day, slot=slot)
        _remember(viewer, student_id, day, school, section_id, slot, row.office_code, code, reason)
        row.office_code, row.office_comment, row.known_absence = code, comment, None
        row.office_at, row.office_by = (timezone.now(), viewer.name) if code else (None, "")
        row.save()
        _done(viewer, student_id, school, day, "attendance.office_mark")


def _school(viewer: Viewer, student_id: int, day: date) -> int:
    """The school of the student's day, when the viewer is of its office."""
    if not students_in_scope(viewer, DataClass.ATTENDANCE, write=True).filter(pk=student_id).exists():
        raise NotVisible
    school = school_on(student_id, day)
    if school is None:
        raise Refused(
            [
                error(
                    "attendance.not_enrolled",
                    f"the student is not enrolled on {day}",
                    "choose a day inside the enrollment, or ask the registrar",
                    column="day",
                )
            ]
        )
    if not viewer.purpose and school not in viewer.schools(*OFFICE):
        raise NotAllowed("writing as this school's attendance office")
    return school


def _check(school: int, day: date, code: str, comment: str, reason: str) -> None:
    said = Said(code, "", timezone.now(), "", comment)
    findings: list[Finding] = [
        finding for finding in check_entry(said, codes_for(day), office=True) if finding.refuses
    ]
    if any_refuses(findings):
        raise Refused(findings)
    check_lock(school, day, reason)


def check_lock(school: int, day: date, reason: str) -> None:
    """Refuse a change of a closed day without a reason. Raises Refused."""
    through = locked_through([school]).get(school)
    if through is not None and day <= through and not reason.strip():
        raise Refused(
            [
                error(
                    "attendance.locked",
                    f"attendance through {through} is closed",
                    "say in a few words why this day must change; the change goes to the amended report",
                    column="reason",
                )
            ]
        )


def _remember(
    viewer: Viewer,
    student_id: int,
    day: date,
    school: int,
    section_id: int | None,
    slot: int,
    before: str,
    after: str,
    reason: str,
) -> None:
    AttendanceChange.objects.create(
        student_id=student_id,
        day=day,
        school_id=school,
        section_id=section_id,
        slot=slot,
        at=timezone.now(),
        account_id=viewer.account_id,
        by_name=viewer.name,
        side="office",
        before={"code": before},
        after={"code": after},
        reason=reason,
    )


def _done(viewer: Viewer, student_id: int, school: int, day: date, action: str) -> None:
    recompute_days([(student_id, day)])
    mark_stale([school], day, day)
    audit.record(
        viewer,
        action,
        "student",
        student_id,
        data_classes=[DataClass.ATTENDANCE],
        fields=["office_code"],
    )
