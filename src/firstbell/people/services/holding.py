"""What an act holds before it reads, so that nobody else changes it between reading and writing.

An act on one student holds that student; others act on other students meanwhile. An import acts on
everybody: it holds the roster alone, and acts wait for it. Numbers that belong to one student in the whole
district (local and state ids) are looked up and given by one at a time.
"""

from __future__ import annotations

from collections.abc import Iterable

from firstbell.platform.writing import hold

_ROSTER = "roster"
_NUMBERS = "student numbers"


def hold_roster() -> None:
    """Keep every other act on the roster waiting; for writes that concern many students."""
    hold(_ROSTER)


def hold_for_act(student_id: int) -> None:
    """Keep other acts on this student waiting, and imports."""
    hold(_name(student_id), together=[_ROSTER])


def hold_for_numbers(*student_ids: int) -> None:
    """As ``hold_for_act``, and nobody else gives a number: for new students and corrected state ids."""
    hold(_NUMBERS, *map(_name, student_ids), together=[_ROSTER])


def hold_students(student_ids: Iterable[int]) -> None:
    """Keep acts on these students waiting, and whatever else is said of them (their attendance); at most a
    few classes at a time."""
    hold(*map(_name, student_ids))


def _name(student_id: int) -> str:
    return f"student {student_id}"
