"""Days that change after their period was closed: the closed figures stay, an amended version may be due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from firstbell.attendance.models import AttendanceLock


def mark_stale(schools: Iterable[int], since: date, through: date | None = None) -> None:
    """Note that days from ``since`` (to ``through``) of these schools changed. One query."""
    locks = AttendanceLock.objects.filter(school__in=list(schools), through__gte=since, stale=False)
    if through is not None:
        locks = locks.filter(begin__lte=through)
    locks.update(stale=True)
