"""Reading a set of School Data Sync files: which version, each file by its columns, then the references."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from firstbell.formats.archive import Limits, open_container
from firstbell.formats.columns import Column, row_width, taker
from firstbell.formats.delimited import Findings, Records, Row
from firstbell.formats.sds.layout import Layout, layout, version_of
from firstbell.kernel.finding import Finding, Refused, any_refuses, error, warning

_STEP_HEADER = "use the column names of School Data Sync word for word; capitals matter"


@dataclass(slots=True)
class Sheet:
    """The rows of one file. ``complete``: no header and no row of it was lost while reading."""

    columns: tuple[str, ...] = ()
    rows: list[Row] = field(default_factory=list)
    complete: bool = True


@dataclass(slots=True)
class SdsFiles:
    """A set of files. With a finding that refuses, the rows are what could be read: never apply them."""

    version: str = ""
    sheets: dict[str, Sheet] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether a finding refuses the whole."""
        return any_refuses(self.findings)

    def rows(self, file: str) -> list[Row]:
        """The rows of a file; none where it was not sent."""
        sheet = self.sheets.get(file)
        return sheet.rows if sheet else []

    def says(self, file: str, column: str) -> bool:
        """Whether the file was sent with that column."""
        sheet = self.sheets.get(file)
        return sheet is not None and column in sheet.columns


def read_sds(
    path: Path,
    *,
    lenient_headers: bool = False,
    slashed_dates: bool | None = None,
    limits: Limits | None = None,
) -> SdsFiles:
    """Read the School Data Sync files of a folder or a zip, with every fault found.

    ``lenient_headers`` passes over foreign columns with a warning; ``slashed_dates`` says whether the
    source writes ``M/D/YYYY`` (None: as the samples of its version do). Nothing is raised for what the
    files hold: look at ``refused`` before using the rows.
    Source: Microsoft School Data Sync CSV V1, V2, V2.1.
    """
    found = SdsFiles()
    container = open_container(path, limits=limits)
    found.findings.extend(container.findings)
    names = {Path(name).stem: name for name in container.names if "/" not in name and _is_csv(name)}
    version = version_of(names)
    if version is None:
        if not any_refuses(found.findings):
            found.findings.append(_no_version())
        return found
    found.version = version
    shape = layout(version, slashed_dates)
    by_name = {file.lower(): file for file in shape.files}
    try:
        for name in container.names:
            file = by_name.get(Path(name).stem.lower()) if "/" not in name and _is_csv(name) else None
            if file is None or file in found.sheets:
                found.findings.append(_not_read(name, version, twice=file is not None))
                continue
            told = Findings(name)
            with container.open(name) as stream:
                found.sheets[file] = _sheet(stream, shape.files[file], told, lenient=lenient_headers)
            found.findings.extend(told.all())
    except Refused as refusal:
        # the archive broke or passed a limit while it was read
        found.findings.extend(refusal.findings)
    for file in found.sheets:
        found.findings.extend(_references(found, file, shape))
    found.findings.sort(key=lambda finding: not finding.refuses)
    return found


def _is_csv(name: str) -> bool:
    return name.lower().endswith(".csv")


def _no_version() -> Finding:
    return error(
        "package.unknown_version",
        "the files are not those of School Data Sync: School.csv and Student.csv, or orgs.csv and users.csv",
        "name the folder or the zip that holds them, the files at its root",
    )


def _not_read(name: str, version: str, *, twice: bool) -> Finding:
    if twice:
        return error(
            "package.duplicate_file",
            "the file is there twice, its name in other capitals",
            "keep one of the two",
            file=name,
        )
    return warning(
        "package.file_skipped",
        f"School Data Sync {version} has no such file; it was not read",
        "nothing to do, unless its name is misspelt",
        file=name,
    )


def _sheet(stream: BinaryIO, columns: tuple[Column, ...], findings: Findings, *, lenient: bool) -> Sheet:
    records = Records(stream, findings)
    header = records.header
    if header is None or not any(header):
        findings.error("table.missing_header", "the file has no header row", _STEP_HEADER, 1)
        return Sheet(complete=False)
    if not _check_header(header, columns, findings, lenient=lenient):
        return Sheet(complete=False)
    sheet = Sheet(tuple(header))
    known = {column.name: column for column in columns}
    index = {name: place for place, name in enumerate(header) if name in known and not known[name].dropped}
    takers = [taker(known[name], place, findings) for place, name in enumerate(header) if name in known]
    for number, row in records:
        if len(row) != len(header):
            row_width(findings, number, len(row), len(header))
            sheet.complete = False
            continue
        for take in takers:
            take(row, number)
        sheet.rows.append(Row(index, number, tuple(row)))
    return sheet


def _check_header(
    header: list[str], columns: tuple[Column, ...], findings: Findings, *, lenient: bool
) -> bool:
    """Whether the rows can be read by this header."""
    readable = True
    known = {column.name for column in columns}
    for place, name in enumerate(header):
        if name in header[:place]:
            findings.error(
                "table.duplicate_header", f"column {name[:80]} stands there twice", "keep one", 1, name[:80]
            )
            readable = False
        elif name not in known:
            tell = findings.warn if lenient else findings.error
            tell(
                "schema.unknown_header",
                f"School Data Sync has no column {name[:80]!r} in this file",
                "correct its name, or set the source to lenient headers to pass over it",
                1,
                name[:80],
            )
    for column in columns:
        if column.required and column.name not in header:
            findings.error(
                "schema.missing_header", f"column {column.name} is missing", _STEP_HEADER, 1, column.name
            )
            readable = False
    return readable


def _references(found: SdsFiles, file: str, shape: Layout) -> list[Finding]:
    """Ids that repeat and references that lead nowhere; the whole is always sent, so each must resolve."""
    findings = Findings(f"{file}.csv")
    sheet = found.sheets[file]
    for column in shape.files[file]:
        if column.type == "id" and file not in ("Student", "Teacher"):
            _repeated(sheet, column.name, findings)
        if not column.refers or column.name not in sheet.columns:
            continue
        target = found.sheets.get(column.target)
        code = "reference.missing_target_record" if target else "reference.missing_target_file"
        if target is not None and not target.complete:
            continue
        own = next(c.name for c in shape.files[column.target] if c.type == "id")
        present = {row[own] for row in target.rows} if target else set()
        for row in sheet.rows:
            for wanted in row.list(column.name) if column.type == "refs" else [row[column.name]]:
                if wanted and wanted not in present:
                    findings.error(
                        code,
                        f"{wanted} is not in {column.target}.csv"
                        + ("" if target else ", which was not sent"),
                        f"add the record to {column.target}.csv, or correct the reference",
                        row.number,
                        column.name,
                    )
    return findings.all()


def _repeated(sheet: Sheet, name: str, findings: Findings) -> None:
    first: dict[str, int] = {}
    for row in sheet.rows:
        if first.setdefault(row[name], row.number) != row.number:
            findings.error(
                "reference.duplicate_sourced_id",
                f"{name} {row[name]} stands already in row {first[row[name]]}",
                "give each record an id of its own",
                row.number,
                name,
            )
