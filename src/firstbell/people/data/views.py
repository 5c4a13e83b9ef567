"""What pages and other rooms are shown of people: values, never rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from datetime import time as clock

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data.words import DayType


@dataclass(frozen=True, slots=True)
class PersonHit:
    """Somebody found: ``kind`` is student, contact or staff; ``detail`` tells people of one name apart."""

    kind: str
    id: int
    name: str
    detail: str
    #: a student who is not enrolled today, a contact or staff member who ended
    inactive: bool = False


@dataclass(frozen=True, slots=True)
class SchoolChoice:
    """A school as a list shows it."""

    id: int
    name: str
    short_name: str
    grades: tuple[GradeLevel, ...]


@dataclass(frozen=True, slots=True)
class EnrollmentRow:
    """One version of a school enrolment. ``exit`` inclusive; ``superseded_at`` None for the current one."""

    id: int
    school_id: int
    school: str
    school_year: int
    grade: GradeLevel
    entry: date
    entry_code: str
    exit: date | None
    exit_code: str
    status: str
    program: str
    track: str
    ada_eligible: bool
    recorded_at: datetime
    recorded_by: str
    reason: str
    superseded_at: datetime | None


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A section in a student's or teacher's schedule."""

    section_id: int
    title: str
    code: str
    session: str
    begin: date
    end: date | None
    meetings: str
    rooms: str
    teachers: str
    homeroom: bool


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact of a student, as far as the viewer may see. ``barred`` shows a court order in force."""

    id: int
    name: str
    relation: str
    phone: str
    email: str
    language: str
    order: int
    primary: bool
    lives_with: bool | None
    emergency: bool
    may_pick_up: bool
    has_rights: bool
    portal_access: bool
    barred: bool


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A programme participation. ``end`` inclusive."""

    kind: str
    name: str
    begin: date
    end: date | None
    detail: str


@dataclass(frozen=True, slots=True)
class StudentCard:
    """The head of a student's page: who this is, where today, and what everybody near must know."""

    id: int
    name: str
    legal_name: str
    local_id: str
    state_id: str
    school_id: int | None
    school: str
    grade: GradeLevel | None
    #: "enrolled", "left" or "not yet"
    status: str
    do_not_release: bool = False
    confidential_address: bool = False


@dataclass(frozen=True, slots=True)
class StudentPage:
    """A student's page. A part is None where the viewer's roles do not open its data class."""

    card: StudentCard
    birth_date: date | None
    sex: str
    home_language: str
    address: str
    phone: str
    email: str
    contacts: tuple[ContactRow, ...] | None
    enrollments: tuple[EnrollmentRow, ...] | None
    schedule: tuple[ScheduleRow, ...] | None
    programs: tuple[ProgramRow, ...] | None
    may_write: bool = False


@dataclass(frozen=True, slots=True)
class ActRow:
    """One act in a student's history."""

    id: int
    at: datetime
    verb: str
    by: str
    reason: str
    lines: tuple[str, ...]
    undone: bool
    may_undo: bool


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
