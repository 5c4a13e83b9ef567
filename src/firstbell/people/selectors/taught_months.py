"""The taught days of calendars, with the school months in which they are numbered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from firstbell.people.models import CalendarDate
from firstbell.people.selectors.day_facts import TAUGHT


def taught_months(
    schools: Iterable[int], school_year: int
) -> dict[tuple[int, str], list[tuple[date, int | None]]]:
    """(taught day, its stored school month) by (school, track), in order. One query.

    Calendars are nobody's record: no viewer needed.
    """
    found: dict[tuple[int, str], list[tuple[date, int | None]]] = defaultdict(list)
    rows = CalendarDate.objects.filter(
        calendar__school__in=list(schools), calendar__school_year=school_year, day_type__in=TAUGHT
    ).order_by("day")
    for school, track, day, month in rows.values_list(
        "calendar__school_id", "calendar__track", "day", "school_month"
    ):
        found[school, track].append((day, month))
    return dict(found)
