"""A student's day with everything that was said of it, and what the rules made of that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction

from firstbell.attendance.data.codes import AttendanceCode
from firstbell.attendance.data.periods import FigureSource


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody said: the code with its title, who, when, for whom, minutes and comment."""

    code: str
    title: str
    by: str
    at: datetime
    acting_for: str = ""
    minutes_late: int | None = None
    minutes_early: int | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class DayMeeting:
    """One of the student's meetings that day. ``taken``: its roll is in; ``teacher`` None then is present.

    ``counts`` is the title of the code that counts, empty where nothing is known yet.
    """

    section_id: int
    section: str
    slot: int
    period: str
    begin: time | None
    end: time | None
    taken: bool
    teacher: Word | None
    office: Word | None
    counts: str


@dataclass(frozen=True, slots=True)
class DayChange:
    """An earlier version: what stood there before somebody changed it."""

    at: datetime
    by: str
    side: str
    where: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class DerivedDay:
    """What the rules make of the day. Minutes are counted minutes; ``gaps`` are unexcused, in minutes."""

    code: str
    title: str
    category: str
    scheduled: Fraction
    present: Fraction
    fraction: Fraction
    attended: bool
    earns_ada: bool
    full_day_unexcused: bool
    gaps: tuple[str, ...]
    occasions: int
    complete: bool

    @property
    def category_words(self) -> str:
        """The state's category in words."""
        return self.category.replace("_", " ")


@dataclass(frozen=True, slots=True)
class StudentDay:
    """A student's day at the school attended that day (None: not enrolled).

    ``method`` names the way in which periods make a day, ``sources`` are the dated rules behind it.
    ``may_mark``: the viewer may set the office's word; ``closed``: only with a reason.
    """

    student_id: int
    day: date
    school_id: int | None
    school: str
    in_session: bool
    note: str
    meetings: tuple[DayMeeting, ...]
    whole_day: Word | None
    derived: DerivedDay | None
    method: str
    sources: tuple[FigureSource, ...]
    changes: tuple[DayChange, ...]
    may_mark: bool
    closed: bool
    #: codes that the office may write that day, in screen order
    codes: tuple[AttendanceCode, ...]
