"""A whole district's year at once: ADA, absence summaries and truancy from exceptions alone.

Only days with an exception are held; every other membership day was attended. So the work grows with
enrollments and exceptions, not with pupils times days. Each figure has a naive twin in the tests.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from firstbell.attendance.data import StateCategory
from firstbell.attendance.rules.ada import TrackDays, ada_by


@dataclass(frozen=True, slots=True)
class Membership:
    """One enrollment as the bulk rules need it: who, which calendar track, which span of grades, which days.

    ``calendar`` names the school's track; ``exit`` None is still enrolled; both ends inclusive.
    """

    student: str
    calendar: str
    grade_span: str
    entry: date
    exit: date | None = None
    ada_eligible: bool = True


@dataclass(frozen=True, slots=True)
class DayException:
    """A student's day that was not simply attended; ``lost`` is the share of the day that earns no ADA."""

    student: str
    calendar: str
    day: date
    category: StateCategory
    lost: Fraction | int = 1
    occasions: int = 0


def membership_days(taught: Sequence[date], entry: date, exit_: date | None) -> int:
    """Taught days (in order) from entry to exit, both inclusive."""
    return (len(taught) if exit_ is None else bisect_right(taught, exit_)) - bisect_left(taught, entry)


def _placed(
    memberships: Iterable[Membership],
    exceptions: Iterable[DayException],
    taught: Mapping[str, Sequence[date]],
) -> Iterable[tuple[Membership, list[DayException]]]:
    """Each enrollment with the exceptions on its own taught days; those outside any enrollment fall away."""
    by_place: dict[tuple[str, str], list[DayException]] = defaultdict(list)
    school_days = {calendar: frozenset(days) for calendar, days in taught.items()}
    for one in exceptions:
        if one.day in school_days.get(one.calendar, ()):
            by_place[one.student, one.calendar].append(one)
    for row in memberships:
        found = by_place.get((row.student, row.calendar), ())
        yield row, [x for x in found if row.entry <= x.day and (row.exit is None or x.day <= row.exit)]


def track_days(
    taught: Mapping[str, Sequence[date]],
    memberships: Iterable[Membership],
    exceptions: Iterable[DayException],
) -> dict[tuple[str, str], TrackDays]:
    """Pupil-days attended and possible by (calendar track, grade span), over the taught days given.

    ``taught`` holds the days of the period of apportionment in order, by calendar. Exceptions are one a
    student, calendar and day.
    """
    possible: dict[tuple[str, str], int] = defaultdict(int)
    whole: dict[tuple[str, str], int] = defaultdict(int)
    parts: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row, found in _placed(memberships, exceptions, taught):
        if not row.ada_eligible:
            continue
        key = (row.calendar, row.grade_span)
        possible[key] += max(0, membership_days(taught.get(row.calendar, ()), row.entry, row.exit))
        for one in found:
            if isinstance(one.lost, int):
                whole[key] += one.lost
            else:
                parts[key] += one.lost
    return {
        key: TrackDays(len(taught.get(key[0], ())), days - whole[key] - parts[key], Fraction(days))
        for key, days in possible.items()
    }


def ada_by_span(tracks: Mapping[tuple[str, str], TrackDays]) -> dict[str, Decimal]:
    """ADA by grade span over the district, each track and span rounded first."""
    return ada_by((span, track) for (_, span), track in tracks.items())


def ada_by_calendar(tracks: Mapping[tuple[str, str], TrackDays]) -> dict[str, Decimal]:
    """ADA by calendar track, all its spans divided together and rounded once."""
    added: dict[str, TrackDays] = {}
    for (calendar, _), one in tracks.items():
        before = added.get(calendar, TrackDays(one.taught, Fraction(0), Fraction(0)))
        possible = (before.possible or Fraction(0)) + (one.possible or Fraction(0))
        added[calendar] = TrackDays(one.taught, before.attended + one.attended, possible)
    return ada_by(added.items())


@dataclass(frozen=True, slots=True)
class StudentYear:
    """A student's year at one school so far: days by state category, membership, truancy occasions."""

    student: str
    calendar: str
    membership: int
    days: Mapping[StateCategory, int]
    occasions: int


def student_years(
    taught: Mapping[str, Sequence[date]],
    memberships: Iterable[Membership],
    exceptions: Iterable[DayException],
) -> list[StudentYear]:
    """Each student's year at each school, re-entries of one school added together, leavers included."""
    membership: dict[tuple[str, str], int] = defaultdict(int)
    counted: dict[tuple[str, str], dict[StateCategory, int]] = defaultdict(lambda: defaultdict(int))
    occasions: dict[tuple[str, str], int] = defaultdict(int)
    for row, found in _placed(memberships, exceptions, taught):
        key = (row.student, row.calendar)
        membership[key] += max(0, membership_days(taught.get(row.calendar, ()), row.entry, row.exit))
        for one in found:
            counted[key][one.category] += 1
            occasions[key] += one.occasions
    years = []
    for key, days in membership.items():
        by_category = dict(counted[key])
        exceptional = sum(n for c, n in by_category.items() if c is not StateCategory.IN_PERSON)
        by_category[StateCategory.IN_PERSON] = days - exceptional
        years.append(StudentYear(*key, days, by_category, occasions[key]))
    return years
