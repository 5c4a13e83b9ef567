"""What a date is at a school, and which sections meet on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from django.db.models import F, Q

from firstbell.people.data.places import MeetingToday, SchoolDay
from firstbell.people.data.words import DayType
from firstbell.people.models import (
    BellSchedule,
    BellTimeRow,
    CalendarDate,
    School,
    Section,
    SectionStaff,
)
from firstbell.people.selectors.viewer import running


def school_days(schools: Iterable[int], day: date) -> dict[int, SchoolDay]:
    """For each school what ``day`` is: its type, cycle letter and the one bell schedule that resolves.

    A school without a row for the date answers a day that is not in session. Two queries and one for
    the names, whatever the number of schools. Tracks beside the first are not told apart here.
    """
    ids = list(schools)
    rows = {
        row[0]: row[1:]
        for row in CalendarDate.objects.filter(calendar__school__in=ids, day=day)
        .order_by("-calendar__track")
        .values_list("calendar__school_id", "day_type", "cycle_letter", "note")
    }
    bells: dict[int, list[BellSchedule]] = {}
    for bell in BellSchedule.objects.filter(school__in=ids, ended_on=None).order_by("name"):
        bells.setdefault(bell.school_id, []).append(bell)
    days = {}
    for school, name in School.objects.filter(pk__in=ids).values_list("id", "name"):
        day_type, letter, note = rows.get(school, (None, "", ""))
        bell_schedule = resolve_bell(bells.get(school, []), day_type, letter)
        days[school] = SchoolDay(
            school,
            name,
            day,
            DayType(day_type) if day_type else None,
            letter,
            note,
            bell_schedule.name if bell_schedule else "",
        )
    return days


def resolve_bell(
    bells: list[BellSchedule], day_type: str | None, letter: str, grade: str | None = None
) -> BellSchedule | None:
    """The most particular bell schedule that fits the day: one named for the type, letter or grade wins.

    Without a ``grade`` the school's day is asked for: a schedule for all grades before one for some.
    """
    fitting = [
        bell
        for bell in bells
        if (not bell.day_types or day_type in bell.day_types)
        and (not bell.letters or letter in bell.letters)
        and (not bell.grades or grade is None or grade in bell.grades)
    ]
    return max(
        fitting,
        key=lambda bell: (
            bool(bell.day_types) + bool(bell.letters) + (bool(bell.grades) if grade else 0),
            not bell.grades,
        ),
        default=None,
    )


def meetings_on(
    day: date, days: dict[int, SchoolDay], *, sections: Iterable[int] | None = None
) -> list[MeetingToday]:
    """Section meetings on ``day`` at the schools of ``days`` that are in session, in order of period.

    ``sections`` narrows to those. A homeroom that has no meeting of its own is listed without a period; a
    period that the day's bells leave out does not meet. Three queries, whatever the number of sections.
    """
    open_days = {school: info for school, info in days.items() if info.in_session}
    met = Section.objects.filter(
        Q(homeroom=True) | Q(meetings__isnull=False),
        school__in=open_days,
        ended_on=None,
        offering__session__begin__lte=day,
        offering__session__end__gte=day,
    )
    if sections is not None:
        met = met.filter(pk__in=list(sections))
    times, belled = times_on(open_days)
    rows = [
        row
        for row in met.values_list(
            "pk",
            "title",
            "code",
            "school_id",
            "meetings__period_id",
            "meetings__period__name",
            "meetings__period__order",
            "meetings__letter",
            "meetings__room__name",
            "location",
            "homeroom",
        )
        if row[4] is None
        or (
            (not row[7] or row[7] == open_days[row[3]].cycle_letter)
            and (row[3] not in belled or row[4] in times)
        )
    ]
    teachers = teachers_of((row[0] for row in rows), day)
    found = [
        MeetingToday(
            section_id=row[0],
            title=row[1],
            code=row[2],
            school_id=row[3],
            school=open_days[row[3]].school,
            period_id=row[4],
            period=row[5] or "",
            order=row[6] or 0,
            begin=times.get(row[4], (None, None, None))[0],
            end=times.get(row[4], (None, None, None))[1],
            minutes=times.get(row[4], (None, None, None))[2],
            room=row[8] or row[9],
            teacher=teachers.get(row[0], ""),
            homeroom=row[10],
        )
        for row in rows
    ]
    return sorted(found, key=lambda m: (m.school, m.order, m.title, m.section_id))


def times_on(days: dict[int, SchoolDay]) -> tuple[dict[int, tuple[time, time, int]], set[int]]:
    """Begin, end and counted minutes of each period, by the bell schedule that resolved; periods that some
    grade's own schedule adds. And the schools whose schedule has times at all."""
    times: dict[int, tuple[time, time, int]] = {}
    belled = set()
    rows = BellTimeRow.objects.filter(bell_schedule__school__in=days, bell_schedule__ended_on=None)
    of_some_grades = []
    for row in rows.select_related("bell_schedule"):
        bell, found = row.bell_schedule, (row.begin, row.end, row.minutes)
        info = days[bell.school_id]
        if bell.name == info.bell_schedule:
            belled.add(bell.school_id)
            times[row.period_id] = found
        elif bell.grades and resolve_bell([bell], info.day_type, info.cycle_letter):
            of_some_grades.append((row.period_id, found))
    for period, found in of_some_grades:
        times.setdefault(period, found)
    return times, belled


def teachers_of(sections: Iterable[int], day: date) -> dict[int, str]:
    """The teacher of record (``Last, First``) of each section on ``day``. One query."""
    wanted = set(sections)
    links = (
        SectionStaff.objects.filter(running(day), position="teacher_of_record")
        .annotate(first=F("staff__first_name"), last=F("staff__last_name"))
        .values_list("section_id", "first", "last")
    )
    if len(wanted) <= 500:
        links = links.filter(section__in=wanted)
    return {section: f"{last}, {first}" for section, first, last in links if section in wanted}
