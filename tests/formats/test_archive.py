"""Hostile and clumsy archives are refused with a reason; nothing outside them is touched."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from firstbell.formats.archive import Container, Limits, open_container
from firstbell.kernel.finding import Refused


def zip_of(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def codes(container: Container) -> list[str]:
    return [finding.code for finding in container.findings]


def test_a_zip_and_a_folder_give_the_same_names_and_bytes(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.xml").write_bytes(b"<a/>")
    packed = open_container(zip_of(tmp_path / "a.zip", ("a.xml", b"<a/>")))
    plain = open_container(folder)
    assert packed.names == plain.names == ("a.xml",)
    with packed.open("a.xml") as one, plain.open("a.xml") as other:
        assert one.read() == other.read() == b"<a/>"


def test_a_folder_that_holds_the_zip_opens_it_and_names_what_lies_beside(tmp_path: Path) -> None:
    zip_of(tmp_path / "district.zip", ("a.xml", b"<a/>"))
    (tmp_path / "NOTICE.txt").write_text("notice")
    container = open_container(tmp_path)
    assert container.names == ("a.xml",)
    assert [(f.code, f.file) for f in container.findings] == [("package.file_skipped", "NOTICE.txt")]


@pytest.mark.parametrize("name", ["/etc/passwd", "../up.xml", "a/../../b.xml", "a\\b.xml", "C:x.xml"])
def test_names_that_lead_out_of_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    container = open_container(zip_of(tmp_path / "a.zip", (name, b"x"), ("good.xml", b"x")))
    assert codes(container) == ["package.unsafe_name"]
    assert container.findings[0].refuses
    assert container.names == ("good.xml",)


def test_a_name_with_a_nul_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", ("aXb.xml", b"x"))
    path.write_bytes(path.read_bytes().replace(b"aXb.xml", b"a\0b.xml"))
    assert "package.unsafe_name" in codes(open_container(path))


def test_a_link_is_refused_in_a_zip_and_in_a_folder(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.xml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert codes(open_container(zip_of(tmp_path / "a.zip", (link, b"/etc/passwd")))) == [
        "package.unsafe_name"
    ]
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.xml").symlink_to("/etc/passwd")
    assert codes(open_container(folder)) == ["package.unsafe_name"]


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", ("a.xml", b"x"))
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, central + 8, 1)
    path.write_bytes(bytes(data))
    assert codes(open_container(path)) == ["package.encrypted"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", ("a.xml", b"1"), ("a.xml", b"2"))
    assert codes(open_container(path)) == ["package.duplicate_file"]


def test_an_archive_inside_is_refused_or_named_and_left_out(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", ("inner.zip", b"PK"), ("a.xml", b"x"))
    assert [f.refuses for f in open_container(path).findings] == [True]
    skipped = open_container(path, nested="skip")
    assert [(f.code, f.refuses) for f in skipped.findings] == [("package.nested_archive", False)]
    assert skipped.names == ("a.xml",)


def test_too_many_entries_or_bytes_are_refused_before_reading(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", ("a.xml", b"x"), ("b.xml", b"x"))
    assert codes(open_container(path, limits=Limits(entries=1))) == ["package.too_large"]
    assert codes(open_container(path, limits=Limits(unpacked=1))) == ["package.too_large"]


def test_a_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", ("a.xml", bytes(8 << 20)))
    assert codes(open_container(path)) == ["package.too_large"]


def test_a_bomb_that_lies_about_its_size_is_stopped_while_it_is_read(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", ("a.xml", bytes(8 << 20)))
    data = path.read_bytes().replace(struct.pack("<I", 8 << 20), struct.pack("<I", 1000))
    path.write_bytes(data)
    with open_container(path).open("a.xml") as stream, pytest.raises(Refused):
        stream.read()


def test_a_damaged_entry_is_refused_while_it_is_read(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "a.zip", ("a.xml", b"<a>" + bytes(range(256)) * 40 + b"</a>"))
    data = bytearray(path.read_bytes())
    data[60:90] = b"\xff" * 30
    path.write_bytes(bytes(data))
    with pytest.raises(Refused) as refusal, open_container(path).open("a.xml") as stream:
        stream.read()
    assert refusal.value.findings[0].code == "package.damaged"


def test_what_is_no_zip_and_what_does_not_exist_say_so(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK not really")
    assert codes(open_container(tmp_path / "a.zip")) == ["package.not_a_zip"]
    assert codes(open_container(tmp_path / "b.zip")) == ["package.missing"]
