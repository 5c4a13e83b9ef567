"""Time conversion: the minutes present look up the day's value in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from firstbell.attendance.data import PeriodAttendance
from firstbell.attendance.rules.presence import minutes_present


def day_fraction(periods: Sequence[PeriodAttendance], options: Mapping[str, Any]) -> Fraction:
    """The value of the highest row whose minutes are reached; 0 below the first."""
    present = sum((minutes_present(period) for period in periods), Fraction(0))
    reached = [minutes for minutes in options["table"] if minutes <= present]
    return Fraction(str(options["table"][max(reached)])) if reached else Fraction(0)
