"""Whatever bytes a package holds: it is read or refused with findings, never a crash."""

from __future__ import annotations

import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstbell.formats.oneroster import layout, read_package
from tests.formats.oneroster.packages import table, whole, write

FILES = {version: sorted(whole(version)) for version in ("1.1", "1.2")}
BYTES = {v: {file: table(file, rows, v) for file, rows in whole(v).items()} for v in FILES}
#: what hostile and clumsy writers put where it does not belong
PIECES = [
    b'"',
    b"\r",
    b"\n",
    b"\0",
    b"\xff",
    b",",
    b"",
    b"'",
    b"\xef\xbb\xbf",
    b"tobedeleted",
    b"{",
    b"a" * 300,
]


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[str, str, bytes]:
    """A file of a right package with pieces put over or into it at random places."""
    version = draw(st.sampled_from(["1.1", "1.2"]))
    file = draw(st.sampled_from(["manifest", *FILES[version]]))
    data = bytearray(BYTES[version].get(file) or b"propertyName,value\r\noneroster.version,1.1\r\n")
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 6))
        data[place : place + length] = draw(st.sampled_from(PIECES) | st.binary(max_size=4))
    return version, file, bytes(data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(spoiled(), st.booleans())
def test_a_spoiled_file_is_read_or_refused(drawn: tuple[str, str, bytes], lenient: bool) -> None:
    version, file, data = drawn
    with TemporaryDirectory() as folder:
        path = Path(folder) / "package.zip"
        if file == "manifest":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("manifest.csv", data)
        else:
            write(path, {**whole(version), file: data}, version)
        package = read_package(path, lenient_headers=lenient)
    for finding in package.findings:
        assert finding.code.split(".")[0] in (
            "package", "manifest", "table", "schema", "row", "reference", "semantic",
        )  # fmt: skip
        assert finding.message
        assert finding.next_step
    if not package.refused:
        for name, sheet in package.sheets.items():
            needed = [c.name for c in layout(version).columns(name) if c.required]
            assert all(row[column] for row in sheet.rows for column in needed)
