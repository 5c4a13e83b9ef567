"""Attendance over the weeks of a school year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class TrendWeek:
    """A week: its Monday, its share of pupil-days attended, and that of the same week a year before."""

    monday: date
    rate: Fraction | None
    year_before: Fraction | None
