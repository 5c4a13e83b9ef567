"""``AttendanceLoad``: the shape in which attendance comes in in bulk (a file, the demonstration).

``attendance.api.load_attendance`` is the door.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Origin(StrEnum):
    """Whose word an attendance value is; the office outranks the teacher, and both are kept."""

    TEACHER = "teacher"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceEventRecord:
    """A student's attendance code on one day, for a section's meeting or (``section`` empty) the whole day.

    ``student``, ``section`` and ``period`` are keys of the same source's roster; ``period`` may be
    empty where the section meets once a day. ``code`` is a code of the district's table.
    """

    student: str
    day: date
    code: str
    section: str = ""
    period: str = ""
    school: str = ""
    origin: Origin = Origin.TEACHER
    minutes_late: int | None = None
    minutes_early: int | None = None
    comment: str = ""
    #: when it was said and by whom, acting for whom, where the source knows
    at: datetime | None = None
    by: str = ""
    acting_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollRecord:
    """A section's roll was submitted for a day's meeting: the proof that attendance was taken."""

    section: str
    day: date
    period: str = ""
    submitted_at: datetime | None = None
    by: str = ""
    acting_for: str = ""
    enrolled: int = 0
    absent: int = 0
    tardy: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAbsenceRecord:
    """An absence that somebody told the office of ahead; both dates inclusive.

    Entered under ``code`` by ``decided_by``, or (``code`` empty) still waiting for the office. The days of
    one that was entered are events of their own.
    """

    student: str
    begin: date
    end: date
    code: str = ""
    comment: str = ""
    by: str = ""
    at: datetime | None = None
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(slots=True)
class AttendanceLoad:
    """Attendance in bulk. ``complete``: what this source brought before and lacks now is gone.

    ``silent_through``: the source speaks of absences only, so that days up to this date count as taken
    without a roll of their own.
    """

    events: list[AttendanceEventRecord] = field(default_factory=list)
    rolls: list[RollRecord] = field(default_factory=list)
    known: list[KnownAbsenceRecord] = field(default_factory=list)
    complete: bool = True
    silent_through: date | None = None
