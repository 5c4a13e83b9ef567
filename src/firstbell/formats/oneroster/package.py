"""A package that was read: its version, the mode of each file, the rows, and what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from firstbell.formats.delimited import Row
from firstbell.kernel.finding import Finding, any_refuses


class Mode(StrEnum):
    """What a file of a package is."""

    BULK = "bulk"
    DELTA = "delta"
    ABSENT = "absent"


@dataclass(slots=True)
class Sheet:
    """The rows of one file. ``complete`` tells that no header and no row of it was lost while reading."""

    file: str
    mode: Mode
    rows: list[Row] = field(default_factory=list)
    #: columns ``metadata.<vendor>.<name>`` and, under lenient headers, foreign ones
    extensions: tuple[str, ...] = ()
    #: every column of the header
    columns: tuple[str, ...] = ()
    complete: bool = True
    _by_id: dict[str, Row] | None = None

    @property
    def by_id(self) -> dict[str, Row]:
        """The rows by their sourcedId, the first of a repeated one."""
        if self._by_id is None:
            self._by_id = {}
            for row in self.rows:
                self._by_id.setdefault(row["sourcedId"], row)
        return self._by_id


@dataclass(slots=True)
class Package:
    """A OneRoster package. With a finding that refuses, the rows are what could be read: never apply them."""

    version: str = ""
    modes: dict[str, Mode] = field(default_factory=dict)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    source_name: str = ""
    source_code: str = ""
    #: the source writes the last day where OneRoster writes the day after
    inclusive_ends: bool = False

    @property
    def refused(self) -> bool:
        """Whether a finding refuses the package."""
        return any_refuses(self.findings)

    def rows(self, file: str) -> Iterator[Row]:
        """The rows of a file that are in force: those that a delta ends are left out."""
        sheet = self.sheets.get(file)
        if sheet is not None:
            for row in sheet.rows:
                if row["status"] != "tobedeleted":
                    yield row

    def ended(self, file: str) -> Iterator[Row]:
        """The rows of a delta file that end."""
        sheet = self.sheets.get(file)
        if sheet is not None:
            for row in sheet.rows:
                if row["status"] == "tobedeleted":
                    yield row

    def has(self, file: str) -> bool:
        """Whether the package speaks of a file."""
        return file in self.sheets
