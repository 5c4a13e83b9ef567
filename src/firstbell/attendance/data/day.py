"""A student's day, derived from the rolls; no flag follows from another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from firstbell.attendance.data.codes import AttendanceCode, StateCategory


@dataclass(frozen=True, slots=True)
class PeriodAttendance:
    """One period of a student's day as it counts: its minutes and its code (None: roll not taken)."""

    minutes: int
    code: AttendanceCode | None
    period: str = ""
    session: str = ""
    minutes_late: int = 0
    minutes_early: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilDay:
    """A student's day, derived from the periods; no flag follows from another.

    Minutes are counted minutes; ``fraction`` lies from 0 to 1; ``unexcused_gaps`` are the lengths in
    minutes of unexcused stretches over the rule's limit; ``occasions`` are truancy occasions.
    """

    scheduled_minutes: Decimal
    present_minutes: Decimal
    fraction: Fraction
    category: StateCategory
    code: str
    state_day_present: bool
    local_day_present: bool
    earns_ada: bool
    full_day_unexcused: bool
    unexcused_gaps: tuple[Decimal, ...] = ()
    occasions: int = 0
    complete: bool = True
