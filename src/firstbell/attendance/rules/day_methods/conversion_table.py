"""Conversion table: periods present look up the day's value, morning and afternoon apart if wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from firstbell.attendance.data import CodeKind, PeriodAttendance


def day_fraction(periods: Sequence[PeriodAttendance], options: Mapping[str, Any]) -> Fraction:
    """The table's value for the periods present; by session, the sessions' values added, at most 1."""
    if not options["by_session"]:
        return _looked_up(_present(periods), options["table"])
    values = [
        _looked_up(_present([p for p in periods if p.session == session]), table)
        for session, table in options["by_session"].items()
    ]
    return min(sum(values, Fraction(0)), Fraction(1))


def _present(periods: Sequence[PeriodAttendance]) -> Fraction:
    worth = {CodeKind.PRESENT: Fraction(1), CodeKind.HALF: Fraction(1, 2), CodeKind.ABSENT: Fraction(0)}
    return sum((worth[p.code.kind] for p in periods if p.code is not None), Fraction(0))


def _looked_up(present: Fraction, table: Mapping[int, str]) -> Fraction:
    reached = [count for count in table if count <= present]
    return Fraction(str(table[max(reached)])) if reached else Fraction(0)
