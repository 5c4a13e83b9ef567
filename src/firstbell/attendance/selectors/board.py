"""The board: which rolls of a day are in, which are due, which are late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from firstbell.attendance.data import MeetingState
from firstbell.attendance.models import AttendanceSettings, RollReminder, RollSubmission, RollWaiver
from firstbell.attendance.selectors.setup import settings_for
from firstbell.people.api import meetings_on, school_days, schools_in_scope, sections_in_scope
from firstbell.people.data import MeetingToday
from firstbell.platform.access import DataClass, Viewer

STATES = ("late", "due", "later", "taken", "waived")


def rolls_of_viewer(viewer: Viewer, day: date) -> list[MeetingState]:
    """The rolls that the viewer takes as a teacher or substitute on ``day``, in the order of the day."""
    sections = set(sections_in_scope(viewer, DataClass.ATTENDANCE, write=True).values_list("id", "school_id"))
    if viewer.buildings(DataClass.ATTENDANCE, write=True):
        # the office has the board; here only what is the viewer's own to teach
        own = viewer.holding("teacher", "substitute")
        sections = set(
            sections_in_scope(own, DataClass.ATTENDANCE, write=True).values_list("id", "school_id")
        )
    if not sections:
        return []
    days = school_days({school for _, school in sections}, day)
    meetings = meetings_on(day, days, sections=[section for section, _ in sections])
    return _states(meetings, day, viewer.today, settings_for(days, day))


def board(viewer: Viewer, day: date, *, school_id: int | None = None) -> list[MeetingState]:
    """Every roll expected on ``day`` at the viewer's schools (or one of them), the late ones first.

    A constant number of queries whatever the number of sections.
    """
    schools = schools_in_scope(viewer, DataClass.ATTENDANCE)
    if school_id is not None:
        schools = schools.filter(pk=school_id)
    days = school_days(schools.values_list("id", flat=True), day)
    settings = settings_for(days, day)
    found = _states(meetings_on(day, days), day, viewer.today, settings)
    return sorted(found, key=lambda m: (STATES.index(m.state), m.school, m.order, m.section))


def _states(
    meetings: Iterable[MeetingToday], day: date, today: date, settings: dict[int, AttendanceSettings]
) -> list[MeetingState]:
    meetings = [m for m in meetings if m.homeroom or settings[m.school_id].mode != "daily"]
    taken = {(row.section_id, row.slot): row for row in RollSubmission.objects.filter(day=day)}
    reminded = {
        (section, slot): at
        for section, slot, at in RollReminder.objects.filter(day=day).values_list("section_id", "slot", "at")
    }
    waived = set(RollWaiver.objects.filter(day=day).values_list("section_id", "slot"))
    now = timezone.localtime()
    found = []
    for m in meetings:
        slot = m.period_id or 0
        row = taken.get((m.section_id, slot))
        state = (
            "taken"
            if row
            else "waived"
            if (m.section_id, slot) in waived
            else waiting(day, m.begin, today, now, settings[m.school_id])
        )
        found.append(
            MeetingState(
                section_id=m.section_id,
                section=m.title,
                school_id=m.school_id,
                school=m.school,
                slot=slot,
                period=m.period,
                order=m.order,
                begin=m.begin,
                end=m.end,
                teacher=m.teacher,
                room=m.room,
                day=day,
                state=state,
                reminded_at=reminded.get((m.section_id, slot)),
                submitted_at=row.submitted_at if row else None,
                submitted_by=row.by_name if row else "",
                enrolled=row.enrolled if row else 0,
                absent=row.absent if row else 0,
                tardy=row.tardy if row else 0,
            )
        )
    return sorted(found, key=lambda m: (m.school, m.order, m.section, m.section_id))


def waiting(day: date, begin: time | None, today: date, now: datetime, settings: AttendanceSettings) -> str:
    """Late once the school's minutes after the begin have passed; later while the bell has not rung."""
    if settings.silent_through is not None and day <= settings.silent_through:
        return "taken"
    if day != today:
        return "late" if day < today else "later"
    if begin is None:
        return "due"
    start = now.replace(hour=begin.hour, minute=begin.minute, second=0, microsecond=0)
    if now < start:
        return "later"
    return "late" if now > start + timedelta(minutes=settings.remind_after_minutes) else "due"
