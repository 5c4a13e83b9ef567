"""Any attendance: present for the whole day unless absent for the whole day (EC 46010.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from firstbell.attendance.data import PeriodAttendance
from firstbell.attendance.rules.presence import was_present


def day_fraction(periods: Sequence[PeriodAttendance], options: Mapping[str, Any]) -> Fraction:
    """1 where any part of the day was attended, else 0."""
    return Fraction(1) if any(was_present(period) for period in periods) else Fraction(0)
