"""Changing what a day is: a snow day, a make-up day, a minimum day."""

from __future__ import annotations

from datetime import date

from firstbell.kernel.finding import Refused, error
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data.events import CalendarDayChanged
from firstbell.people.data.words import DayType
from firstbell.people.models import Calendar, CalendarDate, Revision
from firstbell.people.selectors.scope import schools_in_scope
from firstbell.people.services.acts import DISTRICT
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.events import publish
from firstbell.platform.writing import hold, writing


def set_day(
    viewer: Viewer,
    school_id: int,
    day: date,
    day_type: DayType,
    *,
    letter: str = "",
    note: str = "",
    track: str = "",
    reason: str,
) -> int:
    """Make ``day`` a day of that type at the school, on one ``track`` or (empty) on all. Answers the school.

    What it was stays readable. Attendance hears of it and counts the day anew. Raises Refused without a
    reason, without a calendar for that year, or when nothing would change; NotVisible for a school whose
    calendar is not the viewer's to keep.
    """
    if not schools_in_scope(viewer, DataClass.ENROLLMENT, write=True).filter(pk=school_id).exists():
        raise NotVisible
    if not reason.strip():
        raise Refused(
            [error("act.reason", "a change of the calendar needs a reason", "say why", column="reason")]
        )
    with writing():
        hold(f"calendar {school_id}")
        calendars = Calendar.objects.filter(school=school_id, school_year=SchoolYear.of(day).ending)
        if track:
            calendars = calendars.filter(track=track)
        if not calendars:
            raise Refused(
                [
                    error(
                        "calendar.none",
                        f"the school has no calendar for {SchoolYear.of(day)}",
                        "bring the calendar in first, by an import",
                        column="day",
                    )
                ]
            )
        new = {"day_type": day_type.value, "cycle_letter": letter.strip(), "note": note.strip()}
        changed = [_set(viewer, one, day, new, reason) for one in calendars]
        if not any(changed):
            raise Refused(
                [error("act.empty", "the day is that already", "change something, or leave the page")]
            )
        audit.record(viewer, "calendar.set_day", "school", school_id, fields=["day_type"], count=0)
        publish(CalendarDayChanged(school_id, day))
    return school_id


def _set(viewer: Viewer, calendar: Calendar, day: date, new: dict[str, str], reason: str) -> bool:
    """Write one track's day; whether anything changed."""
    row = CalendarDate.objects.filter(calendar=calendar, day=day).first()
    old = {name: getattr(row, name) for name in new} if row else {}
    if old == new:
        return False
    if row is None:
        row = CalendarDate(calendar=calendar, day=day)
    for name, value in new.items():
        setattr(row, name, value)
    row.save()
    Revision.objects.create(
        kind="calendar_date",
        object_id=row.pk,
        account_id=viewer.account_id,
        source=DISTRICT,
        reason=reason.strip(),
        before=old,
        after=new,
    )
    return True
