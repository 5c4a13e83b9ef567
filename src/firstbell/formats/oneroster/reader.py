"""Reading a package, stage by stage: container, manifest, headers and cells, references, meaning."""

from __future__ import annotations

from pathlib import Path

from firstbell.formats.archive import Container, Limits, open_container
from firstbell.formats.delimited import Findings, Records
from firstbell.formats.oneroster.layout import Layout, layout
from firstbell.formats.oneroster.manifest import read_manifest
from firstbell.formats.oneroster.meaning import check_meaning
from firstbell.formats.oneroster.package import Mode, Package
from firstbell.formats.oneroster.references import check_references
from firstbell.formats.oneroster.sheet import read_sheet
from firstbell.kernel.finding import Finding, Refused, any_refuses, error, warning

MANIFEST = "manifest.csv"


def read_package(
    path: Path,
    *,
    lenient_headers: bool = False,
    inclusive_ends: bool = False,
    limits: Limits | None = None,
) -> Package:
    """Read a OneRoster 1.1 or 1.2 CSV package from a zip or a folder, with every fault found.

    ``lenient_headers`` takes columns in any order and passes over foreign ones with a warning;
    ``inclusive_ends`` says that the source writes the last day where OneRoster writes the day after.
    Nothing is raised for what the package holds: look at ``refused`` before using the rows.
    Source: OneRoster 1.1 CSV, 1.2 CSV binding.
    """
    package = Package(inclusive_ends=inclusive_ends)
    container = open_container(path, limits=limits)
    package.findings.extend(container.findings)
    names = _names(container, package.findings, folder=Path(path).is_dir())
    if MANIFEST not in names:
        if not any_refuses(package.findings) or names:
            package.findings.append(
                error(
                    "package.missing_manifest",
                    "the package has no manifest.csv",
                    "add a manifest that names the version and the mode of each file",
                    file=MANIFEST,
                )
            )
        return package
    try:
        _read(package, container, names, lenient_headers)
    except Refused as refusal:
        # the archive broke or passed a limit while it was read
        package.findings.extend(refusal.findings)
    package.findings.sort(key=lambda finding: not finding.refuses)
    return package


def _read(package: Package, container: Container, names: list[str], lenient: bool) -> None:
    findings = Findings(MANIFEST)
    with container.open(MANIFEST) as stream:
        read_manifest(package, Records(stream, findings), findings, set(names))
    package.findings.extend(findings.all())
    if not package.version:
        return
    shape = layout(package.version)
    _unknown_files(package, names, shape)
    for file in shape.files:
        mode = package.modes.get(file, Mode.ABSENT)
        if mode is not Mode.ABSENT and f"{file}.csv" in names:
            found = Findings(f"{file}.csv")
            with container.open(f"{file}.csv") as stream:
                package.sheets[file] = read_sheet(stream, file, mode, shape, found, lenient=lenient)
            package.findings.extend(found.all())
    package.findings.extend(check_references(package, shape))
    package.findings.extend(check_meaning(package, shape))


def _names(container: Container, findings: list[Finding], *, folder: bool) -> list[str]:
    """Names at the root of the package; those in folders are refused."""
    names = []
    for name in container.names:
        if "/" in name:
            findings.append(
                error(
                    "package.nested_folder",
                    "the file lies in a folder inside the package",
                    "put all files at the root of the zip",
                    file=name,
                )
            )
        elif folder and not name.lower().endswith(".csv"):
            findings.append(
                warning(
                    "package.file_skipped",
                    f"{name} is not part of the data and was not read",
                    "nothing to do",
                    file=name,
                )
            )
        else:
            names.append(name)
    return names


def _unknown_files(package: Package, names: list[str], shape: Layout) -> None:
    known = {f"{file}.csv".lower(): f"{file}.csv" for file in shape.files}
    for name in names:
        if name == MANIFEST or known.get(name.lower()) == name:
            continue
        meant = known.get(name.lower())
        package.findings.append(
            error(
                "package.unknown_file",
                f"OneRoster {package.version} has no such file",
                f"rename it to {meant}; capitals matter" if meant else "leave it out of the package",
                file=name,
            )
        )
