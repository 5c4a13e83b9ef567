"""How many students belong to each school on each day, counted by the database: no student is fetched."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from django.db.models import Count, Q

from firstbell.people.data.words import DayType
from firstbell.people.models import CalendarDate, SchoolEnrollment

_TAUGHT = [kind.value for kind in DayType if kind.taught]


@dataclass(frozen=True, slots=True)
class Membership:
    """Students enrolled by school and day: for each school the days on which the number changes."""

    steps: dict[int, tuple[list[date], list[int]]] = field(default_factory=dict)

    def on(self, school: int, day: date) -> int:
        """Students enrolled at the school on ``day``."""
        days, numbers = self.steps.get(school, ([], []))
        place = bisect_right(days, day)
        return numbers[place - 1] if place else 0


def membership(schools: Iterable[int], begin: date, end: date) -> Membership:
    """Students enrolled at each school on every day from ``begin`` to ``end`` (inclusive). Three queries."""
    stays = SchoolEnrollment.objects.filter(superseded_at=None, school__in=list(schools)).order_by()
    there = stays.filter(Q(exit__isnull=True) | Q(exit__gte=begin), entry__lte=begin)
    changes: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for school, number in there.values_list("school_id").annotate(number=Count("id")):
        changes[school][begin] += number
    came = stays.filter(Q(exit__isnull=True) | Q(exit__gte=begin), entry__gt=begin, entry__lte=end)
    for school, day, number in came.values_list("school_id", "entry").annotate(number=Count("id")):
        changes[school][day] += number
    left = stays.filter(exit__gte=begin, exit__lt=end, entry__lte=end)
    for school, day, number in left.values_list("school_id", "exit").annotate(number=Count("id")):
        changes[school][day + timedelta(days=1)] -= number
    return Membership(
        {
            school: ([day for day, _ in rows], list(accumulate(number for _, number in rows)))
            for school, found in changes.items()
            for rows in [sorted(found.items())]
        }
    )


def taught_dates(schools: Iterable[int], begin: date, end: date) -> dict[int, list[date]]:
    """The dates on which each school teaches, on any track, in order. One query."""
    rows = (
        CalendarDate.objects.filter(
            calendar__school__in=list(schools), day__range=(begin, end), day_type__in=_TAUGHT
        )
        .order_by("day")
        .values_list("calendar__school_id", "day")
        .distinct()
    )
    found: dict[int, list[date]] = defaultdict(list)
    for school, day in rows:
        found[school].append(day)
    return found
