"""Absences known ahead or explained afterwards, as the office and the family see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class KnownState(StrEnum):
    """Where a known absence stands: a family's report waits until the office decides."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class KnownAbsenceView:
    """A known absence. ``periods`` are names of the periods it covers, empty for whole days.

    ``past``: it explains days that had begun when it was reported (an excuse).
    """

    id: int
    student_id: int
    student: str
    school_id: int | None
    begin: date
    end: date
    periods: tuple[str, ...]
    code: str
    title: str
    reason: str
    state: KnownState
    comment: str
    past: bool
    reported_at: datetime
    reported_by: str
    decided_at: datetime | None
    decided_by: str
