"""The ladder of truancy letters: in sequence, never skipped, never twice for the same occasions.

A letter freezes the occasions that triggered it. A later correction of attendance never changes a sent
letter; it shows that the letter would no longer trigger.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from firstbell.attendance.data import LetterState
from firstbell.attendance.rules.truancy import Occasion, OccasionKind


@dataclass(frozen=True, slots=True)
class Rung:
    """One letter of the ladder: its number, and how many new occasions it takes (a district's setting)."""

    number: int
    new_occasions: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to one student's family in one school year, with the occasions frozen as its evidence."""

    number: int
    state: LetterState
    evidence: tuple[Occasion, ...]
    sent_on: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The next letter due, with its evidence."""

    number: int
    evidence: tuple[Occasion, ...]


def legal_ladder(truant_occasions: int) -> tuple[Rung, Rung, Rung]:
    """Letter 1 at the first report as a truant; 2 and 3 at each further occasion (EC 48260, 48261)."""
    return Rung(1, truant_occasions), Rung(2, 1), Rung(3, 1)


def next_letter(
    occasions: Iterable[Occasion], letters: Sequence[Letter], ladder: Sequence[Rung]
) -> Proposal | None:
    """The one letter that is due, or None. ``occasions`` and ``letters`` are of one school year.

    Nothing is due while a letter waits (proposed or held), nor after the last rung. A further letter
    counts occasions after the day on which the one before was sent. Occasions of a sent or dismissed
    letter are never used again; a dismissed letter leaves its rung open for new occasions. A withdrawn
    letter leaves no trace.
    """
    letters = [letter for letter in letters if letter.state is not LetterState.WITHDRAWN]
    if any(letter.state.waits for letter in letters):
        return None
    sent = [letter for letter in letters if letter.state is LetterState.SENT]
    number = max((letter.number for letter in sent), default=0) + 1
    rung = next((rung for rung in ladder if rung.number == number), None)
    if rung is None:
        return None
    used_days = {occasion.day for letter in letters for occasion in letter.evidence}
    last_sent = max((letter.sent_on for letter in sent if letter.sent_on is not None), default=date.min)
    fresh = sorted(one for one in occasions if one.day > last_sent and one.day not in used_days)
    return Proposal(number, tuple(fresh)) if len(fresh) >= rung.new_occasions else None


def check_ladder(ladder: Sequence[Rung]) -> None:
    """Raises ValueError where the rungs are not numbered 1, 2, 3 … or need no occasion."""
    if [rung.number for rung in ladder] != list(range(1, len(ladder) + 1)):
        raise ValueError("letters are numbered 1, 2, 3 … without a gap")
    if any(rung.new_occasions < 1 for rung in ladder):
        raise ValueError("every letter needs at least one new occasion")


def still_triggers(letter: Letter, occasions: Iterable[Occasion], ladder: Sequence[Rung]) -> bool:
    """Whether the evidence that still stands in today's attendance would reach the letter's rung."""
    rung = next(rung for rung in ladder if rung.number == letter.number)
    today = Counter(occasion.day for occasion in occasions)
    frozen_days = Counter(one.day for one in letter.evidence)
    return (today & frozen_days).total() >= rung.new_occasions


def still_due(
    waiting: Letter, occasions: Iterable[Occasion], letters: Sequence[Letter], ladder: Sequence[Rung]
) -> Proposal | None:
    """What a waiting letter would say if it left now; None where it no longer triggers.

    ``letters`` are the others of the year. Occasions that came since are in it, those excused since are not.
    """
    due = next_letter(occasions, [one for one in letters if not one.state.waits], ladder)
    return due if due is not None and due.number == waiting.number else None


def occasion_row(one: Occasion) -> dict[str, Any]:
    """An occasion as the log keeps it."""
    return {
        "day": one.day.isoformat(),
        "kind": one.kind.value,
        "minutes": None if one.minutes is None else str(one.minutes),
    }


def thawed(rows: Iterable[Mapping[str, Any]]) -> tuple[Occasion, ...]:
    """The occasions of kept rows."""
    return tuple(
        Occasion(
            date.fromisoformat(row["day"]),
            OccasionKind(row["kind"]),
            None if row["minutes"] is None else Decimal(row["minutes"]),
        )
        for row in rows
    )


def frozen(rows: Iterable[Mapping[str, Any]]) -> tuple[bytes, str]:
    """Evidence rows (each an ``occasion_row``, with whatever else is kept of it) as canonical JSON, and its
    SHA-256: the copy that the log keeps. Their order makes no difference."""
    ordered = sorted(rows, key=lambda row: (row["day"], row["kind"], row["minutes"] or ""))
    text = json.dumps(ordered, separators=(",", ":"), sort_keys=True).encode()
    return text, hashlib.sha256(text).hexdigest()
