"""Who should have been where on which days: the frame into which attendance is laid, read in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data.words import DayType
from firstbell.people.models import (
    BellSchedule,
    BellTimeRow,
    Calendar,
    ClassPeriod,
    SchoolEnrollment,
    Section,
    SectionEnrollment,
    SectionMeeting,
)
from firstbell.people.selectors.school_day import resolve_bell

TAUGHT = tuple(kind.value for kind in DayType if kind.taught)
MOST_IN_QUERY = 900


@dataclass(frozen=True, slots=True)
class Stay:
    """A student's time in a school, with what decides how its days are counted."""

    school_id: int
    entry: date
    exit: date | None
    grade: str
    track: str
    program: str
    status: str
    ada_eligible: bool

    def on(self, day: date) -> bool:
        """Whether the student is enrolled on ``day``."""
        return self.entry <= day and (self.exit is None or day <= self.exit)


@dataclass
class DayFacts:
    """The frame of a span of days.

    ``days``: (school, track) -> taught day -> (cycle letter, day type); a track that has a calendar stands
    there even when none of its days is taught. ``minutes``: bell schedule id -> slot -> counted minutes.
    ``meetings``: section -> (slot, letter) pairs. ``sections``: student -> (section, begin, end).
    ``stays``: student -> stays. ``order``: slot -> order.
    """

    days: dict[tuple[int, str], dict[date, tuple[str, str]]] = field(default_factory=dict)
    bells: dict[int, list[BellSchedule]] = field(default_factory=dict)
    minutes: dict[int, dict[int, int]] = field(default_factory=dict)
    meetings: dict[int, tuple[tuple[int, str], ...]] = field(default_factory=dict)
    homerooms: frozenset[int] = frozenset()
    section_school: dict[int, int] = field(default_factory=dict)
    sections: dict[int, list[tuple[int, date, date | None]]] = field(default_factory=dict)
    stays: dict[int, list[Stay]] = field(default_factory=dict)
    order: dict[int, int] = field(default_factory=dict)
    _resolved: dict[tuple[int, str, str, str], dict[int, int]] = field(default_factory=dict)

    def calendar(self, school: int, track: str) -> tuple[int, str]:
        """The calendar that a track follows: its own, else the school's first one."""
        if (school, track) in self.days:
            return school, track
        return min((key for key in self.days if key[0] == school), default=(school, track))

    def taught(self, school: int, track: str) -> dict[date, tuple[str, str]]:
        """Taught days of a track; a track without a calendar of its own follows the school's first one."""
        return self.days.get(self.calendar(school, track), {})

    def counted(self, school: int, grade: str, day_type: str, letter: str) -> dict[int, int]:
        """Counted minutes by slot, by the one bell schedule that holds for the grade; empty without bells."""
        key = (school, grade, day_type, letter)
        if key not in self._resolved:
            chosen = resolve_bell(self.bells.get(school, []), day_type, letter, grade)
            self._resolved[key] = self.minutes.get(chosen.pk, {}) if chosen else {}
        return self._resolved[key]


def day_facts(
    schools: Iterable[int],
    begin: date,
    end: date,
    *,
    students: Iterable[int] | None = None,
    sections: bool = True,
) -> DayFacts:
    """The frame of ``schools`` from ``begin`` to ``end``, of all students or only of ``students``.

    Without ``sections`` the timetable and who is in which section stay unread. A constant number of
    queries. For rules that derive days; shown to nobody as it is.
    """
    ids = list(schools)
    only = list(students) if students is not None else None
    facts = DayFacts()
    _calendar(facts, ids, begin, end)
    if sections:
        _timetable(facts, ids)
        _members(facts, ids, begin, end, only)
    _stays(facts, ids, begin, end, only)
    return facts


def _calendar(facts: DayFacts, schools: list[int], begin: date, end: date) -> None:
    for bell in BellSchedule.objects.filter(school__in=schools, ended_on=None).order_by("name"):
        facts.bells.setdefault(bell.school_id, []).append(bell)
    taught = FilteredRelation(
        "dates", condition=Q(dates__day__range=(begin, end), dates__day_type__in=TAUGHT)
    )
    years = {SchoolYear.of(begin).ending, SchoolYear.of(end).ending}
    for school, track, year, day, day_type, letter in (
        Calendar.objects.filter(school__in=schools)
        .annotate(taught=taught)
        .values_list(
            "school_id", "track", "school_year", "taught__day", "taught__day_type", "taught__cycle_letter"
        )
    ):
        if day is not None:
            facts.days.setdefault((school, track), {})[day] = (letter, day_type)
        elif year in years:
            facts.days.setdefault((school, track), {})
    for bell_id, slot, minutes in BellTimeRow.objects.filter(bell_schedule__school__in=schools).values_list(
        "bell_schedule_id", "period_id", "minutes"
    ):
        facts.minutes.setdefault(bell_id, {})[slot] = minutes


def _timetable(facts: DayFacts, schools: list[int]) -> None:
    meetings: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for section, slot, letter in SectionMeeting.objects.filter(section__school__in=schools).values_list(
        "section_id", "period_id", "letter"
    ):
        meetings[section].append((slot, letter))
    facts.meetings = {section: tuple(pairs) for section, pairs in meetings.items()}
    homerooms = set()
    for section, school, homeroom in Section.objects.filter(school__in=schools).values_list(
        "id", "school_id", "homeroom"
    ):
        facts.section_school[section] = school
        if homeroom:
            homerooms.add(section)
    facts.homerooms = frozenset(homerooms)
    facts.order = dict(ClassPeriod.objects.filter(school__in=schools).values_list("id", "order"))


def _members(facts: DayFacts, schools: list[int], begin: date, end: date, students: list[int] | None) -> None:
    rows = SectionEnrollment.objects.filter(
        Q(end__isnull=True) | Q(end__gte=begin),
        section__school__in=schools,
        superseded_at=None,
        begin__lte=end,
    )
    rows, wanted = _narrow(rows, students)
    columns = ("student_id", "section_id", "begin", "end")
    for student, section, first, last in rows.values_list(*columns).iterator(chunk_size=20_000):
        if wanted is None or student in wanted:
            facts.sections.setdefault(student, []).append((section, first, last))


def _stays(facts: DayFacts, schools: list[int], begin: date, end: date, students: list[int] | None) -> None:
    rows = SchoolEnrollment.objects.filter(
        Q(exit__isnull=True) | Q(exit__gte=begin), school__in=schools, superseded_at=None, entry__lte=end
    )
    rows, wanted = _narrow(rows, students)
    columns = ("school_id", "entry", "exit", "grade", "track", "program", "status", "ada_eligible")
    for student, *values in rows.values_list("student_id", *columns).iterator(chunk_size=20_000):
        if wanted is None or student in wanted:
            facts.stays.setdefault(student, []).append(Stay(*values))


def _narrow(rows: QuerySet[Any], students: list[int] | None) -> tuple[QuerySet[Any], set[int] | None]:
    """Rows of ``students`` only: by the database for a class, by the reader for more."""
    if students is None:
        return rows, None
    if len(students) <= MOST_IN_QUERY:
        rows = rows.filter(student__in=students)
    return rows, set(students)


def schools_of(students: list[int]) -> list[int]:
    """Schools in which any of ``students`` is or was enrolled. One query."""
    stays = SchoolEnrollment.objects.filter(student__in=students, superseded_at=None)
    return sorted(set(stays.values_list("school_id", flat=True)))
