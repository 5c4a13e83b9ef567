"""A school year's figures from pupil-days: membership, days by category, ADA, chronic absence, truancy.

Only days about which something was said have a row; every other day of membership was attended. So a
year of a large district is one grouped query and one walk over its stays.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Count, Sum

from firstbell.attendance.data import StateCategory
from firstbell.attendance.models import PupilDayRow
from firstbell.attendance.rules.ada import TrackDays, ada_by
from firstbell.attendance.rules.chronic import AbsenceSummary, absences, band, chronic, eligible
from firstbell.attendance.rules.rule_set import RuleSet, rule_set
from firstbell.attendance.rules.truancy import chronic_truant, truant
from firstbell.attendance.selectors.setup import settings_for
from firstbell.kernel.school_year import SchoolYear
from firstbell.params import MissingParameter
from firstbell.people.api import DayFacts, Stay, day_facts

#: categories of a day spent at school
ATTENDED = (StateCategory.IN_PERSON, StateCategory.SUSPENSION_IN)
#: grade levels by the span in which funding counts them
SPANS = {
    "TK": "TK/K-3",
    "KG": "TK/K-3",
    "01": "TK/K-3",
    "02": "TK/K-3",
    "03": "TK/K-3",
    "04": "4-6",
    "05": "4-6",
    "06": "4-6",
    "07": "7-8",
    "08": "7-8",
    "09": "9-12",
    "10": "9-12",
    "11": "9-12",
    "12": "9-12",
}


@dataclass(frozen=True)
class StudentYear:
    """One student's year so far at one school; leavers keep theirs."""

    student_id: int
    school_id: int
    grade: str
    track: str
    status: str
    ada_eligible: bool
    enrolled_now: bool
    membership: int
    by_category: dict[StateCategory, int]
    not_earning: int
    occasions: int
    unexcused_days: int
    rules: RuleSet

    @cached_property
    def summary(self) -> AbsenceSummary:
        """The state's absence summary: what no row speaks of was attended in person."""
        exceptions = sum(n for kind, n in self.by_category.items() if kind is not StateCategory.IN_PERSON)
        days = {kind: Fraction(n) for kind, n in self.by_category.items()}
        days[StateCategory.IN_PERSON] = Fraction(self.membership - exceptions)
        return AbsenceSummary(days=days, enrolled_days=self.membership, status=self.status)

    @cached_property
    def absent(self) -> Fraction:
        """Days absent by the state's rule, whatever the reason; without a rule, days not attended."""
        try:
            return absences(self.summary, self.rules)
        except MissingParameter:
            return self.summary.expected - sum(
                (self.summary.days.get(kind, Fraction(0)) for kind in ATTENDED), Fraction(0)
            )

    @cached_property
    def chronic(self) -> bool | None:
        """Chronically absent by the state's rule; None where no rule is loaded for the school year."""
        try:
            return chronic(self.summary, self.rules)
        except MissingParameter:
            return None

    @cached_property
    def eligible(self) -> bool | None:
        """Whether the student counts in the chronic rate; None where no rule is loaded."""
        try:
            return eligible(self.summary, self.rules)
        except MissingParameter:
            return None

    def band(self, house: RuleSet) -> str | None:
        """The early-warning band."""
        return band(self.absent, self.summary.expected, house)

    @property
    def truant(self) -> bool:
        """A truant by occasions in the year; never where the rules know no truancy."""
        try:
            return truant(self.occasions, self.rules)
        except MissingParameter:
            return False

    @property
    def chronic_truant(self) -> bool:
        """Unexcused on the state's share of school days."""
        try:
            return chronic_truant(self.unexcused_days, self.membership, self.rules)
        except MissingParameter:
            return False


@dataclass
class YearFigures:
    """A school year so far of some schools, through ``through`` (inclusive)."""

    school_year: int
    through: date
    students: list[StudentYear] = field(default_factory=list)
    taught: dict[tuple[int, str], int] = field(default_factory=dict)

    def ada(self) -> dict[int, Decimal]:
        """ADA of each school: every track by its own taught days, rounded, then added."""
        return ada_by((school, days) for (school, _), days in self._tracks().items())

    def ada_by_span(self) -> dict[str, Decimal]:
        """ADA by grade span over all schools."""
        return ada_by((span, days) for (_, span), days in self._tracks(by_span=True).items())

    def _tracks(self, *, by_span: bool = False) -> dict[tuple[Any, Any], TrackDays]:
        sums: dict[tuple[int, str, str], list[int]] = defaultdict(lambda: [0, 0])
        for student in self.students:
            if not student.ada_eligible or student.status not in ("primary", "short_term"):
                continue
            span = SPANS.get(student.grade, "other") if by_span else ""
            row = sums[student.school_id, student.track, span]
            row[0] += student.membership
            row[1] += student.membership - student.not_earning
        return {
            ((school, track), span) if by_span else (school, track): TrackDays(
                self.taught.get((school, track), 0), Fraction(attended), Fraction(member)
            )
            for (school, track, span), (member, attended) in sums.items()
        }

    def rate(self, school_id: int | None = None) -> Fraction | None:
        """Share of membership days not absent, of one school or all."""
        rows = [s for s in self.students if school_id is None or s.school_id == school_id]
        member = sum(s.membership for s in rows)
        return 1 - sum((s.absent for s in rows), Fraction(0)) / member if member else None

    def chronic_rate(self, school_id: int | None = None) -> Fraction | None:
        """Chronically absent by eligible students, of one school or all."""
        rows = [s for s in self.students if s.eligible and school_id in (None, s.school_id)]
        return Fraction(sum(bool(s.chronic) for s in rows), len(rows)) if rows else None


def year_figures(schools: Iterable[int], through: date) -> YearFigures:
    """The figures of the school year in which ``through`` lies. Shown to nobody as they are.

    A constant number of queries.
    """
    ids = sorted(schools)
    year = SchoolYear.of(through)
    figures = YearFigures(year.ending, through)
    if not ids:
        return figures
    facts = day_facts(ids, year.span.begin, through, sections=False)
    taught = {key: sorted(days) for key, days in facts.days.items()}
    figures.taught = {key: len(days) for key, days in taught.items()}
    exceptions = _exceptions(ids, year.span.begin, through)
    settings = settings_for(ids, through)
    rules = {name: rule_set(name, year.span.begin) for name in {s.rules for s in settings.values()}}
    for student, stays in facts.stays.items():
        by_school: dict[int, list[Stay]] = defaultdict(list)
        for stay in stays:
            by_school[stay.school_id].append(stay)
        for school, mine in by_school.items():
            figures.students.append(
                _student_year(
                    student, school, mine, facts, taught, exceptions, rules[settings[school].rules], through
                )
            )
    return figures


@dataclass
class _Exceptions:
    by_category: dict[StateCategory, int] = field(default_factory=dict)
    not_earning: int = 0
    occasions: int = 0
    unexcused_days: int = 0


def _exceptions(schools: list[int], begin: date, through: date) -> dict[tuple[int, int], _Exceptions]:
    """What the rows add up to for each (student, school)."""
    found: dict[tuple[int, int], _Exceptions] = defaultdict(_Exceptions)
    rows = (
        PupilDayRow.objects.filter(school__in=schools, day__range=(begin, through))
        .order_by()
        .values_list("student_id", "school_id", "category", "earns_ada", "full_day_unexcused")
        .annotate(days=Count("id"), times=Sum("occasions"))
    )
    for student, school, category, earns, unexcused, days, times in rows:
        one = found[student, school]
        kind = StateCategory(category)
        one.by_category[kind] = one.by_category.get(kind, 0) + days
        one.not_earning += 0 if earns else days
        one.unexcused_days += days if unexcused else 0
        one.occasions += times
    return found


def _student_year(
    student: int,
    school: int,
    stays: list[Stay],
    facts: DayFacts,
    taught: dict[tuple[int, str], list[date]],
    exceptions: dict[tuple[int, int], _Exceptions],
    rules: RuleSet,
    through: date,
) -> StudentYear:
    """Membership over all the student's stays at the school; the newest stay names grade and track."""
    membership = 0
    newest = stays[-1]
    for stay in sorted(stays, key=lambda s: s.entry):
        days = taught.get((school, stay.track)) or sorted(facts.taught(school, stay.track))
        last = min(stay.exit or through, through)
        membership += max(0, bisect_right(days, last) - bisect_left(days, stay.entry))
        newest = stay
    said = exceptions.get((student, school)) or _Exceptions()
    return StudentYear(
        student_id=student,
        school_id=school,
        grade=newest.grade,
        track=newest.track,
        status=newest.status,
        ada_eligible=newest.ada_eligible,
        enrolled_now=newest.on(through),
        membership=membership,
        by_category=said.by_category,
        not_earning=said.not_earning,
        occasions=said.occasions,
        unexcused_days=said.unexcused_days,
        rules=rules,
    )


def daily_rates(schools: Iterable[int], begin: date, end: date) -> dict[int, dict[date, tuple[int, int]]]:
    """For each school and taught day: (enrolled, absent by the state's category). Four queries.

    A day without any roll taken still answers full attendance; callers show days that have passed.
    """
    ids = sorted(schools)
    facts = day_facts(ids, begin, end, sections=False)
    absent: dict[tuple[int, date], int] = defaultdict(int)
    rows = (
        PupilDayRow.objects.filter(school__in=ids, day__range=(begin, end), state_day_present=False)
        .order_by()
        .values_list("school_id", "day")
        .annotate(number=Count("id"))
    )
    for school, day, number in rows:
        absent[school, day] += number
    changes: dict[int, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for stays in facts.stays.values():
        for stay in stays:
            changes[stay.school_id][max(stay.entry, begin)] += 1
            if stay.exit is not None and stay.exit < end:
                changes[stay.school_id][stay.exit + timedelta(days=1)] -= 1
    found: dict[int, dict[date, tuple[int, int]]] = {}
    for school in ids:
        days = sorted({day for key, some in facts.days.items() if key[0] == school for day in some})
        steps = sorted(changes[school].items())
        enrolled = place = 0
        found[school] = {}
        for day in days:
            while place < len(steps) and steps[place][0] <= day:
                enrolled += steps[place][1]
                place += 1
            found[school][day] = (enrolled, absent.get((school, day), 0))
    return found
