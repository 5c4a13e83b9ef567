"""The manifest: which version, and which mode each file has."""

from __future__ import annotations

from firstbell.formats.delimited import Findings, Records
from firstbell.formats.oneroster.layout import VERSIONS, layout
from firstbell.formats.oneroster.package import Mode, Package

HEADER = ["propertyName", "value"]
MANIFEST_VERSION = "1.0"
_OPTIONAL = ("source.systemName", "source.systemCode")


def read_manifest(package: Package, records: Records, findings: Findings, names: set[str]) -> None:
    """Fill version, modes and source of ``package``; the version stays empty where none can be told."""
    if records.header != HEADER:
        findings.error(
            "manifest.invalid_header",
            "the header of the manifest is not propertyName,value",
            "write propertyName,value as its first row",
            1,
        )
        return
    properties = _properties(records, findings)
    _versions(package, properties, findings)
    package.source_name = properties.get("source.systemName", (0, ""))[1]
    package.source_code = properties.get("source.systemCode", (0, ""))[1]
    if package.version:
        _modes(package, properties, findings, names)


def _properties(records: Records, findings: Findings) -> dict[str, tuple[int, str]]:
    properties: dict[str, tuple[int, str]] = {}
    for number, cells in records:
        if len(cells) != len(HEADER):
            findings.error(
                "table.row_width_mismatch",
                f"the row has {len(cells)} cells, the header 2",
                "write a name and a value",
                number,
            )
            continue
        name, value = cells
        if name in properties:
            findings.error(
                "manifest.duplicate_property",
                f"{name[:80]} stands in the manifest twice",
                "keep one of the two rows",
                number,
                name[:80],
            )
            continue
        properties[name] = (number, value)
    return properties


def _missing(findings: Findings, name: str, step: str) -> None:
    findings.error("manifest.missing_property", f"the manifest has no {name}", step, column=name)


def _versions(package: Package, properties: dict[str, tuple[int, str]], findings: Findings) -> None:
    for name, allowed in (("manifest.version", (MANIFEST_VERSION,)), ("oneroster.version", VERSIONS)):
        if name not in properties:
            _missing(findings, name, f"add a row {name},{allowed[-1]}")
            continue
        row, value = properties[name]
        if value not in allowed:
            findings.error(
                "manifest.invalid_version",
                f"{name} is {value[:20]!r}, which is not read here",
                f"use {' or '.join(allowed)}",
                row,
                name,
            )
        elif name == "oneroster.version":
            package.version = value


def _modes(
    package: Package, properties: dict[str, tuple[int, str]], findings: Findings, names: set[str]
) -> None:
    files = {f"file.{file}": file for file in layout(package.version).files}
    for name, (row, _) in properties.items():
        if name not in files and name not in ("manifest.version", "oneroster.version", *_OPTIONAL):
            findings.error(
                "manifest.unknown_property",
                f"OneRoster {package.version} has no property {name[:80]}",
                "remove the row, or correct its name; capitals matter",
                row,
                name[:80],
            )
    for name, file in files.items():
        if name not in properties:
            _missing(findings, name, f"add a row {name} with bulk, delta or absent")
            continue
        row, value = properties[name]
        if value not in tuple(Mode):
            findings.error(
                "manifest.invalid_file_mode",
                f"{name} is {value[:20]!r}",
                "use bulk, delta or absent",
                row,
                name,
            )
            continue
        mode = package.modes[file] = Mode(value)
        _compare(findings, file, mode, row, present=f"{file}.csv" in names)


def _compare(findings: Findings, file: str, mode: Mode, row: int, *, present: bool) -> None:
    if mode is Mode.ABSENT and present:
        findings.error(
            "manifest.file_unexpected",
            f"{file}.csv is in the package though the manifest says absent",
            "say bulk or delta in the manifest, or leave the file out",
            row,
            f"file.{file}",
        )
    if mode is not Mode.ABSENT and not present:
        findings.error(
            "manifest.file_missing",
            f"the manifest says {mode} but {file}.csv is not in the package",
            "add the file, or say absent in the manifest",
            row,
            f"file.{file}",
        )
