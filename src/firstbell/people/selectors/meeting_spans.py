"""Every meeting of a span of days: which sections should meet when, with somebody in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, DateField, F, Max, Min, Value, When

from firstbell.people.models import CalendarDate, SectionEnrollment, SectionMeeting
from firstbell.people.selectors.day_facts import TAUGHT

OPEN = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class MeetingSpan:
    """A section's meeting in a period, on the days of ``letter`` (empty: every taught day).

    ``begin`` and ``end`` bound the dates on which it has both its session and a student, inclusive.
    """

    section_id: int
    school_id: int
    title: str
    homeroom: bool
    period_id: int
    period: str
    order: int
    letter: str
    begin: date
    end: date


def meeting_spans(schools: Iterable[int], begin: date, end: date) -> list[MeetingSpan]:
    """Meetings of the schools' sections that may fall between the dates. Two queries."""
    ids = list(schools)
    last = Max(Case(When(end=None, then=Value(OPEN)), default=F("end"), output_field=DateField()))
    members = {
        section: (first, until)
        for section, first, until in SectionEnrollment.objects.filter(
            section__school__in=ids, superseded_at=None
        )
        .order_by()
        .values_list("section_id")
        .annotate(first=Min("begin"), last=last)
    }
    rows = SectionMeeting.objects.filter(section__school__in=ids, section__ended_on=None).values_list(
        "section_id",
        "section__school_id",
        "section__title",
        "section__homeroom",
        "period_id",
        "period__name",
        "period__order",
        "letter",
        "section__offering__session__begin",
        "section__offering__session__end",
    )
    found = []
    for section, school, title, homeroom, slot, period, order, letter, opens, closes in rows:
        if section not in members:
            continue
        first, until = max(opens, members[section][0], begin), min(closes, members[section][1], end)
        if first <= until:
            found.append(
                MeetingSpan(section, school, title, homeroom, slot, period, order, letter, first, until)
            )
    return found


def taught_letters(schools: Iterable[int], begin: date, end: date) -> dict[int, dict[date, str]]:
    """Taught days with their cycle letter by school; of several tracks the first one's. One query."""
    rows = CalendarDate.objects.filter(
        calendar__school__in=list(schools), day__range=(begin, end), day_type__in=TAUGHT
    ).order_by("-calendar__track", "day")
    found: dict[int, dict[date, str]] = {}
    for school, day, letter in rows.values_list("calendar__school_id", "day", "cycle_letter"):
        found.setdefault(school, {})[day] = letter
    return found
