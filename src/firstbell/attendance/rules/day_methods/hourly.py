"""Hourly: minutes present by minutes scheduled (continuation and other clock-hour programs)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from firstbell.attendance.data import PeriodAttendance
from firstbell.attendance.rules.presence import minutes_present, scheduled


def day_fraction(periods: Sequence[PeriodAttendance], options: Mapping[str, Any]) -> Fraction:
    """The exact ratio; 0 where nothing was scheduled."""
    owed = scheduled(periods)
    return sum((minutes_present(period) for period in periods), Fraction(0)) / owed if owed else Fraction(0)
