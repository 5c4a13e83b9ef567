"""Writing a package: the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from firstbell.formats.oneroster.layout import METADATA, layout
from firstbell.formats.oneroster.manifest import HEADER, MANIFEST_VERSION
from firstbell.formats.oneroster.package import Mode

#: rows of each file, a row being its cells by column name; a file not named is absent
Tables = Mapping[str, Iterable[Mapping[str, str]]]
#: the first instant that a zip can write
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_package(
    target: Path | BinaryIO,
    version: str,
    tables: Tables,
    *,
    modes: Mapping[str, Mode] | None = None,
    extensions: Mapping[str, Sequence[str]] | None = None,
    system_name: str = "",
    system_code: str = "",
) -> None:
    """Write ``tables`` as a OneRoster package, rows in the order given.

    Files are bulk unless ``modes`` says delta. ``extensions`` names, by file, the ``metadata.…``
    columns that follow the standard ones. Raises ValueError for a file or a column that the version
    does not have: a cell is never dropped silently.
    """
    shape = layout(version)
    extra = extensions or {}
    for file in tables:
        if file not in shape.files:
            raise ValueError(f"OneRoster {version} has no file {file}")
    given = {file: (modes or {}).get(file, Mode.BULK) for file in tables}
    manifest: list[Sequence[str]] = [
        HEADER,
        ("manifest.version", MANIFEST_VERSION),
        ("oneroster.version", version),
        *((f"file.{file}", given.get(file, Mode.ABSENT)) for file in shape.files),
    ]
    manifest += [
        (name, value)
        for name, value in (("source.systemName", system_name), ("source.systemCode", system_code))
        if value
    ]
    with zipfile.ZipFile(target, "w") as archive:
        _write(archive, "manifest.csv", manifest)
        for file, columns in shape.files.items():
            if file in tables:
                names = [column.name for column in columns] + list(extra.get(file, ()))
                _write(archive, f"{file}.csv", _lines(file, names, tables[file]))


def _lines(file: str, names: list[str], rows: Iterable[Mapping[str, str]]) -> Iterable[Sequence[str]]:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{file} has column {name} twice")
    known = set(names)
    yield names
    for row in rows:
        if not known.issuperset(row):
            stranger = next(name for name in row if name not in known)
            hint = "" if stranger.startswith(METADATA) else " of the standard"
            raise ValueError(f"{file} has no column {stranger}{hint}")
        yield [row.get(name, "") for name in names]


def _write(archive: zipfile.ZipFile, name: str, lines: Iterable[Sequence[str]]) -> None:
    """One entry, streamed; time and rights are fixed, so that the rows alone decide the bytes."""
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o100644 << 16
    with archive.open(info, "w") as raw, io.TextIOWrapper(raw, encoding="utf-8", newline="") as text:
        csv.writer(text, lineterminator="\r\n").writerows(lines)
