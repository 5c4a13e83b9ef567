"""Around the application of a roster: what it did, and what its source had brought before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from firstbell.kernel.finding import Finding
from firstbell.people.data.roster import SessionRecord


@dataclass(frozen=True, slots=True)
class KindDifference:
    """What applying a roster does to one kind of row, with a few labels a person can read.

    ``ending`` has the ids of the schools, people or sections that end (the first 1,000 of a kind), so that
    whoever confirms the end of many can look at each.
    """

    kind: str
    added: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    examples: tuple[str, ...] = ()
    ending: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterDifference:
    """What applying a roster does (or, in a dry run, would do), and what a person should confirm first."""

    kinds: tuple[KindDifference, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def changes(self) -> int:
        """Rows added, changed or ended in all kinds together."""
        return sum(k.added + k.changed + k.ended for k in self.kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a source brought earlier, by its own keys: what a delta of it may lean on.

    ``sections`` have the first day of their sessions; ``stays`` and ``posts`` the first day of the latest
    one that a person has at a school; ``relations`` the word and the order of (student, contact). ``on`` is
    the day on which this was so.
    """

    on: date | None = None
    agencies: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()
    students: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()
    sessions: Mapping[str, SessionRecord] = field(default_factory=dict)
    sections: Mapping[str, date] = field(default_factory=dict)
    stays: Mapping[tuple[str, str], date] = field(default_factory=dict)
    posts: Mapping[tuple[str, str], date] = field(default_factory=dict)
    relations: Mapping[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
