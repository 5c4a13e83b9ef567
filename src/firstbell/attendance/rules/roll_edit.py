"""Editing a roll: fill blanks only, send again without doubles, and never overwrite what one has not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from firstbell.attendance.data import AttendanceCode, CellOrigin, CodeKind, RollCell, Said


def set_all(cells: Sequence[RollCell], said: Said) -> tuple[RollCell, ...]:
    """The roll with ``said`` in every blank cell; marked, pre-filled and office cells stay as they are.

    The roll given is the undo.
    """
    return tuple(
        replace(cell, teacher=said, origin=CellOrigin.TEACHER) if cell.blank else cell for cell in cells
    )


class Outcome(StrEnum):
    """What a sent roll is."""

    FIRST = "first"
    REPEATED = "repeated"
    EDIT = "edit"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class StoredRoll:
    """What is known of a roll already submitted: its version (from 1) and every client id it answered."""

    version: int
    client_ids: frozenset[str]


def outcome(stored: StoredRoll | None, client_id: str, base_version: int | None) -> Outcome:
    """Whether a roll is the first, a repetition (answer as before, change nothing), an edit, or stale.

    ``base_version`` is the version the sender saw, None for a roll not yet submitted.
    """
    if stored is None:
        return Outcome.FIRST
    if client_id in stored.client_ids:
        return Outcome.REPEATED
    return Outcome.EDIT if base_version == stored.version else Outcome.STALE


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that both changed: what the sender saw, what is stored now, what was sent. None: no mark."""

    student: str
    base: str | None
    stored: str | None
    sent: str | None


@dataclass(frozen=True, slots=True)
class Merge:
    """What a stale roll comes to: changes nobody contests, and differences a person chooses from."""

    changes: Mapping[str, str | None]
    differences: tuple[Difference, ...]


def merge(
    base: Mapping[str, str | None], stored: Mapping[str, str | None], sent: Mapping[str, str | None]
) -> Merge:
    """Three-way comparison of a stale roll by student; nothing stored since is overwritten unasked.

    A student missing in ``sent`` is not spoken of. A student whom the sender never saw (added since)
    is contested as soon as a stored mark differs.
    """
    changes: dict[str, str | None] = {}
    contested = []
    for student, wanted in sent.items():
        seen, now = base.get(student), stored.get(student)
        if wanted in (now, seen):
            continue
        if now == seen:
            changes[student] = wanted
        else:
            contested.append(Difference(student, seen, now, wanted))
    return Merge(changes, tuple(contested))


@dataclass(frozen=True, slots=True)
class RollCounts:
    """What a submission row keeps of its roll."""

    students: int
    present: int
    absent: int
    tardy: int


def counts(effective: Sequence[str | None], codes: Mapping[str, AttendanceCode]) -> RollCounts:
    """Counts of a submitted roll by effective code; no mark means present, as negative reporting has it."""
    known = [codes[code] for code in effective if code is not None]
    absent = sum(code.kind is CodeKind.ABSENT for code in known)
    return RollCounts(len(effective), len(effective) - absent, absent, sum(code.tardy for code in known))


def unmarked_become(cells: Sequence[RollCell], said: Said, *, opened: bool) -> tuple[RollCell, ...]:
    """The end-of-meeting rule: on an opened roll whoever is unmarked gets ``said`` (the system's word).

    A roll that nobody opened stays not taken.
    """
    return set_all(cells, said) if opened else tuple(cells)
