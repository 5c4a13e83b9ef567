"""Values of the ground floor that every room may hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class JobState(StrEnum):
    """Where a job stands; ``LOST`` means its worker stopped without a word."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    LOST = "lost"

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self not in (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class JobProgress:
    """A job as pages show it; ``percent`` runs from 0 to 100."""

    id: int
    name: str
    label: str
    account_id: int | None
    state: JobState
    percent: int
    message: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    request_id: str
    result: dict[str, Any] = field(default_factory=dict)
