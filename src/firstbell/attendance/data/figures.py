"""Figures as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Rate:
    """Attendance of a group over some days: membership days, days attended, and their exact share."""

    membership: int
    attended: Fraction

    @property
    def share(self) -> Fraction | None:
        """Attended by membership; None where nobody was a member."""
        return self.attended / self.membership if self.membership else None


@dataclass(frozen=True, slots=True)
class SchoolAttendance:
    """A school on a day beside its usual: the same weekday's mean over the last weeks."""

    school_id: int
    school: str
    in_session: bool
    note: str
    enrolled: int
    absent: int
    rate: Fraction | None
    usual: Fraction | None
    rolls_expected: int
    rolls_taken: int
    #: expected, not in, and past the school's minutes after the bell
    rolls_late: int = 0


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """A day in a student's attendance calendar. ``kind``: present, tardy, partial, absent, none, future."""

    day: date
    kind: str
    code: str
    title: str
    detail: str
