"""A list as a file: the same columns, recorded before it leaves."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse

from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.audit import record
from firstbell.platform.ui.columns import Table

#: a cell that begins so would be run as a formula by a spreadsheet
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def download(
    viewer: Viewer, table: Table, file_name: str, *, data_classes: Iterable[DataClass], purpose: str
) -> HttpResponse:
    """The whole table as CSV (UTF-8 with a mark, so that spreadsheets read it right).

    The export is written to the audit chain first: no record, no file. A cell that a spreadsheet would
    take for a formula is written with an apostrophe before it (ASVS 5.0.0, 1.2.10).
    """
    text = io.StringIO()
    writer = csv.writer(text)
    rows = 0
    for row in table.as_values():
        writer.writerow([_plain(cell) for cell in row])
        rows += 1
    record(
        viewer,
        "record.export",
        "list",
        file_name,
        data_classes=tuple(data_classes),
        count=max(rows - 1, 0),
        reason=purpose,
    )
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _plain(cell: object) -> str:
    text = "" if cell is None else str(cell)
    if text.startswith(_FORMULA) and not text.lstrip("-").replace(".", "", 1).isdigit():
        return f"'{text}"
    return text
