"""The district's own code table, begun from the starter table."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from firstbell.attendance.data import AttendanceCode
from firstbell.attendance.models import AttendanceCodeRow
from firstbell.attendance.rules.codes import starter_codes


def ensure_codes(begin: date | None = None) -> int:
    """Give a district without codes the starter table; answers how many were added."""
    if AttendanceCodeRow.objects.exists():
        return 0
    rows = [_row(code) for code in starter_codes(begin)]
    AttendanceCodeRow.objects.bulk_create(rows, ignore_conflicts=True)  # somebody may do so just now
    return len(rows)


def _row(code: AttendanceCode) -> AttendanceCodeRow:
    values = asdict(code)
    values["titles"] = dict(code.titles)
    return AttendanceCodeRow(**values)
