"""A folder or a zip from outside, read safely as named streams.

Nothing is unpacked to disk. Names that could lead out of the archive, links, encryption and archives
inside the archive are refused; what unpacks to more than the limits is stopped while it is read.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal

from firstbell.kernel.finding import Finding, Refused, error, warning

Nested = Literal["refuse", "skip"]
ARCHIVES = (".zip", ".7z", ".gz", ".tar", ".tgz", ".rar", ".bz2", ".xz")
#: below this many bytes the ratio says nothing
RATIO_FROM = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may hold: entries, bytes unpacked in all, and unpacked to packed in one entry."""

    entries: int = 64
    unpacked: int = 2 << 30
    ratio: int = 200


@dataclass(slots=True)
class Container:
    """Named streams. ``findings`` tells what was refused or left out; ``names`` has the rest."""

    names: tuple[str, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    _open: Callable[[str], BinaryIO] | None = None

    def open(self, name: str) -> BinaryIO:
        """The bytes of one entry. Reading raises Refused at the limits and where the archive is damaged."""
        if self._open is None or name not in self.names:
            raise KeyError(name)
        return self._open(name)


def open_container(
    path: Path,
    *,
    limits: Limits | None = None,
    nested: Nested = "refuse",
    suffixes: tuple[str, ...] = (".csv", ".xml"),
) -> Container:
    """Open a zip, a folder, or a folder that holds no file with one of ``suffixes`` but one zip.

    ``nested`` says whether an archive inside refuses the whole or is named and left out.
    """
    limits = limits or Limits()
    path = Path(path)
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_symlink() or p.is_file())
        zips = [p for p in files if p.suffix.lower() == ".zip" and p.parent == path]
        if len(zips) != 1 or any(p.suffix.lower() in suffixes for p in files):
            return _folder(path, files, limits, nested)
        container = _zip(zips[0], limits, nested)
        container.findings.extend(_skipped(p.name) for p in files if p not in zips)
        return container
    if path.is_file():
        return _zip(path, limits, nested)
    return Container(findings=[_refused("package.missing", f"{path.name} does not exist", "check the path")])


def _skipped(name: str) -> Finding:
    return warning("package.file_skipped", f"{name} is not part of the data and was not read",
                   "nothing to do", file=name)  # fmt: skip


def _refused(code: str, message: str, step: str, name: str = "") -> Finding:
    return error(code, message, step, file=name[:120].replace("\0", "?"))


def _nested(name: str, nested: Nested) -> Finding:
    if nested == "skip":
        return warning(
            "package.nested_archive",
            f"{name} is an archive inside the archive and was not opened",
            "if its content is needed, send it as files of its own",
            file=name,
        )
    return _refused(
        "package.nested_archive", "an archive inside the archive", "unpack it and send the files", name
    )


def _folder(path: Path, files: list[Path], limits: Limits, nested: Nested) -> Container:
    container = Container()
    total = sum(p.stat().st_size for p in files if not p.is_symlink())
    if len(files) > limits.entries or total > limits.unpacked:
        container.findings.append(_too_large(limits))
        return container
    places: dict[str, Path] = {}
    for file in files:
        name = file.relative_to(path).as_posix()
        if file.is_symlink():
            container.findings.append(
                _refused("package.unsafe_name", "a link to another file", "send the file itself", name)
            )
        elif file.suffix.lower() in ARCHIVES:
            container.findings.append(_nested(name, nested))
        else:
            places[name] = file
    container.names = tuple(places)
    container._open = lambda name: places[name].open("rb")
    return container


def _too_large(limits: Limits) -> Finding:
    return _refused(
        "package.too_large",
        f"more than {limits.entries} files, {limits.unpacked:,} bytes or a ratio of {limits.ratio}:1",
        "split the package, or raise the limit in the settings if the source is trusted",
    )


def _zip(path: Path, limits: Limits, nested: Nested) -> Container:
    container = Container()
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, RuntimeError):
        container.findings.append(
            _refused("package.not_a_zip", f"{path.name} is not a zip that can be read", "make the zip again")
        )
        return container
    if len(infos) > limits.entries or sum(info.file_size for info in infos) > limits.unpacked:
        container.findings.append(_too_large(limits))
        return container
    good: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        fault = _entry_finding(info, good, limits, nested)
        if fault:
            container.findings.append(fault)
        else:
            good[info.filename] = info
    budget = _Budget(limits)
    container.names = tuple(good)
    container._open = lambda name: io.BufferedReader(_Limited(path, good[name], budget))
    return container


def _entry_finding(
    info: zipfile.ZipInfo, seen: dict[str, zipfile.ZipInfo], limits: Limits, nested: Nested
) -> Finding | None:
    """Why an entry is not read, or None."""
    name = info.orig_filename
    if "\0" in name or "\\" in name or name.startswith("/") or ":" in name[:2] or ".." in name.split("/"):
        return _refused("package.unsafe_name", "a name that leads out of the archive",
                        "make the zip again from plain files", name)  # fmt: skip
    if stat.S_ISLNK(info.external_attr >> 16):
        return _refused("package.unsafe_name", "a link to another file", "send the file itself", name)
    if info.flag_bits & 0x1:
        return _refused(
            "package.encrypted", "the entry is encrypted", "send the zip without a password", name
        )
    if name in seen:
        return _refused(
            "package.duplicate_file", "the name stands in the zip twice", "keep one of the two", name
        )
    if name.lower().endswith(ARCHIVES):
        return _nested(name, nested)
    if info.file_size > RATIO_FROM and info.file_size > limits.ratio * max(info.compress_size, 1):
        return _too_large(limits)
    return None


@dataclass(slots=True)
class _Budget:
    """Bytes that the archive has given so far, all entries together."""

    limits: Limits
    given: int = 0


class _Limited(io.RawIOBase):
    """An entry that stops at the limits, whatever its header claims."""

    def __init__(self, path: Path, info: zipfile.ZipInfo, budget: _Budget) -> None:
        self._info = info
        self._budget = budget
        self._own = 0
        self._archive = zipfile.ZipFile(path)
        try:
            self._stream = self._archive.open(info)
        except _DAMAGED:
            self._archive.close()
            super().close()
            raise Refused([_damaged(info)]) from None

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._archive.close()
        super().close()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self._stream.read(len(view))
        except _DAMAGED:
            raise Refused([_damaged(self._info)]) from None
        self._own += len(data)
        self._budget.given += len(data)
        limits = self._budget.limits
        packed = max(self._info.compress_size, 1)
        if self._budget.given > limits.unpacked or (
            self._own > RATIO_FROM and self._own > limits.ratio * packed
        ):
            raise Refused([_too_large(limits)])
        view[: len(data)] = data
        return len(data)


_DAMAGED = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error, ValueError)


def _damaged(info: zipfile.ZipInfo) -> Finding:
    return _refused("package.damaged", "the entry cannot be unpacked", "make the zip again", info.filename)
