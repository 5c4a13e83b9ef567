"""What pages and other rooms are shown of schools, their days and their sections: values, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from datetime import time as clock

from firstbell.kernel.grade_level import GradeLevel
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data.words import DayType


@dataclass(frozen=True, slots=True)
class SchoolChoice:
    """A school as a list shows it."""

    id: int
    name: str
    short_name: str
    grades: tuple[GradeLevel, ...]
    tracks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionChoice:
    """A section one may add a student to; ``seats`` None where the room has no number of seats."""

    id: int
    title: str
    code: str
    session: str
    meetings: str
    teachers: str
    taken: int
    seats: int | None
    #: the student's own sections that meet at the same time
    clashes: tuple[str, ...]

    @property
    def full(self) -> bool:
        """Whether there is no seat left."""
        return self.seats is not None and self.taken >= self.seats


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A student on a section's list on a day. ``recently`` is "added", "dropped" or empty."""

    student_id: int
    name: str
    local_id: str
    grade: str
    begin: date
    end: date | None
    recently: str = ""
    do_not_release: bool = False


@dataclass(frozen=True, slots=True)
class SectionPage:
    """A section with its list on a day; ``staff`` are (id, name, position)."""

    id: int
    title: str
    code: str
    course: str
    school_id: int
    school: str
    session: str
    begin: date
    end: date
    meetings: str
    rooms: str
    staff: tuple[tuple[int, str, str], ...]
    roster: tuple[RosterRow, ...]


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school in the list. ``students`` None where the viewer may not count them."""

    id: int
    name: str
    grades: str
    students: int | None
    day_type: DayType | None
    note: str


@dataclass(frozen=True, slots=True)
class CalendarDayRow:
    """A date of a calendar."""

    day: date
    day_type: DayType
    letter: str
    note: str


@dataclass(frozen=True, slots=True)
class BellRow:
    """A period of a bell schedule; ``minutes`` count for attendance."""

    period: str
    begin: clock
    end: clock
    minutes: int


@dataclass(frozen=True, slots=True)
class BellTimes:
    """A bell schedule: the days and grades it is made for, and its times."""

    id: int
    name: str
    applies: str
    times: tuple[BellRow, ...]


@dataclass(frozen=True, slots=True)
class BellChoice:
    """A bell schedule on a day: whether it rings, and why."""

    id: int
    name: str
    rings: bool
    why: str


@dataclass(frozen=True, slots=True)
class DayOfSchool:
    """What a date is, and which bells ring on it."""

    day: date
    day_type: DayType | None
    letter: str
    note: str
    bells: tuple[BellChoice, ...]


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """A school with one year of one track."""

    id: int
    name: str
    grades: str
    levels: tuple[GradeLevel, ...]
    address: str
    phone: str
    year: SchoolYear
    track: str
    tracks: tuple[str, ...]
    days: tuple[CalendarDayRow, ...]
    bells: tuple[BellTimes, ...]
    chosen: DayOfSchool
    may_write: bool
    #: whether the viewer reaches any section here
    lists_sections: bool


@dataclass(frozen=True, slots=True)
class MeetingToday:
    """A section's meeting on a day: period, times where a bell schedule has them."""

    section_id: int
    title: str
    code: str
    school_id: int
    school: str
    period_id: int | None
    period: str
    order: int
    begin: clock | None
    end: clock | None
    minutes: int | None
    room: str
    teacher: str
    homeroom: bool


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """What a date is at a school: in session or why not."""

    school_id: int
    school: str
    day: date
    day_type: DayType | None
    cycle_letter: str
    note: str
    bell_schedule: str

    @property
    def in_session(self) -> bool:
        """Whether students are taught."""
        return self.day_type is not None and self.day_type.taught
