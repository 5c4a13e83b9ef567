"""What pages and other rooms are shown of people: values, never rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data.opening import Openings
from firstbell.platform.access.data import DataClass


@dataclass(frozen=True, slots=True)
class PersonHit:
    """Somebody found: ``kind`` is student, contact or staff; ``detail`` tells people of one name apart."""

    kind: str
    id: int
    name: str
    detail: str
    #: a student who is not enrolled today, a contact or staff member who ended
    inactive: bool = False
    grade: str = ""
    school: str = ""
    number: str = ""
    #: the text was this person's whole local or state id
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here, by spoken name and post."""

    staff_id: int
    name: str
    title: str


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
    #: codes with their labels
    entry_words: str = ""
    exit_words: str = ""
    #: the current version, at a school where the viewer may correct it
    may_correct: bool = False


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
    #: whether the viewer may open the section's own page
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled fact on a page. ``masked``: it is there, and opens by a typed reason under ``key``."""

    key: str
    label: str
    value: str = ""
    data_class: DataClass = DataClass.DIRECTORY
    masked: bool = False


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact of a student, as far as the viewer may see. ``barred`` shows a court order in force.

    ``rights_shown``: the rights beside the name are open to the viewer (else they are all false).
    """

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
    rights_shown: bool = True


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """A programme participation. ``end`` inclusive."""

    id: int
    kind: str
    label: str
    name: str
    begin: date
    end: date | None
    detail: str
    ended: bool
    data_class: DataClass = DataClass.SPECIAL_PROGRAMS
    may_write: bool = False


@dataclass(frozen=True, slots=True)
class CourtOrderRow:
    """A court order about a student and a contact; ``in_force`` today."""

    id: int
    contact_id: int
    contact: str
    bars_access: bool
    begin: date
    end: date | None
    reference: str
    note: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class StudentCard:
    """The head of a student's page: who this is, where today, and what everybody near must know.

    What the viewer may not see is empty. ``openings`` says what else of the student is open.
    """

    id: int
    name: str
    legal_name: str
    local_id: str
    state_id: str
    school_id: int | None
    school: str
    grade: GradeLevel | None
    #: "enrolled", "left", "starts later" or "not enrolled"
    status: str
    do_not_release: bool = False
    confidential_address: bool = False
    openings: Openings = field(default_factory=lambda: Openings(0), repr=False)

    @property
    def family(self) -> bool:
        """Whether the viewer reaches the student as oneself or as a ward only."""
        return self.openings.family


@dataclass(frozen=True, slots=True)
class StudentPage:
    """A student's profile. A part is None where the viewer's roles do not open its data class."""

    card: StudentCard
    identity: tuple[Fact, ...]
    home: tuple[Fact, ...]
    description: tuple[Fact, ...]
    contacts: tuple[ContactRow, ...] | None
    programs: tuple[ProgramRow, ...] | None
    orders: tuple[CourtOrderRow, ...] | None
    #: whole parts that open by a typed reason
    masked: tuple[Fact, ...] = ()

    @property
    def facts(self) -> dict[str, Fact]:
        """The labelled facts by key."""
        return {fact.key: fact for fact in (*self.identity, *self.home, *self.description)}


@dataclass(frozen=True, slots=True)
class KnownStudent:
    """A student of the district who may be the one being enrolled; ``match``: state_id, local_id or name."""

    id: int
    name: str
    birth_date: date | None
    school_id: int | None
    school: str
    grade: GradeLevel | None
    status: str
    match: str


@dataclass(frozen=True, slots=True)
class ContactOf:
    """A student whose contact somebody is, with the rights that go with it."""

    student_id: int
    student: str
    relation: str
    begin: date | None
    end: date | None
    ended: bool
    primary: bool
    lives_with: bool | None
    emergency: bool
    may_pick_up: bool
    has_rights: bool
    portal_access: bool
    barred: bool
    rights_shown: bool
    may_write: bool


@dataclass(frozen=True, slots=True)
class ContactPage:
    """A contact: how to reach them, and of whom they are a contact."""

    id: int
    name: str
    facts: tuple[Fact, ...]
    students: tuple[ContactOf, ...]
    may_write: bool


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post of a staff member; the dates only where they are open."""

    title: str
    school_id: int | None
    school: str
    begin: date | None
    end: date | None
    running: bool


@dataclass(frozen=True, slots=True)
class StaffPage:
    """A staff member: the post, and the sections that the viewer reaches too."""

    id: int
    name: str
    facts: tuple[Fact, ...]
    posts: tuple[PostRow, ...]
    sections: tuple[ScheduleRow, ...]
    dated: bool
    working: bool


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

    @property
    def words(self) -> str:
        """What was done, as people say it."""
        return act_words(self.verb)


_ACTS = {
    "enroll": "Enrolled",
    "re_enroll": "Enrolled again",
    "withdraw": "Withdrawn",
    "transfer_out": "Transferred out",
    "transfer_in": "Transferred in",
    "correct": "Corrected",
    "section_add": "Added to a section",
    "section_drop": "Dropped from a section",
    "undo": "Undone",
    "import": "Imported",
}


def act_words(verb: str) -> str:
    """What an act did, as people say it."""
    return _ACTS.get(verb, verb.replace("_", " ").capitalize())


@dataclass(frozen=True, slots=True)
class RecentAct:
    """An act on somebody's enrolments, as the office's list shows it."""

    id: int
    at: datetime
    student_id: int
    student: str
    words: str
    by: str
    undone: bool
