"""What is wrong with attendance data and waits for somebody, for the bridge and the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ProblemKind(StrEnum):
    """What waits; the page that can mend it is the pages' knowledge."""

    DAYS_DIFFER = "days_differ"
    DAYS_UNPROVEN = "days_unproven"
    RECOMPUTE_WAITS = "recompute_waits"
    ROLLS_MISSING = "rolls_missing"
    LETTERS_WAIT = "letters_wait"
    LETTERS_UNDELIVERED = "letters_undelivered"
    REPORTS_WAIT = "reports_wait"
    PERIOD_STALE = "period_stale"


@dataclass(frozen=True, slots=True)
class AttendanceProblem:
    """One kind of problem at one school: how many, since when, in a sentence."""

    kind: ProblemKind
    school_id: int
    school: str
    count: int
    sentence: str
    since: datetime | None = None
