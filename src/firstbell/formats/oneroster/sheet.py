"""One file of a package: its header against the layout, then every cell against its type."""

from __future__ import annotations

from typing import BinaryIO

from firstbell.formats.columns import Column, Taker, row_width, taker
from firstbell.formats.delimited import Findings, Records, Row
from firstbell.formats.oneroster.layout import METADATA, Layout
from firstbell.formats.oneroster.package import Mode, Sheet

_STEP_HEADER = "use the header of the OneRoster version word for word; capitals matter"


def read_sheet(
    stream: BinaryIO, file: str, mode: Mode, layout: Layout, findings: Findings, *, lenient: bool
) -> Sheet:
    """Read the rows of one file; what is wrong goes to ``findings``."""
    sheet = Sheet(file, mode)
    records = Records(stream, findings)
    if records.header is None or not any(records.header):
        findings.error("table.missing_header", "the file has no header row", _STEP_HEADER, 1)
        sheet.complete = False
        return sheet
    header = records.header
    columns = check_header(header, file, layout, findings, lenient=lenient)
    if columns is None:
        sheet.complete = False
        return sheet
    sheet.complete = {c.name for c in layout.columns(file)} <= set(header)
    sheet.columns = tuple(header)
    sheet.extensions = tuple(name for name in header if name not in columns)
    index = {name: place for place, name in enumerate(header)}
    for name in [name for name, column in columns.items() if column.dropped]:
        del index[name]
    takers = [taker(column, header.index(name), findings) for name, column in columns.items()]
    takers.append(_mode_taker(header, mode, findings))
    width = len(header)
    for number, row in records:
        if len(row) != width:
            row_width(findings, number, len(row), width)
            sheet.complete = False
            continue
        for take in takers:
            take(row, number)
        sheet.rows.append(Row(index, number, tuple(row)))
    return sheet


def check_header(
    header: list[str], file: str, layout: Layout, findings: Findings, *, lenient: bool
) -> dict[str, Column] | None:
    """The columns found, by name; None where the header names a column twice or not at all."""
    readable = True
    for place, name in enumerate(header):
        if not name.strip():
            findings.error("table.empty_header_name", f"column {place + 1} has no name", _STEP_HEADER, 1)
            readable = False
        elif name in header[:place]:
            findings.error(
                "table.duplicate_header",
                f"column {name[:80]} stands there twice",
                "keep one of the two",
                1,
                name[:80],
            )
            readable = False
    known = {column.name: column for column in layout.columns(file)}
    tolerated = layout.tolerated.get(file, {})
    for name in known:
        if name not in header:
            findings.error("schema.missing_header", f"column {name} is missing", _STEP_HEADER, 1, name)
    _strangers(header, known, tolerated, findings, lenient=lenient)
    _order(header, known, findings, lenient=lenient)
    if not readable:
        return None
    extra = {name: column for name, (_, column) in tolerated.items()}
    return {name: column for name in header if (column := known.get(name) or extra.get(name))}


def _strangers(
    header: list[str],
    known: dict[str, Column],
    tolerated: object,
    findings: Findings,
    *,
    lenient: bool,
) -> None:
    """Columns the version does not have."""
    places = [place for place, name in enumerate(header) if name in known]
    last = max(places, default=-1)
    for place, name in enumerate(header):
        if name in known or not name.strip():
            continue
        if isinstance(tolerated, dict) and name in tolerated:
            findings.warn(
                "schema.early_column",
                f"column {name} is of early exporters and was read",
                "leave the column out",
                1,
                name,
            )
        elif name.startswith(METADATA):
            if place < last and not lenient:
                findings.error(
                    "schema.metadata_column_position",
                    f"{name[:80]} stands before the last column",
                    "put metadata columns after all others",
                    1,
                    name[:80],
                )
        elif lenient:
            findings.warn(
                "schema.unknown_header",
                f"column {name[:80]} is not of OneRoster and was passed over",
                "nothing to do",
                1,
                name[:80],
            )
        else:
            findings.error(
                "schema.unknown_header",
                f"OneRoster has no column {name[:80]} in this file",
                "correct its name, name it metadata.<vendor>.<name>, or set the source to lenient headers",
                1,
                name[:80],
            )


def _order(header: list[str], known: dict[str, Column], findings: Findings, *, lenient: bool) -> None:
    found = [name for name in header if name in known]
    wanted = [name for name in known if name in header]
    if found == wanted or len(set(found)) < len(found):
        return
    first = next(name for name, right in zip(found, wanted, strict=True) if name != right)
    tell = findings.warn if lenient else findings.error
    tell(
        "schema.header_order_mismatch",
        f"column {first} does not stand in its place",
        "write the columns in the order of the standard, or set the source to lenient headers",
        1,
        first,
    )


def _mode_taker(header: list[str], mode: Mode, findings: Findings) -> Taker:
    """Status and time are empty in bulk files and filled in delta files."""
    places = [header.index(name) if name in header else -1 for name in ("status", "dateLastModified")]
    status, modified = places

    def bulk(row: list[str], number: int) -> None:
        word = row[status] if status >= 0 else ""
        if word == "active":
            findings.warn(
                "row.active_in_bulk",
                "status active in a bulk file was read as empty",
                "leave status and dateLastModified empty in bulk files",
                number,
                "status",
            )
            row[status] = ""
            if modified >= 0:
                row[modified] = ""
            return
        for name, place in (("status", status), ("dateLastModified", modified)):
            if place >= 0 and row[place]:
                findings.error(
                    "row.field_forbidden_in_bulk",
                    f"{name} is filled in a bulk file",
                    "leave it empty, or say delta in the manifest",
                    number,
                    name,
                )

    def delta(row: list[str], number: int) -> None:
        for name, place in (("status", status), ("dateLastModified", modified)):
            if place >= 0 and not row[place]:
                findings.error(
                    "row.field_required_in_delta",
                    f"{name} is empty in a delta file",
                    "fill status and dateLastModified in every row",
                    number,
                    name,
                )

    return bulk if mode is Mode.BULK else delta
