"""To whom a school writes about a student, and under which letterhead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody with rights to a student's records; ``contact_id`` None is the student of 18 or over.

    ``address`` are the lines beneath the name, empty where none is known. ``confidential``: the address
    is shown to nobody on screen.
    """

    contact_id: int | None
    name: str
    relation: str
    language: str
    email: str
    address: tuple[str, ...]
    confidential: bool
    primary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead:
    """A school as its letters name it."""

    school: str
    agency: str
    address: str
    phone: str
    website: str
