"""The consecutive-absence alert: so many days in a row without seeing the student."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AbsenceRun:
    """Days in a row on which a student was absent all day; ends inclusive."""

    begin: date
    end: date
    days: int


def current_run(days: Iterable[tuple[date, bool | None]]) -> AbsenceRun | None:
    """The run that lasts until now, from (taught day, absent all day) in any order; None without one.

    A day whose roll is not taken (None) neither counts nor breaks the run; days off are not given at all.
    """
    begin = end = None
    count = 0
    for day, absent in sorted(days, reverse=True):
        if absent is None:
            continue
        if not absent:
            break
        begin, end, count = day, end or day, count + 1
    return AbsenceRun(begin, end, count) if begin is not None and end is not None else None


def alerts(days: Iterable[tuple[date, bool | None]], threshold: int) -> AbsenceRun | None:
    """The current run where it has reached ``threshold`` days, else None. Raises ValueError below 1."""
    if threshold < 1:
        raise ValueError("the alert needs a threshold of at least 1 day")
    run = current_run(days)
    return run if run is not None and run.days >= threshold else None
