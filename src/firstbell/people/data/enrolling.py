"""What a registrar asks for: enroll, transfer, withdraw, correct."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data.roster import Demographics, Directory, PersonName
from firstbell.people.data.words import AttendanceProgram, EnrollmentStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStudent:
    """A student whom the district does not know yet. ``local_id`` empty: the next free number is given."""

    name: PersonName
    demographics: Demographics = field(default_factory=Demographics)
    directory: Directory = field(default_factory=Directory)
    local_id: str = ""
    state_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where and how a student is enrolled, from ``entry`` on."""

    school_id: int
    grade: GradeLevel
    entry: date
    entry_code: str
    status: EnrollmentStatus = EnrollmentStatus.PRIMARY
    program: AttendanceProgram = AttendanceProgram.REGULAR
    track: str = "A"
    ada_eligible: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Changes to one enrolment; None leaves a value as it is. ``reopen`` takes an exit back."""

    grade: GradeLevel | None = None
    entry: date | None = None
    entry_code: str | None = None
    exit: date | None = None
    exit_code: str | None = None
    status: EnrollmentStatus | None = None
    program: AttendanceProgram | None = None
    track: str | None = None
    ada_eligible: bool | None = None
    reopen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDraft:
    """A contact as somebody types them in; the names are those of the table's columns."""

    first_name: str
    last_name: str
    phone: str = ""
    mobile: str = ""
    email: str = ""
    language: str = ""
    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRights:
    """What a contact is to a student and may do, from ``begin`` to ``end`` (both inclusive, None: open)."""

    relation: str
    order: int = 1
    primary: bool = False
    lives_with: bool | None = None
    emergency: bool = False
    may_pick_up: bool = True
    has_rights: bool = True
    portal_access: bool = True
    begin: date | None = None
    end: date | None = None
