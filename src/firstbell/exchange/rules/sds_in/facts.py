"""What School Data Sync files say, whichever version says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Org:
    """An organization; ``kind`` is the word of the source."""

    key: str
    name: str
    kind: str = "school"
    parent: str = ""
    number: str = ""
    address: str = ""
    phone: str = ""
    grades: tuple[str, str] = ("", "")
    file: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """An academic session; both ends inclusive, None where the source gives no date."""

    key: str
    title: str
    kind: str = "term"
    year: int | None = None
    begin: date | None = None
    end: date | None = None
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A catalogue entry. ``org`` empty: told by the sections that name it."""

    key: str
    title: str
    code: str = ""
    subject: str = ""
    description: str = ""
    org: str = ""
    year: str = ""
    grade: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """A section; without sessions it meets in the school year of the day of reading."""

    key: str
    org: str
    title: str
    code: str = ""
    course: str = ""
    sessions: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    file: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person, whatever they are."""

    key: str
    first: str = ""
    last: str = ""
    middle: str = ""
    username: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    local_id: str = ""
    state_id: str = ""
    birth_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A person at an organization, with the word of the source; ends inclusive."""

    user: str
    org: str
    word: str
    grade: str = ""
    title: str = ""
    primary: bool = True
    begin: date | None = None
    end: date | None = None
    file: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A person in a section."""

    section: str
    user: str
    word: str
    file: str = ""
    row: int = 0


@dataclass(slots=True)
class Facts:
    """All of it."""

    orgs: list[Org] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    courses: dict[str, Course] = field(default_factory=dict)
    classes: list[Class] = field(default_factory=list)
    users: dict[str, User] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    #: (student, contact, word)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    #: (user, flag)
    flags: list[tuple[str, str]] = field(default_factory=list)
