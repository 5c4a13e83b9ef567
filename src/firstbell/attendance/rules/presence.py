"""Minutes present and missed in a period, and the unexcused stretches of a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from firstbell.attendance.data import CodeKind, PeriodAttendance, ReasonClass


def minutes_present(period: PeriodAttendance, *, partial: bool = True) -> Fraction:
    """Counted minutes in which the student was there; half-kind codes count half.

    ``partial``: minutes late and early are taken off. A roll not taken counts as not known to be present: 0.
    """
    if period.code is None or period.code.kind is CodeKind.ABSENT:
        return Fraction(0)
    there = Fraction(period.minutes, 2 if period.code.kind is CodeKind.HALF else 1)
    if partial:
        there -= period.minutes_late + period.minutes_early
    return max(there, Fraction(0))


def was_present(period: PeriodAttendance) -> bool:
    """Whether the student was there at all; without counted minutes (no bells) the code alone says."""
    if period.minutes:
        return minutes_present(period) > 0
    return period.code is not None and period.code.kind is not CodeKind.ABSENT


def scheduled(periods: Iterable[PeriodAttendance]) -> int:
    """Counted minutes of all periods."""
    return sum(period.minutes for period in periods)


def unexcused_stretches(periods: Sequence[PeriodAttendance]) -> list[Fraction]:
    """Lengths in minutes of unbroken unexcused time, in the order of the day.

    Neighboring periods join (passing time does not break a stretch), a late arrival joins what was
    missed before it, an early leaving what is missed after it. Half of a half-kind period stands alone,
    since nobody noted which half it was.
    """
    stretches: list[Fraction] = []
    run = Fraction(0)
    for period in periods:
        for minutes, missed in _pieces(period):
            if missed:
                run += minutes
            elif minutes:
                stretches.append(run)
                run = Fraction(0)
    stretches.append(run)
    return [length for length in stretches if length]


def _pieces(period: PeriodAttendance) -> list[tuple[Fraction, bool]]:
    """(minutes, unexcused and missed) in the order of the period; a present piece breaks a stretch."""
    whole = Fraction(period.minutes)
    code = period.code
    if code is None:
        return [(whole, False)]
    unexcused = code.reason is ReasonClass.UNEXCUSED and code.counts_for_truancy
    if code.kind is CodeKind.ABSENT:
        return [(whole, unexcused)]
    if code.kind is CodeKind.HALF:
        return [(whole / 4, False), (whole / 2, unexcused), (whole / 4, False)]
    late = min(Fraction(period.minutes_late), whole)
    early = min(Fraction(period.minutes_early), whole - late)
    return [(late, unexcused), (whole - late - early, False), (early, unexcused)]
