"""Values of the demonstration room: the invented district and what no roster speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from firstbell.attendance.data import AttendanceLoad
from firstbell.people.data import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Somebody a visitor may sign in as; ``does`` says in a sentence what there is to try."""

    username: str
    name: str
    role_label: str
    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubstituteDay:
    """A substitute takes the sections of an absent teacher for one day."""

    substitute: str
    covers: str
    school: str
    day: date
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtOrder:
    """A court bars a contact from a student from ``begin`` on; ``case`` is the court's number."""

    student: str
    contact: str
    begin: date
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """A counselor, case manager or aide is named for a student from ``begin`` on."""

    staff: str
    student: str
    begin: date


@dataclass(frozen=True, slots=True)
class District:
    """An invented district as known on ``today``.

    ``school_day`` is the latest day taught up to ``today``. ``attendance`` gives the year's attendance
    in portions, one per school and school month, each loaded and forgotten before the next is made.
    """

    today: date
    school_day: date
    roster: Roster
    substitutes: tuple[SubstituteDay, ...]
    court_orders: tuple[CourtOrder, ...]
    caseloads: tuple[Caseload, ...]
    personas: tuple[Persona, ...]
    attendance: Callable[[], Iterator[AttendanceLoad]]
    portions: int
