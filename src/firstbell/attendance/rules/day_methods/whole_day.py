"""Whole day: one code for the day is the day (daily mode)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from firstbell.attendance.data import CodeKind, PeriodAttendance


def day_fraction(periods: Sequence[PeriodAttendance], options: Mapping[str, Any]) -> Fraction:
    """1, 1/2 or 0 by the day's one code. Raises ValueError where the day has several: that is period mode."""
    if len(periods) > 1:
        raise ValueError("the whole-day method takes one code a day: this day has period rows")
    worth = {CodeKind.PRESENT: Fraction(1), CodeKind.HALF: Fraction(1, 2), CodeKind.ABSENT: Fraction(0)}
    return sum((worth[p.code.kind] for p in periods if p.code is not None), Fraction(0))
