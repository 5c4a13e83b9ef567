"""The manifest says version and mode of every file, and the package holds what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from firstbell.formats.oneroster import Mode
from tests.formats.oneroster.packages import CHANGED, read, told, whole


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_whole_package_is_read_without_a_finding(tmp_path: Path, version: str) -> None:
    package = read(tmp_path, whole(version), version)
    assert package.findings == []
    assert package.version == version
    assert package.modes["orgs"] is Mode.BULK
    assert package.modes["resources"] is Mode.ABSENT
    assert not package.has("resources")
    assert [row["name"] for row in package.rows("orgs")] == ["Lakeside", "North"]


def test_the_source_names_itself(tmp_path: Path) -> None:
    package = read(tmp_path, {}, manifest={"source.systemName": "Old SIS", "source.systemCode": "sis-1"})
    assert (package.source_name, package.source_code) == ("Old SIS", "sis-1")
    assert package.findings == []


@pytest.mark.parametrize(
    ("manifest", "code", "column"),
    [
        ({"manifest.version": None}, "manifest.missing_property", "manifest.version"),
        ({"manifest.version": "1.1"}, "manifest.invalid_version", "manifest.version"),
        ({"oneroster.version": None}, "manifest.missing_property", "oneroster.version"),
        ({"oneroster.version": "1.0"}, "manifest.invalid_version", "oneroster.version"),
        ({"file.results": None}, "manifest.missing_property", "file.results"),
        ({"file.results": "none"}, "manifest.invalid_file_mode", "file.results"),
        ({"file.results": "Bulk"}, "manifest.invalid_file_mode", "file.results"),
        ({"file.roles": "absent"}, "manifest.unknown_property", "file.roles"),
        ({"file.results": "bulk"}, "manifest.file_missing", "file.results"),
        ({"file.orgs": "absent"}, "manifest.file_unexpected", "file.orgs"),
    ],
)
def test_what_a_manifest_says_wrong_is_named(
    tmp_path: Path, manifest: dict[str, str | None], code: str, column: str
) -> None:
    package = read(tmp_path, {"orgs": whole()["orgs"]}, manifest=manifest)
    assert [(f.code, f.column) for f in package.findings if f.refuses] == [(code, column)]
    assert package.findings[0].next_step


def test_without_a_version_nothing_else_is_read(tmp_path: Path) -> None:
    package = read(tmp_path, whole(), manifest={"oneroster.version": "2.0"})
    assert package.refused
    assert package.sheets == {}


def test_a_package_without_a_manifest_is_refused(tmp_path: Path) -> None:
    from firstbell.formats.oneroster import read_package

    (tmp_path / "orgs.csv").write_bytes(b"sourcedId\r\n")
    assert told(read_package(tmp_path).findings) == [("package.missing_manifest", "manifest", None, "")]


@pytest.mark.parametrize("header", [b"property,value\r\n", b"propertyName,value,more\r\n", b""])
def test_a_manifest_with_another_header_is_refused(tmp_path: Path, header: bytes) -> None:
    from firstbell.formats.oneroster import read_package

    (tmp_path / "manifest.csv").write_bytes(header)
    found = read_package(tmp_path).findings
    assert [f.code for f in found] == ["manifest.invalid_header"]


def test_a_property_that_stands_twice_is_refused(tmp_path: Path) -> None:
    from firstbell.formats.oneroster import read_package

    (tmp_path / "manifest.csv").write_bytes(
        b"propertyName,value\r\noneroster.version,1.1\r\noneroster.version,1.2\r\nx\r\n"
    )
    found = told(read_package(tmp_path).findings)
    assert ("manifest.duplicate_property", "manifest", 3, "oneroster.version") in found
    assert ("table.row_width_mismatch", "manifest", 4, "") in found


def test_files_that_the_version_does_not_have_are_refused_with_their_right_name(tmp_path: Path) -> None:
    package = read(
        tmp_path, {}, beside={"Orgs.csv": b"x", "notes.txt": b"x", "roles.csv": b"x", "in/orgs.csv": b"x"}
    )
    found = {finding.file: finding for finding in package.findings}
    assert {file: f.code for file, f in found.items()} == {
        "Orgs.csv": "package.unknown_file",
        "notes.txt": "package.unknown_file",
        "roles.csv": "package.unknown_file",
        "in/orgs.csv": "package.nested_folder",
    }
    assert "orgs.csv" in found["Orgs.csv"].next_step
    assert all(finding.refuses for finding in package.findings)


def test_modes_may_differ_by_file(tmp_path: Path) -> None:
    files = {"orgs": whole()["orgs"], "categories": [{"sourcedId": "g", "title": "Quizzes", **CHANGED}]}
    package = read(tmp_path, files, delta=["categories"])
    assert package.findings == []
    assert (package.modes["orgs"], package.modes["categories"]) == (Mode.BULK, Mode.DELTA)


def test_a_folder_is_read_as_its_zip_would_be(tmp_path: Path) -> None:
    import zipfile

    from firstbell.formats.oneroster import read_package
    from tests.formats.oneroster.packages import write

    path = write(tmp_path / "package.zip", whole())
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "folder")
    (tmp_path / "folder" / "README.txt").write_text("notes")
    package = read_package(tmp_path / "folder")
    assert told(package.findings) == [("package.file_skipped", "README.txt", None, "")]
    assert [row["name"] for row in package.rows("orgs")] == ["Lakeside", "North"]
