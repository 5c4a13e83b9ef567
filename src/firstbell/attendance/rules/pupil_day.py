"""From the rows of a day to the day: minutes, share, state category, truancy, each by its own rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from firstbell import params
from firstbell.attendance.data import AttendanceCode, CodeKind, PeriodAttendance, PupilDay, StateCategory
from firstbell.attendance.data import ReasonClass as Reason
from firstbell.attendance.rules.day_methods import day_fraction
from firstbell.attendance.rules.presence import minutes_present, scheduled, unexcused_stretches, was_present
from firstbell.attendance.rules.rule_set import RuleSet
from firstbell.attendance.rules.truancy import day_occasions


def resolve(
    periods: Sequence[PeriodAttendance],
    method: str,
    rules: RuleSet,
    options: Mapping[str, Any] | None = None,
) -> PupilDay | None:
    """The student's day from the periods in the order of the day; None where no roll was taken at all.

    Rows of daily mode come as one period with the day's minutes. ``complete`` is False while a roll is
    missing. Raises MissingParameter where method or rules need a figure that is not loaded.
    """
    taken = [period for period in periods if period.code is not None]
    if not taken:
        return None
    present = sum((minutes_present(period) for period in taken), Fraction(0))
    fraction = day_fraction(method, periods, options)
    full_day = _full_day_unexcused(taken) and len(taken) == len(periods)
    gaps, occasions = _truancy(periods, full_day, rules)
    attended = any(was_present(p) for p in taken)
    named = _naming_code(taken)
    category = _category(taken, attended)
    return PupilDay(
        scheduled_minutes=Decimal(scheduled(periods)),
        present_minutes=_decimal(present),
        fraction=fraction,
        category=category,
        code=named.code,
        state_day_present=attended,
        local_day_present=fraction > 0,
        earns_ada=_earns_ada(taken, attended),
        full_day_unexcused=full_day,
        unexcused_gaps=gaps,
        occasions=occasions,
        complete=len(taken) == len(periods),
    )


def _decimal(minutes: Fraction) -> Decimal:
    return Decimal(minutes.numerator) / Decimal(minutes.denominator)


def _naming_code(taken: Sequence[PeriodAttendance]) -> AttendanceCode:
    return max((p.code for p in taken if p.code is not None), key=lambda code: (code.rank, code.code))


def _category(taken: Sequence[PeriodAttendance], attended: bool) -> StateCategory:
    """Absent all day: the highest-ranked code's category; else in person, or suspended in school all day."""
    codes = [p.code for p in taken if p.code is not None]
    if not attended:
        absent = [code for code in codes if code.kind is CodeKind.ABSENT] or codes
        return max(absent, key=lambda code: (code.rank, code.code)).state_category
    if all(code.state_category is StateCategory.SUSPENSION_IN for code in codes):
        return StateCategory.SUSPENSION_IN
    return StateCategory.IN_PERSON


def _earns_ada(taken: Sequence[PeriodAttendance], attended: bool) -> bool:
    codes = [p.code for p in taken if p.code is not None]
    if attended:
        return any(code.earns_ada for code in codes if code.kind is not CodeKind.ABSENT)
    return all(code.earns_ada for code in codes)


def _full_day_unexcused(taken: Sequence[PeriodAttendance]) -> bool:
    """Whether every period was missed without a valid excuse."""
    return all(
        p.code is not None
        and p.code.kind is CodeKind.ABSENT
        and p.code.reason is Reason.UNEXCUSED
        and p.code.counts_for_truancy
        for p in taken
    )


def _truancy(
    periods: Sequence[PeriodAttendance], full_day: bool, rules: RuleSet
) -> tuple[tuple[Decimal, ...], int]:
    """Gaps over the limit and the day's occasions; none under rules that know no truancy."""
    try:
        limit = rules.decimal("truant_gap_minutes")
    except params.MissingParameter:
        return (), 0
    gaps = tuple(_decimal(gap) for gap in unexcused_stretches(periods) if gap > limit)
    return gaps, day_occasions(full_day, gaps, rules)
