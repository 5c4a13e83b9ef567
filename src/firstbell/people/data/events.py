"""News of the people room, published in the transaction that made it true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class StudentEnrolled:
    """A student was enrolled in a school from ``entry`` on."""

    student_id: int
    school_id: int
    entry: date


@dataclass(frozen=True, slots=True)
class EnrollmentChanged:
    """Dates, school, programme or sections of a student changed, from ``since`` on."""

    student_id: int
    since: date


@dataclass(frozen=True, slots=True)
class CalendarDayChanged:
    """What ``day`` is at a school changed: it is taught now, or no longer, or by other bells."""

    school_id: int
    day: date
