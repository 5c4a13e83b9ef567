"""Editing a roll: fill blanks only, send again without doubles, and never overwrite what one has not seen."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Generic, TypeVar

from firstbell.attendance.data import AttendanceCode, CellOrigin, CodeKind, Mark, RollCell, Said

Student = TypeVar("Student", bound=Hashable)


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


def outcome(version: int, *, answered: bool, based_on: int) -> Outcome:
    """Whether a roll is the first, a repetition (answer as before, change nothing), an edit, or stale.

    ``version`` is the stored one, 0 for a roll not yet submitted, ``based_on`` the one the sender saw;
    ``answered``: this client id was answered before, however many edits ago.
    """
    if answered:
        return Outcome.REPEATED
    if version == 0:
        return Outcome.FIRST
    return Outcome.EDIT if based_on == version else Outcome.STALE


@dataclass(frozen=True, slots=True)
class Merge(Generic[Student]):
    """What a stale roll comes to: changes nobody contests, and students on whom a person must choose."""

    changes: Mapping[Student, str | None]
    contested: frozenset[Student]


def merge(
    base: Mapping[Student, str | None],
    stored: Mapping[Student, str | None],
    sent: Mapping[Student, str | None],
) -> Merge[Student]:
    """Three-way comparison of a stale roll by student; nothing stored since is overwritten unasked.

    ``base`` is what the sender saw. A student missing in ``sent`` is not spoken of. A student whom the
    sender never saw (added since) is contested as soon as a stored mark differs.
    """
    changes: dict[Student, str | None] = {}
    contested = set()
    for student, wanted in sent.items():
        seen, now = base.get(student), stored.get(student)
        if wanted in (now, seen):
            continue
        if now == seen:
            changes[student] = wanted
        else:
            contested.add(student)
    return Merge(changes, frozenset(contested))


def fitting(mark: Mark, codes: Mapping[str, AttendanceCode], default: str) -> Mark:
    """The mark with a code, and with minutes only where the code speaks of them."""
    code = codes.get(mark.code or default)
    return Mark(
        mark.code or default,
        mark.minutes_late if code and code.tardy else None,
        mark.minutes_early if code and code.left_early else None,
        mark.comment,
    )


def new_word(
    sent: Mark, stored: Mark | None, locked: str, default: str, *, positive: bool, spoken: bool
) -> Mark | None:
    """What a sent mark (``fitting``) says that is not stored yet; None where it says nothing new.

    ``spoken``: the roll named a code for the student. ``locked`` is the office's code shown in the cell
    (empty: none): not spoken of, or sent back as it was shown, the teacher said nothing; another code is
    the teacher's word against the office's, and kept. Under negative reporting silence means present.
    """
    if locked:
        return sent if spoken and sent.code != locked and sent != stored else None
    if stored is None and sent.code == default and not positive and not sent.comment:
        return None
    return None if sent == stored else sent


@dataclass(frozen=True, slots=True)
class RollCounts:
    """What a submission row keeps of its roll."""

    students: int
    present: int
    absent: int
    tardy: int


def counts(effective: Sequence[str | None], codes: Mapping[str, AttendanceCode]) -> RollCounts:
    """Counts of a submitted roll by effective code; no mark means present, as negative reporting has it."""
    known = [codes[code] for code in effective if code is not None and code in codes]
    absent = sum(code.kind is CodeKind.ABSENT for code in known)
    return RollCounts(len(effective), len(effective) - absent, absent, sum(code.tardy for code in known))


def unmarked_become(cells: Sequence[RollCell], said: Said, *, opened: bool) -> tuple[RollCell, ...]:
    """The end-of-meeting rule: on an opened roll whoever is unmarked gets ``said`` (the system's word).

    A roll that nobody opened stays not taken.
    """
    return set_all(cells, said) if opened else tuple(cells)
