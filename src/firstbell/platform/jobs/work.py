"""The pieces of work the house knows, and what one run of them may say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

Function = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work: stable name, the label people read, the function."""

    name: str
    label: str
    function: Function


@dataclass(frozen=True, slots=True)
class Run:
    """One run, as the function sees it; ``account_id`` is who asked, None when the clock did."""

    job_id: int
    account_id: int | None

    def progress(self, percent: int, message: str = "") -> None:
        """Tell how far it is (0 to 100). Seen at once, even while the work's own transaction is open."""
        cache.set(progress_key(self.job_id), (max(0, min(100, percent)), message[:300]), timeout=86400)


_known: dict[str, Work] = {}


def work(name: str, *, label: str) -> Callable[[Function], Function]:
    """Make a function a piece of work. Raises ValueError when the name is taken by another function."""

    def register(function: Function) -> Function:
        before = _known.get(name)
        if before is not None and before.function is not function:
            raise ValueError(f"two pieces of work are called {name!r}")
        _known[name] = Work(name, label, function)
        return function

    return register


def known_work(name: str) -> Work:
    """The piece of work of that name. Raises LookupError."""
    return _known[name]


def progress_key(job_id: int) -> str:
    """Where the progress of a running job is kept."""
    return f"firstbell.job.{job_id}"
