"""Rolls of a day counted by school: how many are expected, in, and late. No section is fetched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from firstbell.attendance.models import RollSubmission, RollWaiver
from firstbell.attendance.models.roll import NO_PERIOD
from firstbell.attendance.selectors.board import waiting
from firstbell.attendance.selectors.setup import settings_for
from firstbell.people.api import meeting_counts
from firstbell.people.data import SchoolDay

#: width of the intervals in which rolls are counted through the day
MINUTES = 5


@dataclass(slots=True)
class RollTally:
    """Rolls of a school on a day. Waived ones are not expected; late ones should have been in by now."""

    expected: int = 0
    taken: int = 0
    late: int = 0


def roll_tallies(
    days: dict[int, SchoolDay], day: date, today: date, now: datetime | None = None
) -> dict[int, RollTally]:
    """The tally of each school in session on ``day`` as it stands ``now``. Five queries."""
    settings = settings_for(days, day)
    now = now or timezone.localtime()
    rolls = RollSubmission.objects.filter(day=day, section__school__in=list(days))
    given_up = RollWaiver.objects.filter(day=day, section__school__in=list(days))
    came_all_the_same = rolls.filter(section=OuterRef("section"), slot=OuterRef("slot"))
    taken, waived = _by_period(rolls), _by_period(given_up.filter(~Exists(came_all_the_same)))
    found: dict[int, RollTally] = {school: RollTally() for school, info in days.items() if info.in_session}
    met: dict[tuple[int, int], tuple[int, str]] = {}
    for one in meeting_counts(day, days):
        if not one.homeroom and settings[one.school_id].mode == "daily":
            continue
        place = (one.school_id, one.period_id or NO_PERIOD)
        state = waiting(day, one.begin, today, now, settings[one.school_id])
        met[place] = (met.get(place, (0, ""))[0] + one.number, state)
    for (school, period), (number, state) in met.items():
        tally = found[school]
        expected = max(number - waived.get((school, period), 0), 0)
        done = expected if state == "taken" else min(taken.get((school, period), 0), expected)
        tally.expected += expected
        tally.taken += done
        tally.late += expected - done if state == "late" else 0
    return found


def _by_period(rows: QuerySet[Any]) -> dict[tuple[int, int], int]:
    counts = rows.order_by().values_list("section__school_id", "slot").annotate(number=Count("id"))
    return {(school, slot): number for school, slot, number in counts}


def roll_hours(schools: Iterable[int], days: Iterable[date]) -> dict[int, list[int]]:
    """For each school how many rolls came in by each five minutes of the day, over ``days``. One query.

    Only rolls submitted on their own day count: an imported year says nothing of the hour.
    """
    wanted = list(days)
    found: dict[int, list[int]] = {}
    rows = RollSubmission.objects.filter(day__in=wanted, section__school__in=list(schools))
    for school, day, at in rows.values_list("section__school_id", "day", "submitted_at").iterator():
        local = timezone.localtime(at)
        if local.date() == day:
            buckets = found.setdefault(school, [0] * (24 * 60 // MINUTES))
            buckets[(local.hour * 60 + local.minute) // MINUTES] += 1
    return {school: list(accumulate(buckets)) for school, buckets in found.items()}
