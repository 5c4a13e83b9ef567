"""How many meetings a day has, by school and period, counted by the database: no section is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from django.db.models import Count, Q

from firstbell.people.data.places import SchoolDay
from firstbell.people.models import Section
from firstbell.people.selectors.school_day import times_on


@dataclass(frozen=True, slots=True)
class MeetingCount:
    """Meetings of one period of a school on a day.

    ``period_id`` None: homerooms that have no meeting of their own; ``begin`` None where no bell says.
    """

    school_id: int
    period_id: int | None
    begin: time | None
    homeroom: bool
    number: int


def meeting_counts(day: date, days: dict[int, SchoolDay]) -> list[MeetingCount]:
    """As many as ``meetings_on`` lists, by school, period and whether it is a homeroom. Two queries."""
    open_days = {school: info for school, info in days.items() if info.in_session}
    rows = (
        Section.objects.filter(
            Q(homeroom=True) | Q(meetings__isnull=False),
            school__in=open_days,
            ended_on=None,
            offering__session__begin__lte=day,
            offering__session__end__gte=day,
        )
        .order_by()
        .values_list("school_id", "meetings__period_id", "meetings__letter", "homeroom")
        .annotate(number=Count("pk"))
    )
    times, belled = times_on(open_days)
    return [
        MeetingCount(school, period, times[period][0] if period in times else None, homeroom, number)
        for school, period, letter, homeroom, number in rows
        if period is None
        or (
            (not letter or letter == open_days[school].cycle_letter)
            and (school not in belled or period in times)
        )
    ]
