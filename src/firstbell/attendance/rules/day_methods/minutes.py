"""Minutes: present minutes against a full-day and a half-day threshold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from firstbell.attendance.data import PeriodAttendance
from firstbell.attendance.rules.presence import minutes_present


def day_fraction(periods: Sequence[PeriodAttendance], options: Mapping[str, Any]) -> Fraction:
    """1 from the full-day threshold, 1/2 from the half-day threshold, else 0."""
    partial = bool(options["count_late_and_early"])
    present = sum((minutes_present(period, partial=partial) for period in periods), Fraction(0))
    if present >= options["full_day_minutes"]:
        return Fraction(1)
    return Fraction(1, 2) if present >= options["half_day_minutes"] else Fraction(0)
