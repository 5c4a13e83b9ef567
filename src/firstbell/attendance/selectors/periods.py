"""Periods of apportionment: which days they count, their figures live, and as they were closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

import msgspec

from firstbell.attendance.data import (
    ApportionmentPeriod,
    FigureSource,
    PeriodFigures,
    PeriodReport,
    PeriodState,
    SpanFigures,
    StudentChange,
    StudentDays,
    TrackFigures,
)
from firstbell.attendance.models import AttendanceLock, ClosingMonth
from firstbell.attendance.rules.ada import TrackDays, ada, adm
from firstbell.attendance.rules.rule_set import RuleSet, rule_set, unloaded_findings
from firstbell.attendance.rules.school_months import (
    days_of_period,
    proposed_closing_month,
    proposed_months,
)
from firstbell.attendance.rules.year import averages, grade_spans, whole_tracks
from firstbell.attendance.selectors.missing import missing_rolls
from firstbell.attendance.selectors.setup import settings_for
from firstbell.attendance.selectors.year import Track, YearFigures, year_figures
from firstbell.kernel.date_span import DateSpan
from firstbell.kernel.finding import Finding, warning
from firstbell.kernel.school_year import SchoolYear
from firstbell.params import MissingParameter
from firstbell.people.api import names_of, schools_in_scope, students_in_scope, taught_months
from firstbell.platform.access import DataClass, NotVisible, Viewer

MONTH = "month "
#: dated figures behind a period's figures
PARAMETERS = (
    "day_method",
    "grade_spans",
    "chronic_threshold_percent",
    "chronic_minimum_days",
    "chronic_absent_categories",
    "truant_occasions",
)
Months = Mapping[Track, Sequence[tuple[date, int | None]]]
Value = TypeVar("Value")


@dataclass
class PeriodCalendar:
    """The taught days of some schools in a school year, with their months and what closes each period.

    Where school months or a closing month are not stored, the proposal of ``rules.school_months`` stands
    in and a finding says so: such a period cannot be closed.
    """

    year: SchoolYear
    days: dict[Track, list[tuple[date, int | None]]]
    closing: Mapping[tuple[int | None, str], int]
    rule_sets: Mapping[int, RuleSet]
    findings: list[Finding]

    def spans(self, period: str) -> tuple[dict[Track, DateSpan], list[Finding]]:
        """The days that a period counts, by (school, track), and what stands against closing it."""
        found, proposed = {}, False
        for track, days in self.days.items():
            counted, guessed = self._counted(track, days, period)
            proposed = proposed or guessed
            if counted:
                found[track] = DateSpan(counted[0], counted[-1])
        return found, [*self.findings, *([_unset(period)] if proposed else [])]

    def _counted(
        self, track: Track, days: Sequence[tuple[date, int | None]], period: str
    ) -> tuple[list[date], bool]:
        if period.startswith(MONTH):
            return [day for day, month in days if month == int(period.removeprefix(MONTH))], False
        which = ApportionmentPeriod(period)
        if which is ApportionmentPeriod.ANNUAL:
            return days_of_period(which, days, {}), False
        stored = self.closing.get((track[0], period)) or self.closing.get((None, period))
        month = stored or self._proposed(which, track[0], days)
        return (days_of_period(which, days, {which: month}) if month else []), stored is None

    def _proposed(
        self, period: ApportionmentPeriod, school: int, days: Sequence[tuple[date, int | None]]
    ) -> int | None:
        """The last month that ends by the cut-off, by the months as they are numbered."""
        first: dict[int, date] = {}
        last: dict[int, date] = {}
        for day, month in days:
            first.setdefault(month or 0, day)
            last[month or 0] = day
        spans = [DateSpan(first[month], last[month]) for month in sorted(last)]
        try:
            return proposed_closing_month(period, spans, self.year, self.rule_sets[school])
        except MissingParameter:
            return None


def period_calendar(schools: Iterable[int], year: SchoolYear) -> PeriodCalendar:
    """The schools' days by month, and their closing months. Three queries."""
    ids = list(schools)
    days, findings = _numbered(taught_months(ids, year.ending))
    rows = ClosingMonth.objects.filter(school_year=year.ending).values_list("school_id", "period", "month")
    rule_sets = {
        school: rule_set(settings.rules, year.span.begin)
        for school, settings in settings_for(ids, year.span.end or year.span.begin).items()
    }
    closing: dict[tuple[int | None, str], int] = {(school, period): month for school, period, month in rows}
    return PeriodCalendar(year, days, closing, rule_sets, [*unloaded_findings(rule_sets.values()), *findings])


def _numbered(stored: Months) -> tuple[dict[Track, list[tuple[date, int | None]]], list[Finding]]:
    """Taught days with their months; unnumbered calendars are numbered as proposed."""
    found: dict[Track, list[tuple[date, int | None]]] = {}
    findings: list[Finding] = []
    for track, days in stored.items():
        found[track] = list(days)
        if any(month is None for _, month in days):
            months = proposed_months(days[0][0], days[-1][0])
            found[track] = [
                (day, next(n for n, span in enumerate(months, start=1) if day in span)) for day, _ in days
            ]
            findings = [_unnumbered()]
    return found, findings


def _unnumbered() -> Finding:
    return warning(
        "attendance.months",
        "the calendar's school months are not numbered; a proposal of four weeks each is used",
        "number the school months in the calendar",
        column="school_month",
    )


def _unset(period: str) -> Finding:
    return warning(
        "attendance.closing_month",
        f"which school month closes {period} is not set; the last full month before the cut-off is used",
        "set the closing month in the attendance settings",
        column="closing_month",
    )


def period_figures(
    schools: Mapping[int, str], year: SchoolYear, period: str, through: date
) -> tuple[dict[int, tuple[PeriodFigures, list[StudentDays]]], list[Finding]]:
    """Figures of a period by school (id -> name), up to ``through``, with what each student brought.

    Shown to nobody as they are. A constant number of queries, one more for each different span of days.
    """
    spans, findings = period_calendar(schools, year).spans(period)
    so_far = {
        track: DateSpan(span.begin, min(span.end or through, through))
        for track, span in spans.items()
        if span.begin <= through
    }
    last = max((span.end or through for span in so_far.values()), default=through)
    figures = year_figures(schools, last, spans=so_far)
    parts = {key: track for key, track in figures.parts().items() if key[:2] in so_far}
    found = {}
    for school, name in schools.items():
        mine = {key: part for key, part in parts.items() if key[0] == school}
        rules = figures.rule_sets[school]
        one = _figures(school, name, period, figures, mine, rules)
        found[school] = (_without_averages(one) if rules.unloaded else one, _students(figures, school))
    return found, findings


def _figures(
    school: int,
    name: str,
    period: str,
    figures: YearFigures,
    parts: Mapping[tuple[int, str, str], TrackDays],
    rules: RuleSet,
) -> PeriodFigures:
    tracks = whole_tracks(parts)
    total = averages((school, track) for track in tracks.values()).get(school)
    spans = averages((span, track) for (_, _, span), track in parts.items())
    own = [figures.spans[key] for key in tracks]
    students = figures.of_school(school)
    member = sum((track.possible or Fraction(0) for track in tracks.values()), Fraction(0))
    return PeriodFigures(
        school_id=school,
        school=name,
        school_year=figures.school_year,
        period=period,
        begin=min((span.begin for span in own), default=None),
        through=max((span.end for span in own if span.end), default=None),
        ada=total[0] if total else None,
        adm=total[1] if total else None,
        membership=member,
        attended=sum((track.attended for track in tracks.values()), Fraction(0)),
        tracks=tuple(_track(key, track, figures, parts) for key, track in sorted(tracks.items())),
        spans=tuple(_span_sum(span, two, parts) for span, two in spans.items()),
        eligible=sum(bool(one.eligible) for one in students),
        chronic=sum(bool(one.chronic) for one in students),
        truant=figures.truants(school),
        rules=rules.name,
        sources=tuple(_sources(rules)),
    )


def _without_averages(figures: PeriodFigures) -> PeriodFigures:
    """The days alone: how they are averaged is for the state's law to say, which is not loaded."""
    return replace(
        figures,
        ada=None,
        adm=None,
        tracks=tuple(
            replace(track, ada=None, adm=None, spans=_days_alone(track.spans)) for track in figures.tracks
        ),
        spans=_days_alone(figures.spans),
    )


def _days_alone(spans: Iterable[SpanFigures]) -> tuple[SpanFigures, ...]:
    return tuple(replace(span, ada=None, adm=None) for span in spans)


def _track(
    key: Track, track: TrackDays, figures: YearFigures, parts: Mapping[tuple[int, str, str], TrackDays]
) -> TrackFigures:
    span = figures.spans[key]
    return TrackFigures(
        track=key[1],
        begin=span.begin,
        through=span.end,
        days_taught=track.taught,
        membership=track.possible or Fraction(0),
        attended=track.attended,
        ada=ada(track),
        adm=adm(track),
        spans=tuple(
            SpanFigures(
                span=name,
                track=key[1],
                membership=part.possible or Fraction(0),
                attended=part.attended,
                ada=ada(part),
                adm=adm(part),
            )
            for (school, own, name), part in sorted(parts.items())
            if (school, own) == key
        ),
    )


def _span_sum(
    span: str, two: tuple[Decimal, Decimal], parts: Mapping[tuple[int, str, str], TrackDays]
) -> SpanFigures:
    mine = [part for key, part in parts.items() if key[2] == span]
    return SpanFigures(
        span=span,
        membership=sum((part.possible or Fraction(0) for part in mine), Fraction(0)),
        attended=sum((part.attended for part in mine), Fraction(0)),
        ada=two[0],
        adm=two[1],
    )


def _sources(rules: RuleSet) -> Iterable[FigureSource]:
    for parameter in PARAMETERS:
        try:
            row = rules.row(parameter)
        except MissingParameter:
            continue
        yield FigureSource(parameter=parameter, value=str(row.value), citation=row.citation)


def _students(figures: YearFigures, school: int) -> list[StudentDays]:
    span_of = grade_spans(figures.rule_sets[school])
    rows = [
        StudentDays(
            student_id=stay.student,
            track=stay.track,
            grade=stay.grade,
            span=span_of(stay.grade),
            membership=stay.membership,
            lost=Fraction(stay.sums.lost),
            earns=stay.earns,
        )
        for stay in figures.stays
        if stay.school == school and stay.membership
    ]
    return sorted(rows, key=lambda row: (row.student_id, row.track, row.grade, row.membership))


# --- what is kept of a closed period ------------------------------------------------------------------------


def kept(value: object) -> Any:
    """Figures as JSON values; exact numbers as texts."""
    return msgspec.to_builtins(value, enc_hook=str)


def restored(value: Any, kind: type[Value]) -> Value:
    """Kept figures as they were."""
    return msgspec.convert(value, kind, dec_hook=lambda _, text: Fraction(text))


# --- what pages show ----------------------------------------------------------------------------------------


def period_report(viewer: Viewer, school_id: int, period: str, *, school_year: int) -> PeriodReport:
    """A period's figures live, so far, with what stands against closing it. Raises NotVisible."""
    name = _school(viewer, school_id)
    year = SchoolYear(school_year)
    through = min(viewer.today, year.span.end or viewer.today)
    found, findings = period_figures({school_id: name}, year, period, through)
    figures = found[school_id][0]
    if figures.begin is not None and figures.through is not None:
        missing = missing_rolls([school_id], figures.begin, figures.through)
        figures = replace(figures, rolls_missing=len(missing))
    return PeriodReport(figures=figures, findings=tuple(findings))


def _school(viewer: Viewer, school_id: int) -> str:
    name = (
        schools_in_scope(viewer, DataClass.ATTENDANCE)
        .filter(pk=school_id)
        .values_list("name", flat=True)
        .first()
    )
    if name is None:
        raise NotVisible
    return str(name)


def closed_report(viewer: Viewer, lock_id: int) -> PeriodReport:
    """A closed period exactly as it was closed, for ever. Raises NotVisible."""
    lock = AttendanceLock.objects.filter(pk=lock_id).first()
    if lock is None:
        raise NotVisible
    _school(viewer, lock.school_id)
    changes = restored(lock.changes, tuple[StudentChange, ...])
    return PeriodReport(
        figures=restored(lock.figures, PeriodFigures),
        lock_id=lock.pk,
        version=lock.version,
        locked_at=lock.locked_at,
        locked_by=lock.by_name,
        reason=lock.reason,
        changes=_named(viewer, changes),
    )


def _named(viewer: Viewer, changes: Sequence[StudentChange]) -> tuple[StudentChange, ...]:
    """Changes of students whom the viewer may read, with their names; a reader of counts sees none."""
    ids = [one.student_id for one in changes]
    reached = set(
        students_in_scope(viewer, DataClass.ATTENDANCE, field="history")
        .filter(pk__in=ids)
        .values_list("id", flat=True)
    )
    names = names_of(reached)
    return tuple(replace(one, student=names[one.student_id]) for one in changes if one.student_id in reached)


def period_students(
    viewer: Viewer, school_id: int, period: str, *, school_year: int, lock_id: int | None = None
) -> list[tuple[StudentDays, str]]:
    """What each student brought to a period's figures (live, or of a closed one), with the name.

    The step down from a figure; ``day_trace`` is the next. Raises NotVisible.
    """
    name = _school(viewer, school_id)
    if lock_id is None:
        year = SchoolYear(school_year)
        through = min(viewer.today, year.span.end or viewer.today)
        rows = period_figures({school_id: name}, year, period, through)[0][school_id][1]
    else:
        lock = AttendanceLock.objects.filter(pk=lock_id, school=school_id, name=period).first()
        if lock is None:
            raise NotVisible
        rows = restored(lock.students, list[StudentDays])
    readable = students_in_scope(viewer, DataClass.ATTENDANCE, field="history")
    reached = set(readable.values_list("id", flat=True))
    mine = [row for row in rows if row.student_id in reached]
    names = names_of(row.student_id for row in mine)
    return sorted(
        ((row, names[row.student_id]) for row in mine), key=lambda pair: (pair[1], pair[0].student_id)
    )


def periods(viewer: Viewer, school_id: int, *, school_year: int) -> list[PeriodState]:
    """Every period of a school's year: months, P-1, P-2, annual. Raises NotVisible. Five queries."""
    _school(viewer, school_id)
    calendar = period_calendar([school_id], SchoolYear(school_year))
    locks: dict[str, list[AttendanceLock]] = {}
    for lock in AttendanceLock.objects.filter(school=school_id, school_year=school_year).order_by("version"):
        locks.setdefault(lock.name, []).append(lock)
    months = sorted({month or 0 for days in calendar.days.values() for _, month in days})
    names = [*(f"{MONTH}{month}" for month in months), *(period.value for period in ApportionmentPeriod)]
    return [_state(calendar, period, locks.get(period, []), viewer.today) for period in names]


def _state(
    calendar: PeriodCalendar, period: str, locks: Sequence[AttendanceLock], today: date
) -> PeriodState:
    spans, findings = calendar.spans(period)
    through = max((span.end for span in spans.values() if span.end), default=None)
    frozen = restored(locks[-1].figures, PeriodFigures) if locks else None
    return PeriodState(
        period=period,
        begin=min((span.begin for span in spans.values()), default=None),
        through=through,
        over=through is not None and through < today,
        versions=tuple(lock.version for lock in locks),
        lock_ids=tuple(lock.pk for lock in locks),
        ada=frozen.ada if frozen else None,
        adm=frozen.adm if frozen else None,
        stale=bool(locks and locks[-1].stale),
        findings=tuple(findings),
    )
