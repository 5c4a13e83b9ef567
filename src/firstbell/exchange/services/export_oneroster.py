"""Writing a OneRoster package: its rows, its disclosure and its file together, or none of them."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from firstbell.exchange.data import KeptRecord
from firstbell.exchange.rules.leaving_records import BESIDE
from firstbell.exchange.rules.oneroster_out import Export, export_of
from firstbell.exchange.selectors.kept import kept_for
from firstbell.formats.oneroster import Mode, Package, changes, read_package, write_package
from firstbell.kernel.finding import Finding, Refused, error
from firstbell.people.api import roster_for, students_of_ids
from firstbell.people.data import Roster
from firstbell.platform.access import DataClass, NotAllowed, Scope, Viewer
from firstbell.platform.disclosure import Release, record_disclosure
from firstbell.platform.writing import writing

#: parts that may be left at home
PARTS = ("contacts", "demographics", "marks")
SYSTEM = "Firstbell"
#: what a name in the audit chain may not hold
_NOT_PLAIN = re.compile(r"[^a-z0-9_.:-]")
_MARKS = ("categories", "lineItems", "results")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who gets a package, on what ground and for what."""

    party: str
    purpose: str
    basis: str = "school_official"
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """A package that was written: rows by file, its SHA-256, the number of its disclosure."""

    path: Path
    version: str
    rows: dict[str, int]
    sha256: str
    students: int
    disclosure: int
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class _Content:
    """What goes into the package."""

    tables: dict[str, list[dict[str, str]]]
    extensions: dict[str, tuple[str, ...]]
    modes: dict[str, Mode]
    findings: list[Finding] = field(default_factory=list)


def export_oneroster(
    viewer: Viewer,
    path: Path,
    version: str,
    *,
    recipient: Recipient,
    without: frozenset[str] = frozenset(),
    since: Path | None = None,
    at: datetime | None = None,
) -> ExportResult:
    """Write a OneRoster ``version`` package to ``path`` (a folder takes ``oneroster-<version>.zip``).

    ``since`` is a bulk package sent earlier: then only what changed from it goes out, as delta, dated
    ``at`` (now). ``without`` names parts that stay. The disclosure, its audit row and the file belong
    together: the file appears when the rows are committed. The same facts give the same bytes. Raises
    NotAllowed for a viewer who keeps no building's or district's records, Refused with findings.
    """
    _require(viewer)
    target = path / f"oneroster-{version}.zip" if path.is_dir() else path
    before = _earlier(since, version) if since else None
    with _beside(target) as file, transaction.atomic(durable=True), writing():
        roster = roster_for(viewer)
        content = _content(viewer, roster, version, without)
        if before is not None:
            content = _changes(before, content, at or timezone.now())
        write_package(
            file,
            version,
            content.tables,
            modes=content.modes,
            extensions=content.extensions,
            system_name=SYSTEM,
        )
        _read_back(file)
        digest = _sha256(file)
        users = {row["sourcedId"] for row in content.tables.get("users", ())}
        students = students_of_ids(users & {student.key for student in roster.students or ()})
        number = record_disclosure(viewer, _release(recipient, content, digest), students)
    return ExportResult(
        target,
        version,
        {name: len(rows) for name, rows in content.tables.items()},
        digest,
        len(students),
        number,
        tuple(content.findings),
    )


def _require(viewer: Viewer) -> None:
    """Whole packages leave with those who keep records of a building or the district."""
    wide = {Scope.BUILDING, Scope.DISTRICT}
    for data_class in (DataClass.DIRECTORY, DataClass.ENROLLMENT):
        if not viewer.purpose and not any(
            wide & cell.scopes and not (cell.fields or cell.masked or cell.suppressed)
            for _, cell in viewer.cells(data_class)
        ):
            raise NotAllowed(f"exporting {data_class.name.lower()} records")


def _content(viewer: Viewer, roster: Roster, version: str, without: frozenset[str]) -> _Content:
    if "contacts" in without:
        roster.contacts, roster.student_contacts = [], []
    kept: Iterator[KeptRecord] = kept_for(viewer)
    if "marks" in without:
        kept = (record for record in kept if record.kind in BESIDE)
    export: Export = export_of(roster, version, kept=kept, demographics="demographics" not in without)
    modes = dict.fromkeys(export.tables, Mode.BULK)
    return _Content(export.tables, export.extensions, modes, export.findings)


def _earlier(path: Path, version: str) -> Package:
    """A package sent before, of the same version and bulk throughout."""
    package = read_package(path)
    if package.refused:
        raise Refused(package.findings)
    if package.version != version or Mode.DELTA in package.modes.values():
        raise Refused(
            [
                error(
                    "export.no_base",
                    f"{path.name} is not a bulk package of OneRoster {version}",
                    "name the last bulk package of this version that was sent, or export bulk",
                    file=path.name,
                )
            ]
        )
    return package


def _changes(before: Package, content: _Content, at: datetime) -> _Content:
    """The delta from a package sent before; a file that only one of them has changed as a whole."""
    old = {name: [row.filled() for row in sheet.rows] for name, sheet in before.sheets.items()}
    files = {**old, **content.tables}
    tables = changes(
        {name: old.get(name, []) for name in files},
        {name: content.tables.get(name, []) for name in files},
        at,
    )
    extensions = {name: _columns(before, content.extensions, name) for name in files}
    return _Content(tables, extensions, dict.fromkeys(files, Mode.DELTA), content.findings)


def _columns(before: Package, extensions: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    sheet = before.sheets.get(name)
    return tuple(dict.fromkeys((*extensions.get(name, ()), *(sheet.extensions if sheet else ()))))


def _read_back(file: Path) -> None:
    """No package leaves that a reader would refuse."""
    package = read_package(file)
    if package.refused:
        faults = [finding for finding in package.findings if finding.refuses]
        raise RuntimeError(f"the package written is not one: {faults[0].code} in {faults[0].place}")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _release(recipient: Recipient, content: _Content, digest: str) -> Release:
    """What the record of disclosures says of the package."""
    files = content.tables
    classes = [DataClass.DIRECTORY, DataClass.CONTACT, DataClass.ENROLLMENT]
    if any(name in files for name in _MARKS):
        classes.append(DataClass.GRADEBOOK)
    classes.append(DataClass.STAFF)
    fields = []
    for name, rows in files.items():
        filled = {column for row in rows for column, value in row.items() if value}
        fields += [_NOT_PLAIN.sub("_", f"{name}.{column}".lower()) for column in sorted(filled)]
    return Release(
        party=recipient.party,
        basis=recipient.basis,
        purpose=recipient.purpose,
        agreement=recipient.agreement,
        channel="export:oneroster",
        data_classes=tuple(classes),
        fields=tuple(fields),
        file_hash=digest,
    )


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A file beside ``target``, its owner's alone, that takes its place when all went well."""
    try:
        handle, name = tempfile.mkstemp(prefix=".firstbell-", suffix=".zip", dir=target.parent)
    except OSError as problem:
        raise Refused(
            [
                error(
                    "export.cannot_write",
                    f"{target.name} cannot be written: {problem.strerror}",
                    "name a file in a folder that exists and may be written to",
                    file=target.name,
                )
            ]
        ) from None
    os.close(handle)
    file = Path(name)
    try:
        yield file
        file.replace(target)
    finally:
        file.unlink(missing_ok=True)
