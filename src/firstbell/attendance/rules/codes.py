"""The code table: which codes may be written when, by whom, and what a table must hold to be sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from firstbell import params
from firstbell.attendance.data import AttendanceCode, CodeKind, ReasonClass, Said, StateCategory
from firstbell.kernel.finding import Finding, error, warning

STARTER = Path(__file__).resolve().parent.parent / "tables" / "codes.yaml"
LONGEST = 3


def starter_codes(begin: date | None = None) -> tuple[AttendanceCode, ...]:
    """The starter table, in screen order; ``begin`` is the first day of the district's own table.

    >>> [code.code for code in starter_codes()][:4]
    ['P', 'T', 'L', 'A']
    """
    table = params.document(STARTER)
    return tuple(
        _from_row(row, order, begin or table["start"]) for order, row in enumerate(table["codes"], start=1)
    )


def _from_row(row: Mapping[str, Any], order: int, begin: date) -> AttendanceCode:
    return AttendanceCode(
        **{
            **row,
            "titles": tuple(row["titles"].items()),
            "kind": CodeKind(row["kind"]),
            "reason": ReasonClass(row["reason"]),
            "state_category": StateCategory(row["state_category"]),
            "begin": begin,
            "order": order,
        }
    )


def codes_on(day: date, codes: Iterable[AttendanceCode]) -> dict[str, AttendanceCode]:
    """The codes valid on ``day``, by code, in screen order."""
    return {c.code: c for c in sorted(codes, key=lambda c: (c.order, c.code)) if c.valid_on(day)}


def default_code(codes: Mapping[str, AttendanceCode]) -> AttendanceCode | None:
    """The code with which every student starts on screen, or None where the table names none."""
    return next((code for code in codes.values() if code.default), None)


def unverified_code(codes: Mapping[str, AttendanceCode]) -> AttendanceCode | None:
    """The code of an absence that nobody has explained yet: the first that a teacher may write, absent and
    without valid excuse. None where the table has none."""
    return next(
        (
            code
            for code in codes.values()
            if code.kind is CodeKind.ABSENT and code.reason is ReasonClass.UNEXCUSED and not code.office_only
        ),
        None,
    )


def check_entry(
    said: Said, codes: Mapping[str, AttendanceCode], *, office: bool, ahead: bool = False
) -> list[Finding]:
    """What is wrong with writing ``said`` under the codes valid that day; empty when nothing is.

    ``office``: the attendance office writes; ``ahead``: as a known future absence.
    """
    code = codes.get(said.code)
    if code is None:
        known = ", ".join(c.code for c in codes.values() if office or not c.office_only)
        return [error("attendance.code.unknown", f"{said.code} is not a code on that day", f"use {known}")]
    return list(_faults(said, code, office=office, ahead=ahead))


def _faults(said: Said, code: AttendanceCode, *, office: bool, ahead: bool) -> Iterator[Finding]:
    if code.office_only and not office:
        yield error(
            "attendance.code.office_only",
            f"{code.code} is written by the attendance office only",
            "mark the student absent; the office sets the reason",
        )
    if ahead and not code.future:
        yield error(
            "attendance.code.not_ahead",
            f"{code.code} cannot be entered for a coming absence",
            "choose a code that is usable for future absences",
        )
    if code.needs_comment and not said.comment.strip():
        yield error("attendance.code.comment", f"{code.code} needs a comment", "write why in a few words")
    minutes = [m for m in (said.minutes_late, said.minutes_early) if m is not None]
    if any(m < 0 for m in minutes):
        yield error("attendance.code.minutes", "minutes cannot be negative", "enter 0 or more minutes")
    if code.needs_minutes and not minutes:
        yield warning(
            "attendance.code.minutes",
            f"{code.code} was written without minutes",
            "add the minutes; without them the time missed counts as none",
        )


def check_table(codes: Iterable[AttendanceCode]) -> list[Finding]:
    """What is wrong with a code table: lengths, doubles in time, keys in use twice, no single default."""
    rows = sorted(codes, key=lambda c: (c.code, c.begin))
    findings = [finding for row in rows for finding in _row_faults(row)]
    for earlier, later in pairwise(rows):
        if earlier.code == later.code and (earlier.end is None or later.begin <= earlier.end):
            findings.append(
                error(
                    "attendance.code.overlap",
                    f"{later.code} starts on {later.begin} while its earlier row is still valid",
                    "end the earlier row on the day before",
                    column=later.code,
                )
            )
    for day in sorted({row.begin for row in rows}):
        findings += _faults_on(day, codes_on(day, rows))
    return findings


def _row_faults(row: AttendanceCode) -> Iterator[Finding]:
    if not 1 <= len(row.code) <= LONGEST:
        yield error(
            "attendance.code.length", f"{row.code!r} is not 1 to 3 characters", "shorten it", column=row.code
        )
    if len(row.key) != 1:
        yield error(
            "attendance.code.key",
            f"{row.code} needs one key letter",
            "give it one that is free",
            column=row.code,
        )
    if row.end is not None and row.end < row.begin:
        yield error(
            "attendance.code.dates", f"{row.code} ends before it begins", "mend the dates", column=row.code
        )


def _faults_on(day: date, valid: Mapping[str, AttendanceCode]) -> Iterator[Finding]:
    defaults = [code.code for code in valid.values() if code.default]
    if len(defaults) != 1:
        named = ", ".join(defaults) or "none"
        yield error(
            "attendance.code.default",
            f"exactly one code is the default; on {day} it is {named}",
            "mark one code, usually P, as the default",
        )
    for key, times in Counter(code.key.lower() for code in valid.values()).items():
        if times > 1:
            yield error(
                "attendance.code.key",
                f"the key letter {key} belongs to {times} codes on {day}",
                "give each code its own letter",
            )


def end_code(code: AttendanceCode, last_day: date, *, used_through: date | None) -> list[Finding]:
    """What stands against ending ``code`` after ``last_day``: rows that use it on later days."""
    if used_through is None or used_through <= last_day:
        return []
    return [
        error(
            "attendance.code.in_use",
            f"{code.code} is used until {used_through}",
            f"end it on {used_through} or later, or change the later rows first",
            column=code.code,
        )
    ]
