"""Values of the ground floor that every room may hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
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
    #: who asked for it; "the clock" where nobody did
    by: str
    state: JobState
    percent: int
    message: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    request_id: str
    result: dict[str, Any] = field(default_factory=dict)

    @property
    def took(self) -> timedelta | None:
        """How long it took; None while it is not over, or never began."""
        if self.started_at is None or self.finished_at is None:
            return None
        return self.finished_at - self.started_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledWork:
    """A piece of work that runs by the clock: how often, when it last ran, when it is due."""

    name: str
    label: str
    period: timedelta
    last: JobProgress | None
    due_at: datetime | None

    @property
    def under_way(self) -> bool:
        """Whether it runs, or waits for a worker, just now."""
        return self.last is not None and not self.last.state.over
