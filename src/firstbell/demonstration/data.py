"""Values of the demonstration room: what no roster speaks of, and who may sign in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """Somebody a visitor may sign in as: ``kind`` and ``key`` say who in the roster, ``does`` says in a
    sentence what there is to try."""

    kind: str
    key: str
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
