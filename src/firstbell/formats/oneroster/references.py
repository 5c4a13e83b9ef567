"""Whether ids are unique and every reference of the package leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from firstbell.formats.columns import Column
from firstbell.formats.delimited import Findings
from firstbell.formats.oneroster.layout import Layout
from firstbell.formats.oneroster.package import Mode, Package, Sheet
from firstbell.kernel.finding import Finding


def check_references(package: Package, layout: Layout) -> Iterator[Finding]:
    """Findings for ids that repeat and references that lead nowhere.

    References of a bulk file resolve inside the package. Those of a delta file may point to rows sent
    earlier; those into a delta file too, because it holds changes only.
    """
    for file, sheet in package.sheets.items():
        findings = Findings(f"{file}.csv")
        _duplicates(sheet, findings)
        if sheet.mode is Mode.BULK:
            same = layout.same_id.get(file)
            if same:
                _resolve(package, sheet, Column("sourcedId", True, "ref", same), findings)
            for column in layout.references(file):
                _resolve(package, sheet, column, findings)
            for _, column in layout.tolerated.get(file, {}).values():
                _resolve(package, sheet, column, findings)
        yield from findings.all()


def _duplicates(sheet: Sheet, findings: Findings) -> None:
    first: dict[str, int] = {}
    for row in sheet.rows:
        own = row["sourcedId"]
        if own and first.setdefault(own, row.number) != row.number:
            findings.error(
                "reference.duplicate_sourced_id",
                f"sourcedId {own[:255]} stands already in row {first[own]}",
                "give each record an id of its own",
                row.number,
                "sourcedId",
            )


def _resolve(package: Package, sheet: Sheet, column: Column, findings: Findings) -> None:
    target = package.sheets.get(column.target)
    name = column.name
    if target is None:
        row = next((row for row in sheet.rows if row[name]), None)
        if row is not None and package.modes.get(column.target, Mode.ABSENT) is Mode.ABSENT:
            findings.error(
                "reference.missing_target_file",
                f"{name} refers to {column.target}.csv, which the manifest says is absent",
                f"send {column.target}.csv too, or empty the column",
                row.number,
                name,
            )
        return
    if target.mode is Mode.DELTA or not target.complete:
        return
    known = target.by_id
    several = column.type == "refs"
    for row in sheet.rows:
        text = row[name]
        if not text or text in known:
            continue
        for wanted in row.list(name) if several else (text,):
            if wanted not in known:
                findings.error(
                    "reference.missing_target_record",
                    f"{wanted[:255]} is not in {column.target}.csv",
                    f"add the record to {column.target}.csv, or correct the reference",
                    row.number,
                    name,
                )
