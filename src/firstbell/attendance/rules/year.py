"""A school year from stays and exceptions: membership, days by category, ADA, chronic absence, truancy.

Only days about which something was said are exceptions; every other membership day was attended. So the
work grows with stays and exceptions, not with students times days. Each figure has a naive twin in the
tests.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from firstbell.attendance.data import StateCategory
from firstbell.attendance.rules.ada import TrackDays, ada, adm
from firstbell.attendance.rules.chronic import (
    AbsenceSummary,
    absences,
    band,
    chronic,
    eligible,
)
from firstbell.attendance.rules.rule_set import RuleSet
from firstbell.attendance.rules.truancy import chronic_truant, truant
from firstbell.params import MissingParameter

#: categories of a day spent at school
ATTENDED = (StateCategory.IN_PERSON, StateCategory.SUSPENSION_IN)
#: enrollments that earn ADA where they are
EARNING = ("primary", "short_term")
EVERY_GRADE = "all grades"


@dataclass(frozen=True, slots=True)
class DayException:
    """A day that was not simply attended; ``lost`` is the share of it that earns no ADA."""

    day: date
    category: StateCategory
    lost: Fraction | int = 1
    occasions: int = 0
    unexcused: bool = False


@dataclass(slots=True)
class Sums:
    """What exceptions add up to: days by category, days lost to ADA, truancy occasions, unexcused days."""

    days: dict[StateCategory, int] = field(default_factory=dict)
    lost: Fraction | int = 0
    occasions: int = 0
    unexcused: int = 0

    def add(
        self, category: StateCategory, days: int, lost: Fraction | int, occasions: int, unexcused: int
    ) -> None:
        """Take in ``days`` equal exceptions, or several added up already."""
        self.days[category] = self.days.get(category, 0) + days
        self.lost += lost
        self.occasions += occasions
        self.unexcused += unexcused


@dataclass(frozen=True, slots=True)
class StayDays:
    """One stay of a student in a school, with what its days amount to."""

    student: int
    school: int
    track: str
    grade: str
    status: str
    ada_eligible: bool
    entry: date
    membership: int
    sums: Sums

    @property
    def earns(self) -> bool:
        """Whether its days can earn ADA."""
        return self.ada_eligible and self.status in EARNING


def membership_days(taught: Sequence[date], entry: date, exit_: date | None) -> int:
    """Taught days (in order) from entry to exit, both inclusive."""
    return max(
        0, (len(taught) if exit_ is None else bisect_right(taught, exit_)) - bisect_left(taught, entry)
    )


def sums_within(
    taught: Sequence[date], entry: date, exit_: date | None, exceptions: Iterable[DayException]
) -> Sums:
    """Exceptions of one student and school that lie on the stay's taught days; the others fall away."""
    days = frozenset(taught)
    found = Sums()
    for one in exceptions:
        if one.day in days and entry <= one.day and (exit_ is None or one.day <= exit_):
            found.add(one.category, 1, one.lost, one.occasions, int(one.unexcused))
    return found


def grade_spans(rules: RuleSet) -> Callable[[str], str]:
    """From a grade level (CEDS code) to the span in which the state's funding counts it."""
    try:
        table = rules.value("grade_spans")
    except MissingParameter:
        return lambda grade: EVERY_GRADE
    spans = {grade: span for span, grades in table.items() for grade in grades}
    return lambda grade: spans.get(grade, "other")


Key = tuple[int, str, str]


def track_days(
    stays: Iterable[StayDays], taught: Mapping[tuple[int, str], int], span_of: Callable[[str], str]
) -> dict[Key, TrackDays]:
    """Pupil-days attended and possible by (school, track, grade span), of stays that earn ADA.

    ``taught`` counts the days of each track in the period.
    """
    possible: dict[Key, int] = defaultdict(int)
    lost: dict[Key, Fraction | int] = defaultdict(int)
    for stay in stays:
        if stay.earns:
            key = (stay.school, stay.track, span_of(stay.grade))
            possible[key] += stay.membership
            lost[key] += stay.sums.lost
    return {
        key: TrackDays(taught.get(key[:2], 0), Fraction(days) - lost[key], Fraction(days))
        for key, days in possible.items()
    }


def whole_tracks(parts: Mapping[Key, TrackDays]) -> dict[tuple[int, str], TrackDays]:
    """Tracks with all their spans together: what is divided and rounded once (5 CCR 11960)."""
    added: dict[tuple[int, str], TrackDays] = {}
    for key, one in parts.items():
        before = added.get(key[:2], TrackDays(one.taught, Fraction(0), Fraction(0)))
        possible = (before.possible or Fraction(0)) + (one.possible or Fraction(0))
        added[key[:2]] = TrackDays(one.taught, before.attended + one.attended, possible)
    return added


Group = TypeVar("Group", int, str)


def averages(tracks: Iterable[tuple[Group, TrackDays]]) -> dict[Group, tuple[Decimal, Decimal]]:
    """(ADA, ADM) added by group, each track rounded first; tracks not taught are left out."""
    found: dict[Group, tuple[Decimal, Decimal]] = {}
    for group, track in tracks:
        attended, member = ada(track), adm(track)
        if attended is not None and member is not None:
            before = found.get(group, (Decimal(0), Decimal(0)))
            found[group] = (before[0] + attended, before[1] + member)
    return found


@dataclass(frozen=True)
class StudentYear:
    """One student's year so far at one school, re-entries added together; leavers keep theirs."""

    student_id: int
    school_id: int
    grade: str
    track: str
    status: str
    enrolled_now: bool
    membership: int
    by_category: Mapping[StateCategory, int]
    occasions: int
    unexcused_days: int
    rules: RuleSet

    @cached_property
    def summary(self) -> AbsenceSummary:
        """The state's absence summary: what no row speaks of was attended in person."""
        exceptions = sum(n for kind, n in self.by_category.items() if kind is not StateCategory.IN_PERSON)
        days = {**self.by_category, StateCategory.IN_PERSON: self.membership - exceptions}
        return AbsenceSummary(days=days, enrolled_days=self.membership, status=self.status)

    @cached_property
    def absent(self) -> Fraction:
        """Days absent by the state's rule, whatever the reason; without a rule, days not attended."""
        try:
            return absences(self.summary, self.rules)
        except MissingParameter:
            return self.summary.expected - sum(self.summary.days.get(kind, 0) for kind in ATTENDED)

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


def student_year(stays: Sequence[StayDays], *, enrolled_now: bool, rules: RuleSet) -> StudentYear:
    """A student's stays at one school as one year; the newest stay names grade, track and status."""
    newest = max(stays, key=lambda stay: stay.entry)
    days: dict[StateCategory, int] = {}
    for stay in stays:
        for kind, number in stay.sums.days.items():
            days[kind] = days.get(kind, 0) + number
    return StudentYear(
        student_id=newest.student,
        school_id=newest.school,
        grade=newest.grade,
        track=newest.track,
        status=newest.status,
        enrolled_now=enrolled_now,
        membership=sum(stay.membership for stay in stays),
        by_category=days,
        occasions=sum(stay.sums.occasions for stay in stays),
        unexcused_days=sum(stay.sums.unexcused for stay in stays),
        rules=rules,
    )
