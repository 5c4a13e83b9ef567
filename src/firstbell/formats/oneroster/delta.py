"""What changed between two snapshots, as the rows of delta files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

Cells = Mapping[str, str]


def changes(
    before: Mapping[str, Iterable[Cells]], after: Mapping[str, Iterable[Cells]], at: datetime
) -> dict[str, list[dict[str, str]]]:
    """Rows of ``after`` that are new or differ (active) and rows that it lacks (tobedeleted), by file.

    ``at`` is the UTC instant of the change, written in dateLastModified. A file that one of the
    snapshots does not speak of is left out; a file without changes is an empty list.
    """
    if at.tzinfo is None:
        raise ValueError("the instant of a change needs a time zone")
    utc = at.astimezone(UTC)
    stamp = f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"
    return {file: _changes(before[file], after[file], stamp) for file in after if file in before}


def _changes(before: Iterable[Cells], after: Iterable[Cells], stamp: str) -> list[dict[str, str]]:
    old = {row["sourcedId"]: _filled(row) for row in before}
    rows = []
    for row in after:
        cells = _filled(row)
        if old.pop(row["sourcedId"], None) != cells:
            rows.append({**cells, "status": "active", "dateLastModified": stamp})
    rows.extend({**cells, "status": "tobedeleted", "dateLastModified": stamp} for cells in old.values())
    return sorted(rows, key=lambda row: row["sourcedId"])


def _filled(row: Cells) -> dict[str, str]:
    return {
        name: value for name, value in row.items() if value and name not in ("status", "dateLastModified")
    }
