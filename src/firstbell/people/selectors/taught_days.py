"""The school days next to a date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from firstbell.people.data.words import DayType
from firstbell.people.models import CalendarDate

#: the longest time without a school day that is looked over: a summer
REACH = timedelta(days=100)
TAUGHT = tuple(kind.value for kind in DayType if kind.taught)


def last_taught_days(schools: Iterable[int], before: date, count: int = 1) -> list[date]:
    """The ``count`` school days before ``before`` at any of these schools, the latest first. One query."""
    days = (
        CalendarDate.objects.filter(
            calendar__school__in=list(schools), day_type__in=TAUGHT, day__range=(before - REACH, before)
        )
        .exclude(day=before)
        .order_by("-day")
        .values_list("day", flat=True)
        .distinct()
    )
    return list(days[:count])
