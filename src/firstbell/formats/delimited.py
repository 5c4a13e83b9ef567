"""A comma-separated file from outside, row by row: strict quoting, UTF-8, no surprises.

Faults of bytes and quoting become findings with their row; the rows that can be read are read, so
that one round trip shows most faults. ``row`` counts records from 1, the header being row 1.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from firstbell.kernel.finding import Finding, error, warning

BOM = b"\xef\xbb\xbf"
#: a longer line is no row of a table
LONGEST_LINE = 1 << 20
#: so many findings of one code in one file are listed; the rest is counted
MOST_FINDINGS = 10_000
#: so many rows of a warning are named
FIRST_ROWS = 8


@dataclass
class _Odd:
    """An oddity of a column: how often, and in which rows first."""

    message: str
    step: str
    count: int = 0
    rows: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The message; for many rows with their number and the first of them."""
        if self.count == 1:
            return self.message
        rows = ", ".join(str(row) for row in self.rows) + (", …" if self.count > len(self.rows) else "")
        return f"{self.message} ({self.count:,} rows: {rows})"


@dataclass
class Findings:
    """Findings of one file: at most so many of a code, the rest counted; oddities summed by column."""

    file: str
    listed: list[Finding] = field(default_factory=list)
    _counts: dict[str, int] = field(default_factory=dict)
    _odd: dict[tuple[str, str], _Odd] = field(default_factory=dict)

    def error(self, code: str, message: str, step: str, row: int | None = None, column: str = "") -> None:
        """List a finding that refuses the whole."""
        count = self._counts[code] = self._counts.get(code, 0) + 1
        if count <= MOST_FINDINGS:
            self.listed.append(error(code, message, step, file=self.file, row=row, column=column))

    def warn(self, code: str, message: str, step: str, row: int | None = None, column: str = "") -> None:
        """List a finding; the same code in the same column is listed once, with its count."""
        odd = self._odd.setdefault((code, column), _Odd(message, step))
        odd.count += 1
        if row is not None and len(odd.rows) < FIRST_ROWS:
            odd.rows.append(row)

    def all(self) -> list[Finding]:
        """Everything, what refuses first."""
        out = list(self.listed)
        for code, count in self._counts.items():
            if count > MOST_FINDINGS:
                out.append(
                    error(
                        code,
                        f"{count - MOST_FINDINGS:,} more rows have this fault",
                        "mend the rows listed and send the file again",
                        file=self.file,
                    )
                )
        for (code, column), odd in self._odd.items():
            row = odd.rows[0] if odd.rows else None
            out.append(warning(code, odd.text, odd.step, file=self.file, row=row, column=column))
        return out


class Records:
    """The records of one file: the header first, then the rows with their numbers."""

    def __init__(self, stream: BinaryIO, findings: Findings) -> None:
        self._findings = findings
        self._stream = stream
        self._number = 0
        self._reader = csv.reader(self._lines(), strict=True)
        self.header: list[str] | None = self._next()

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        while (cells := self._next()) is not None:
            if cells:
                yield self._number, cells
            else:
                self._findings.warn(
                    "table.blank_row", "a blank row was passed over", "remove blank rows", self._number
                )

    def _next(self) -> list[str] | None:
        while True:
            self._number += 1
            try:
                return next(self._reader)
            except StopIteration:
                return None
            except csv.Error:
                self._findings.error(
                    "table.malformed_row",
                    "the row cannot be read: quotes or line ends are not as RFC 4180 writes them",
                    "write the file with a CSV library: quote cells that hold commas, double inner quotes",
                    self._number,
                )

    def _lines(self) -> Iterator[str]:
        line = self._stream.readline(LONGEST_LINE)
        if line.startswith(BOM):
            self._findings.warn(
                "table.byte_order_mark",
                "the file begins with a byte order mark",
                "save as UTF-8 without a byte order mark",
                1,
            )
            line = line[len(BOM) :]
        last = b"\n"
        while line:
            if len(line) >= LONGEST_LINE:
                self._findings.error(
                    "table.malformed_row",
                    "a line is longer than a mebibyte",
                    "check that the file is a CSV file",
                    self._number,
                )
                return
            yield self._text(line)
            last = line
            line = self._stream.readline(LONGEST_LINE)
        if not last.endswith((b"\n", b"\r")):
            self._findings.warn(
                "table.no_final_newline",
                "the last row has no line end",
                "nothing to do; RFC 4180 writers end every row",
                self._number,
            )

    def _text(self, line: bytes) -> str:
        if b"\0" in line:
            self._findings.error("table.nul", "the row holds a NUL byte", "remove it", self._number)
            line = line.replace(b"\0", b"")
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            self._findings.error(
                "table.not_utf8",
                "the row holds bytes that are not UTF-8",
                "save the file as UTF-8",
                self._number,
            )
            return line.decode("utf-8", errors="replace")


class Row:
    """One row: its number in the file and its cells by column name, a missing column reading empty."""

    __slots__ = ("_index", "cells", "number")

    def __init__(self, index: dict[str, int], number: int, cells: tuple[str, ...]) -> None:
        self._index = index
        self.number = number
        self.cells = cells

    def __getitem__(self, column: str) -> str:
        place = self._index.get(column)
        return "" if place is None else self.cells[place]

    def list(self, column: str) -> list[str]:
        """The items of a list cell."""
        return [item for item in (part.strip() for part in self[column].split(",")) if item]

    def filled(self) -> dict[str, str]:
        """The cells that are not empty, by column."""
        return {name: value for name, place in self._index.items() if (value := self.cells[place])}
