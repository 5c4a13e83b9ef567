"""Values of the exchange room: what a source holds, once read and mapped."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from firstbell.attendance.data import AttendanceLoad
from firstbell.kernel.finding import Finding
from firstbell.people.data import KindDifference, Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRecord:
    """A record for a room that does not stand yet, kept whole so that nothing is asked for twice.

    ``kind`` is the name that ``firstbell counts`` uses (``period_grades``); ``key`` identifies the
    record within its source and kind; ``student`` is the student's key in the same source or empty.
    """

    kind: str
    key: str
    student: str = ""
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Delivery:
    """Everything one source brings: a roster, attendance, records kept for later rooms, and findings.

    ``kept_kinds`` names the kinds of kept record of which the source says everything, so that what it lacks
    of them goes (None: all kinds); ``kept_ended`` single records, as (kind, key), that it ends. ``states``
    are the two letters of the state of each agency, by its key, where the source tells. A finding that
    stands for many rows has them all in ``details`` under its code, for a program to read.
    """

    roster: Roster
    attendance: AttendanceLoad | None = None
    kept: list[KeptRecord] = field(default_factory=list)
    kept_kinds: frozenset[str] | None = None
    kept_ended: list[tuple[str, str]] = field(default_factory=list)
    states: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    details: dict[str, list[dict[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """A run of an import as lists show it.

    ``state``: waiting, running, applied, unchanged, dry_run, held, dismissed, refused, failed.
    """

    id: int
    format: str
    source: str
    file_name: str
    by: str
    started_at: datetime
    finished_at: datetime | None
    state: str
    added: int = 0
    changed: int = 0
    ended: int = 0
    finding_count: int = 0
    #: no later run of the same source was applied
    newest: bool = False

    @property
    def changes(self) -> int:
        """Rows made, changed or ended in all kinds together."""
        return self.added + self.changed + self.ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided on a run: confirmed, applied or dismissed, and why."""

    verb: str
    by: str
    at: datetime
    reason: str
    #: the run that came of it
    led_to: int | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """The schools, people or sections of one kind that a run would end: the first 1,000 by id and label."""

    kind: str
    number: int
    rows: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunPage:
    """One run with its difference by kind and its findings (the first 500).

    ``may_apply``: it waits for a decision and its file is still here; ``job_id`` while it is under way.
    """

    row: RunRow
    options: dict[str, Any]
    kinds: tuple[KindDifference, ...]
    findings: tuple[Finding, ...]
    ending: tuple[Ending, ...] = ()
    may_decide: bool = False
    may_apply: bool = False
    decision: Decision | None = None
    follows: int | None = None
    job_id: int | None = None
