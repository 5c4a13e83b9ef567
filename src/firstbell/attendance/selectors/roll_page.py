"""An open roll: everyone in the section, pre-filled with what is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from firstbell.attendance.data import (
    AttendanceCode,
    CellOrigin,
    RollPage,
    RollRow,
    WindowSettings,
)
from firstbell.attendance.models import DayAttendance, RollSubmission, SectionAttendance
from firstbell.attendance.rules.codes import default_code
from firstbell.attendance.rules.windows import check_window
from firstbell.attendance.selectors.meeting import meeting_for
from firstbell.attendance.selectors.setup import codes_for, locked_through, settings_for
from firstbell.kernel.finding import Finding, error
from firstbell.people.api import meetings_on, school_days, section_roster
from firstbell.people.data import RosterRow
from firstbell.platform.access import DataClass, Viewer


def roll_page(viewer: Viewer, section_id: int, day: date, slot: int) -> RollPage:
    """The roll of a meeting as its teacher (or the office) sees it.

    Order of pre-filling: the office's code for the period, for the day, what the teacher said, a code
    flagged to carry on from the period before, the default. Raises NotVisible. A constant number of
    queries whatever the size of the class.
    """
    meeting = meeting_for(viewer, section_id, day, slot)
    settings = settings_for([meeting.school_id], day)[meeting.school_id]
    days = school_days([meeting.school_id], day)
    met = [m for m in meetings_on(day, days, sections=[section_id]) if (m.period_id or 0) == slot]
    codes = codes_for(day)
    default = default_code(codes)
    roster = section_roster(
        viewer, section_id, day, data_class=DataClass.ATTENDANCE, recent_days=settings.recent_days
    )
    submission = RollSubmission.objects.filter(section=section_id, day=day, slot=slot).first()
    earlier = carried_codes(meeting.students, day, section_id, slot, codes)
    entries = {
        row.student_id: row
        for row in SectionAttendance.objects.filter(section=section_id, day=day, slot=slot)
    }
    office = {
        row.student_id: row
        for row in DayAttendance.objects.filter(
            student__in=meeting.students, school=meeting.school_id, day=day
        )
    }
    rows = tuple(
        _row(row, entries.get(row.student_id), office.get(row.student_id), earlier, codes, default)
        for row in roster
    )
    obstacles = check_window(
        day,
        today=viewer.today,
        now=timezone.localtime().time(),
        taught_between=meeting.taught_between,
        settings=WindowSettings(
            back_post_days=settings.back_post_days,
            forward_post_days=settings.forward_post_days,
            opens=settings.opens,
            closes=settings.closes,
            locked_through=locked_through([meeting.school_id]).get(meeting.school_id),
        ),
        office=meeting.as_office,
    )
    first = met[0] if met else None
    return RollPage(
        section_id=section_id,
        section=first.title if first else "",
        school=days[meeting.school_id].school,
        period=first.period if first else "",
        day=day,
        slot=slot,
        rows=rows,
        codes=tuple(codes.values()),
        default=default.code if default else "",
        version=submission.version if submission else 0,
        submitted_at=submission.submitted_at if submission else None,
        submitted_by=submission.by_name if submission else "",
        acting_for=meeting.acting_for,
        as_office=meeting.as_office,
        obstacles=(*obstacles, *_missing_setup(days[meeting.school_id].in_session, met, default, rows)),
    )


def _missing_setup(
    in_session: bool, met: Sequence[object], default: AttendanceCode | None, rows: tuple[RollRow, ...]
) -> tuple[Finding, ...]:
    """Plain sentences instead of an empty grid."""
    found = []
    if not in_session:
        found.append(
            error(
                "attendance.day",
                "school is not in session on this day",
                "choose a school day; a make-up day is set in the school's calendar",
            )
        )
    elif not met:
        found.append(
            error(
                "attendance.meeting",
                "this section does not meet then",
                "choose another day or period; meetings are set in the timetable",
            )
        )
    if default is None:
        found.append(
            error(
                "attendance.setup.default",
                "the district has no default attendance code on this day",
                "ask the attendance office to mark one code, usually P, as the default",
            )
        )
    if not rows:
        found.append(
            error(
                "attendance.roster",
                "nobody is enrolled in this section on this day",
                "ask the registrar if students are missing",
            )
        )
    return tuple(found)


def carried_codes(
    students: tuple[int, ...], day: date, section_id: int, slot: int, codes: dict[str, AttendanceCode]
) -> dict[int, str]:
    """Codes flagged to carry on, said of these students in another meeting of the day."""
    carrying = [code.code for code in codes.values() if code.prefill]
    rows = SectionAttendance.objects.filter(student__in=students, day=day).exclude(
        section=section_id, slot=slot
    )
    return {
        row.student_id: row.effective
        for row in rows.order_by("teacher_at", "office_at")
        if row.effective in carrying
    }


def _row(
    row: RosterRow,
    entry: SectionAttendance | None,
    office: DayAttendance | None,
    earlier: dict[int, str],
    codes: dict[str, AttendanceCode],
    default: AttendanceCode | None,
) -> RollRow:
    code, origin, said, locked = _cell(row, entry, office, earlier, codes, default)
    return RollRow(
        student_id=row.student_id,
        name=row.name,
        local_id=row.local_id,
        code=code,
        origin=origin,
        said=said,
        locked=locked,
        minutes_late=entry.minutes_late if entry else None,
        minutes_early=entry.minutes_early if entry else None,
        comment=entry.comment if entry else "",
        recently=row.recently,
        do_not_release=row.do_not_release,
    )


def _cell(
    row: RosterRow,
    entry: SectionAttendance | None,
    office: DayAttendance | None,
    earlier: dict[int, str],
    codes: dict[str, AttendanceCode],
    default: AttendanceCode | None,
) -> tuple[str, CellOrigin, str, bool]:
    if entry is not None and entry.office_code:
        return (
            entry.office_code,
            CellOrigin.OFFICE_PERIOD,
            _said(entry.office_code, entry.office_at, codes),
            True,
        )
    if office is not None:
        origin = CellOrigin.KNOWN_ABSENCE if office.known_absence_id else CellOrigin.OFFICE_DAY
        return office.office_code, origin, _said(office.office_code, office.office_at, codes), True
    if entry is not None and entry.teacher_code:
        return entry.teacher_code, CellOrigin.TEACHER, "", False
    if row.student_id in earlier:
        code = earlier[row.student_id]
        title = codes[code].title() if code in codes else code
        return code, CellOrigin.PREVIOUS_PERIOD, f"{title} (carried on from another period)", False
    return (default.code if default else ""), CellOrigin.DEFAULT, "", False


def _said(code: str, at: datetime | None, codes: dict[str, AttendanceCode]) -> str:
    title = codes[code].title() if code in codes else code
    when = f", {timezone.localtime(at):%H:%M}" if at else ""
    return f"{title} (office{when})"
