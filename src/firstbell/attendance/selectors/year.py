"""A school year's figures read in bulk: stays and grouped pupil-days, laid into ``rules.year``.

A year of a large district is one grouped query and one walk over its stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, QuerySet, Sum

from firstbell.attendance.data import StateCategory
from firstbell.attendance.models import PupilDayRow
from firstbell.attendance.rules.ada import TrackDays
from firstbell.attendance.rules.rule_set import RuleSet, rule_set
from firstbell.attendance.rules.truancy import knows_truancy
from firstbell.attendance.rules.year import (
    DayException,
    StayDays,
    StudentYear,
    Sums,
    averages,
    grade_spans,
    membership_days,
    student_year,
    sums_within,
    track_days,
    whole_tracks,
)
from firstbell.attendance.selectors.setup import settings_for
from firstbell.kernel.date_span import DateSpan
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.api import DayFacts, Stay, day_facts, membership, taught_dates
from firstbell.people.data import AttendanceProgram

MOST_IN_QUERY = 900
Place = tuple[int, int]
Track = tuple[int, str]


@dataclass
class YearFigures:
    """A school year (or a period of it) of some schools.

    ``spans``: the days counted of each (school, track), both ends inclusive; ``taught``: how many they are.
    """

    school_year: int
    through: date
    spans: dict[Track, DateSpan] = field(default_factory=dict)
    taught: dict[Track, int] = field(default_factory=dict)
    stays: list[StayDays] = field(default_factory=list)
    students: list[StudentYear] = field(default_factory=list)
    rule_sets: dict[int, RuleSet] = field(default_factory=dict)

    def parts(self) -> dict[tuple[int, str, str], TrackDays]:
        """Pupil-days by (school, track, grade span), the spans by each school's own rules."""
        by_school: dict[int, list[StayDays]] = defaultdict(list)
        for stay in self.stays:
            by_school[stay.school].append(stay)
        found: dict[tuple[int, str, str], TrackDays] = {}
        for school, stays in by_school.items():
            found |= track_days(stays, self.taught, grade_spans(self.rule_sets[school]))
        return found

    def ada(self) -> dict[int, Decimal]:
        """ADA of each school: every track by its own taught days, rounded, then added. None is made where
        the rules of the school's state are not loaded: how days are averaged is the state's law."""
        tracks = whole_tracks(self._averaged())
        return {school: two[0] for school, two in averages((k[0], t) for k, t in tracks.items()).items()}

    def ada_by_span(self) -> dict[str, Decimal]:
        """ADA by grade span over all schools."""
        parts = self._averaged().items()
        return {span: two[0] for span, two in averages((k[2], t) for k, t in parts).items()}

    def _averaged(self) -> dict[tuple[int, str, str], TrackDays]:
        """Parts of the schools whose state's rules are loaded."""
        return {key: part for key, part in self.parts().items() if not self.rule_sets[key[0]].unloaded}

    def truants(self, school_id: int) -> int | None:
        """Truant students of a school; None where its rules do not say who is one."""
        if not knows_truancy(self.rule_sets[school_id]):
            return None
        return sum(s.truant for s in self.students if s.school_id == school_id)

    def of_school(self, school_id: int | None) -> list[StudentYear]:
        """Students of one school, or all."""
        return [s for s in self.students if school_id in (None, s.school_id)]

    def rate(self, school_id: int | None = None) -> Fraction | None:
        """Share of membership days not absent, of one school or all."""
        rows = self.of_school(school_id)
        member = sum(s.membership for s in rows)
        return 1 - sum((s.absent for s in rows), Fraction(0)) / member if member else None

    def chronic_rate(self, school_id: int | None = None) -> Fraction | None:
        """Chronically absent by eligible students, of one school or all."""
        rows = [s for s in self.of_school(school_id) if s.eligible]
        return Fraction(sum(bool(s.chronic) for s in rows), len(rows)) if rows else None


def year_figures(
    schools: Iterable[int],
    through: date,
    *,
    spans: Mapping[Track, DateSpan] | None = None,
    students: Iterable[int] | None = None,
) -> YearFigures:
    """The figures of the school year in which ``through`` lies, so far. Shown to nobody as they are.

    ``spans`` narrows tracks to other days (a period of apportionment); ``students`` to some students. A
    constant number of queries, one more for each different span.
    """
    ids = sorted(schools)
    year = SchoolYear.of(through)
    figures = YearFigures(year.ending, through)
    if not ids:
        return figures
    only = None if students is None else sorted(set(students))
    facts = day_facts(ids, year.span.begin, through, students=only, sections=False)
    whole = DateSpan(year.span.begin, through)
    taught = {}
    for track, some in facts.days.items():
        figures.spans[track] = span = (spans or {}).get(track, whole)
        taught[track] = sorted(day for day in some if day in span)
        figures.taught[track] = len(taught[track])
    for school, settings in settings_for(ids, through).items():
        figures.rule_sets[school] = rule_set(settings.rules, year.span.begin)
    placed = _placed(facts, figures, whole)
    exceptions = _Exceptions(ids, only, facts, {span for *_, span in placed})
    for (student, school), stays, span in placed:
        days = [_stay_days(student, stay, _track(facts, stay), taught, exceptions, span) for stay in stays]
        figures.stays += days
        now, rules = any(stay.on(through) for stay in stays), figures.rule_sets[school]
        figures.students.append(student_year(days, enrolled_now=now, rules=rules))
    return figures


def _track(facts: DayFacts, stay: Stay) -> Track:
    """The calendar that a stay follows: its track's own, else the school's first."""
    own = (stay.school_id, stay.track)
    return own if own in facts.days else min((k for k in facts.days if k[0] == stay.school_id), default=own)


def _placed(
    facts: DayFacts, figures: YearFigures, whole: DateSpan
) -> list[tuple[Place, list[Stay], DateSpan]]:
    """Each student's stays at each school, with the days that count there (those of the newest stay)."""
    found = []
    for student, stays in facts.stays.items():
        by_school: dict[int, list[Stay]] = defaultdict(list)
        for stay in stays:
            by_school[stay.school_id].append(stay)
        for school, mine in by_school.items():
            newest = max(mine, key=lambda stay: stay.entry)
            found.append(((student, school), mine, figures.spans.get(_track(facts, newest), whole)))
    return found


class _Exceptions:
    """What pupil-days say of each (student, school): added up by the database where one stay takes all of
    it, day by day where several stays share it or a clock-hour program loses parts of days."""

    def __init__(
        self, schools: list[int], students: list[int] | None, facts: DayFacts, spans: set[DateSpan]
    ) -> None:
        apart: set[Place] = set()
        for student, stays in facts.stays.items():
            seen: set[int] = set()
            for stay in stays:
                if stay.school_id in seen or stay.program == AttendanceProgram.HOURLY:
                    apart.add((student, stay.school_id))
                seen.add(stay.school_id)
        self.hourly = {
            (student, stay.school_id)
            for student, stays in facts.stays.items()
            for stay in stays
            if stay.program == AttendanceProgram.HOURLY
        }
        self.apart: dict[Place, list[DayException]] = {place: [] for place in apart}
        self.sums: dict[tuple[Place, DateSpan], Sums] = defaultdict(Sums)
        for span in spans:
            rows = PupilDayRow.objects.filter(school__in=schools, day__range=(span.begin, span.end))
            if students is not None and len(students) <= MOST_IN_QUERY:
                rows = rows.filter(student__in=students)
            self._add_up(rows, span)
        if apart:
            self._day_by_day(schools, spans)

    def _add_up(self, rows: QuerySet[PupilDayRow], span: DateSpan) -> None:
        grouped = (
            rows.order_by()
            .values_list("student_id", "school_id", "category", "earns_ada", "full_day_unexcused")
            .annotate(days=Count("id"), times=Sum("occasions"))
        )
        kinds = {kind.value: kind for kind in StateCategory}
        for student, school, category, earns, unexcused, days, times in grouped:
            if (student, school) not in self.apart:
                self.sums[(student, school), span].add(
                    kinds[category], days, 0 if earns else days, times, days if unexcused else 0
                )

    def _day_by_day(self, schools: list[int], spans: Iterable[DateSpan]) -> None:
        days = [day for span in spans for day in (span.begin, span.end) if day is not None]
        rows = PupilDayRow.objects.filter(school__in=schools, day__range=(min(days), max(days)))
        students = {student for student, _ in self.apart}
        if len(students) <= MOST_IN_QUERY:
            rows = rows.filter(student__in=students)
        for row in rows.order_by("day"):
            place = (row.student_id, row.school_id)
            if place in self.apart:
                present = Fraction(row.fraction_n, row.fraction_d) if place in self.hourly else 1
                self.apart[place].append(
                    DayException(
                        row.day,
                        StateCategory(row.category),
                        1 - present if row.earns_ada else 1,
                        row.occasions,
                        row.full_day_unexcused,
                    )
                )

    def of(self, place: Place, span: DateSpan, taught: list[date], stay: Stay) -> Sums:
        """What lies in one stay."""
        if place in self.apart:
            return sums_within(taught, stay.entry, stay.exit, self.apart[place])
        return self.sums.get((place, span)) or Sums()


def _stay_days(
    student: int,
    stay: Stay,
    track: Track,
    taught: Mapping[Track, list[date]],
    exceptions: _Exceptions,
    span: DateSpan,
) -> StayDays:
    days = taught.get(track, [])
    return StayDays(
        student=student,
        school=stay.school_id,
        track=track[1],
        grade=stay.grade,
        status=stay.status,
        ada_eligible=stay.ada_eligible,
        entry=stay.entry,
        membership=membership_days(days, stay.entry, stay.exit),
        sums=exceptions.of((student, stay.school_id), span, days, stay),
    )


def daily_rates(schools: Iterable[int], begin: date, end: date) -> dict[int, dict[date, tuple[int, int]]]:
    """For each school and taught day: (enrolled, absent by the state's category). Five queries.

    A day without any roll taken still answers full attendance; callers show days that have passed.
    """
    ids = sorted(schools)
    enrolled = membership(ids, begin, end)
    taught = taught_dates(ids, begin, end)
    absent: dict[tuple[int, date], int] = {}
    rows = (
        PupilDayRow.objects.filter(school__in=ids, day__range=(begin, end), state_day_present=False)
        .order_by()
        .values_list("school_id", "day")
        .annotate(number=Count("id"))
    )
    for school, day, number in rows:
        absent[school, day] = number
    return {
        school: {
            day: (enrolled.on(school, day), absent.get((school, day), 0)) for day in taught.get(school, ())
        }
        for school in ids
    }
