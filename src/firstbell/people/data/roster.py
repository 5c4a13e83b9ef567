"""``Roster``: the one shape in which a district comes in.

Flat records, from any format and from the demonstration, that name each other by the source's own
keys. Whoever can fill a ``Roster`` can be imported; ``people.api.apply_roster`` is the only door.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date, time

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data.words import (
    AgencyKind,
    AttendanceProgram,
    DayType,
    EnrollmentStatus,
    ProgramKind,
    SectionPosition,
    SessionKind,
    StaffRole,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRecord:
    """A district, a service centre, a county or a state; ``state_id`` as the state numbers it."""

    key: str
    name: str
    kind: AgencyKind
    state_id: str = ""
    short_name: str = ""
    parent: str = ""
    address: str = ""
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRecord:
    """A school of an agency."""

    key: str
    name: str
    agency: str
    state_id: str = ""
    short_name: str = ""
    level: str = ""
    grades: tuple[GradeLevel, ...] = ()
    address: str = ""
    phone: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """An academic session. ``school`` empty: of the whole district. Both ends inclusive."""

    key: str
    name: str
    kind: SessionKind
    school_year: int
    begin: date
    end: date
    school: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarRecord:
    """A school's calendar for a year and a track."""

    key: str
    school: str
    school_year: int
    track: str = "A"
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDayRecord:
    """One date of a calendar. ``cycle_letter`` as A/B or 1..n; ``school_month`` counts from 1."""

    calendar: str
    day: date
    day_type: DayType
    cycle_letter: str = ""
    school_month: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRecord:
    """A class period of a school."""

    key: str
    school: str
    name: str
    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BellTime:
    """When a period meets in a bell schedule; ``minutes`` counted for attendance."""

    period: str
    begin: time
    end: time
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BellScheduleRecord:
    """Times of a school day; empty ``day_types``, ``letters`` or ``grades`` mean every one."""

    key: str
    school: str
    name: str
    times: tuple[BellTime, ...]
    day_types: tuple[DayType, ...] = ()
    letters: tuple[str, ...] = ()
    grades: tuple[GradeLevel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRecord:
    """A room of a school."""

    key: str
    school: str
    name: str
    seats: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """A legal name with the preferred one beside it."""

    first: str
    last: str
    middle: str = ""
    suffix: str = ""
    preferred_first: str = ""
    preferred_last: str = ""
    preferred_middle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """How to reach a person."""

    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    phone: str = ""
    mobile: str = ""
    email: str = ""
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Demographics:
    """What describes a student. ``sex`` is male, female, other or unspecified, empty where unknown."""

    birth_date: date | None = None
    sex: str = ""
    hispanic: bool | None = None
    american_indian: bool = False
    asian: bool = False
    black: bool = False
    pacific_islander: bool = False
    white: bool = False
    home_language: str = ""
    birth_country: str = ""
    birth_state: str = ""
    birth_city: str = ""
    #: true where the source says so itself; two or more flags say it too
    two_or_more_races: bool = False
    residence_status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRecord:
    """A student. ``identifiers`` are (system, value) pairs; those of a restricted system never leave.

    ``demographics`` None: this record does not speak of them.
    """

    key: str
    name: PersonName
    local_id: str = ""
    state_id: str = ""
    username: str = ""
    demographics: Demographics | None = field(default_factory=Demographics)
    directory: Directory = field(default_factory=Directory)
    identifiers: tuple[tuple[str, str], ...] = ()
    #: shown for people without a school enrolment in the file (OneRoster ``grades``)
    grade: GradeLevel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentDemographicsRecord:
    """A student's demographics, from a source that sends them apart from the student."""

    student: str
    demographics: Demographics


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRecord:
    """A parent, guardian or other contact. ``language`` is an ISO 639 code or empty."""

    key: str
    name: PersonName
    username: str = ""
    local_id: str = ""
    language: str = ""
    directory: Directory = field(default_factory=Directory)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentContactRecord:
    """The relation of a contact to a student. ``order`` 1 is called first."""

    student: str
    contact: str
    relation: str
    has_rights: bool = True
    primary: bool = False
    lives_with: bool | None = None
    emergency: bool = False
    may_pick_up: bool = True
    portal_access: bool = True
    order: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRecord:
    """A staff member."""

    key: str
    name: PersonName
    local_id: str = ""
    state_id: str = ""
    username: str = ""
    directory: Directory = field(default_factory=Directory)
    sex: str = ""
    birth_date: date | None = None
    hire_date: date | None = None
    end_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffAssignmentRecord:
    """A staff member's post at a school, or at the district (``school`` empty). ``end`` inclusive."""

    staff: str
    role: StaffRole
    begin: date
    end: date | None = None
    school: str = ""
    title: str = ""
    primary: bool = True
    #: the source's own word for the post (Ed-Fi StaffClassification, OneRoster role)
    classification: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseRecord:
    """A catalogue entry of a school or the district; ``subject`` in the source's words."""

    key: str
    title: str
    code: str
    school: str = ""
    subject: str = ""
    subject_code: str = ""
    school_year: int | None = None
    grades: tuple[GradeLevel, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseOfferingRecord:
    """A course offered by a school in a session."""

    key: str
    course: str
    school: str
    session: str
    local_code: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecord:
    """When and where a section meets: period, cycle letter (empty: every taught day), room."""

    period: str
    letter: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRecord:
    """A group that meets. ``sessions`` where it lasts longer than its offering does."""

    key: str
    offering: str
    code: str
    title: str = ""
    meetings: tuple[MeetingRecord, ...] = ()
    homeroom: bool = False
    sessions: tuple[str, ...] = ()
    #: a place named by a source that has no rooms of its own
    location: str = ""
    grades: tuple[GradeLevel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolEnrollmentRecord:
    """A student in a school over a span; ``exit`` inclusive. Identified by student, school and entry."""

    student: str
    school: str
    school_year: int
    grade: GradeLevel
    entry: date
    entry_code: str = ""
    exit: date | None = None
    exit_code: str = ""
    status: EnrollmentStatus = EnrollmentStatus.PRIMARY
    program: AttendanceProgram = AttendanceProgram.REGULAR
    track: str = "A"
    ada_eligible: bool = True
    residence_district: str = ""
    #: the source's own id of the row (OneRoster 1.2 roles have one)
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionEnrollmentRecord:
    """A student in a section over a span; identified by student, section and begin."""

    student: str
    section: str
    begin: date
    end: date | None = None
    homeroom: bool = False
    #: the source's own id of the row (OneRoster enrollments have one)
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionStaffRecord:
    """A staff member in a section over a span."""

    staff: str
    section: str
    begin: date
    position: SectionPosition = SectionPosition.TEACHER_OF_RECORD
    end: date | None = None
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramParticipationRecord:
    """A student in a programme over a span; ``detail`` in the source's words."""

    student: str
    kind: ProgramKind
    begin: date
    name: str = ""
    end: date | None = None
    detail: str = ""
    exit_reason: str = ""


@dataclass(slots=True)
class Roster:
    """A district as flat records. Lists that a source cannot speak of stay None; empty means "none of these".

    ``complete`` tells whether what is missing is gone (bulk) or merely unspoken of (delta);
    ``ended`` names, for a delta, rows that the source ends, as (list name, key). ``whole`` names, for a
    delta, people by list of whom it says everything: what it lacks of theirs ends. ``silent`` names, by
    table, the columns that the source has no word for: a row that is there keeps what it has in them.
    """

    agencies: list[AgencyRecord] | None = None
    schools: list[SchoolRecord] | None = None
    sessions: list[SessionRecord] | None = None
    calendars: list[CalendarRecord] | None = None
    calendar_days: list[CalendarDayRecord] | None = None
    periods: list[PeriodRecord] | None = None
    bell_schedules: list[BellScheduleRecord] | None = None
    rooms: list[RoomRecord] | None = None
    students: list[StudentRecord] | None = None
    student_demographics: list[StudentDemographicsRecord] | None = None
    contacts: list[ContactRecord] | None = None
    student_contacts: list[StudentContactRecord] | None = None
    staff: list[StaffRecord] | None = None
    staff_assignments: list[StaffAssignmentRecord] | None = None
    courses: list[CourseRecord] | None = None
    course_offerings: list[CourseOfferingRecord] | None = None
    sections: list[SectionRecord] | None = None
    school_enrollments: list[SchoolEnrollmentRecord] | None = None
    section_enrollments: list[SectionEnrollmentRecord] | None = None
    section_staff: list[SectionStaffRecord] | None = None
    program_participations: list[ProgramParticipationRecord] | None = None
    complete: bool = True
    ended: list[tuple[str, str]] = field(default_factory=list)
    whole: dict[str, frozenset[str]] = field(default_factory=dict)
    silent: dict[str, frozenset[str]] = field(default_factory=dict)

    def kinds(self) -> Iterator[str]:
        """The list names, parents before what hangs on them."""
        for item in fields(self):
            if item.name not in ("complete", "ended", "whole", "silent"):
                yield item.name

    def counts(self) -> dict[str, int]:
        """Number of records by list, those the source does not speak of left out."""
        return {kind: len(rows) for kind in self.kinds() if (rows := getattr(self, kind)) is not None}
