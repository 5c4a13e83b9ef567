"""Columns of roster files: what each may hold, and the hand that judges a column of every row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from firstbell.formats import cells
from firstbell.formats.delimited import Findings

Taker = Callable[[list[str], int], None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type, whether a value is required, and the file or vocabulary it points to.

    ``judge`` is None where any text is right; ``few`` tells that its values repeat, so that judging
    each one once is enough.
    """

    name: str
    required: bool
    type: str
    target: str = ""
    judge: cells.Judge | None = None
    dropped: bool = False

    @property
    def refers(self) -> bool:
        """Whether the cell names records of another file."""
        return self.type in ("ref", "refs")

    @property
    def few(self) -> bool:
        """Whether the values of the column repeat."""
        return self.name != "sourcedId" and self.type not in ("userIds",)


def taker(column: Column, place: int, findings: Findings) -> Taker:
    """What judges one column of every row and puts the text that was read in its place."""
    name, judge, required = column.name, column.judge, column.required
    memory: dict[str, cells.Judgement] = {}

    def drop(row: list[str], number: int) -> None:
        if row[place]:
            row[place] = ""
            findings.warn(
                "row.password_dropped",
                "a password was dropped unread",
                "leave passwords out of roster files",
                number,
                name,
            )

    def take(row: list[str], number: int) -> None:
        text = row[place]
        if not text:
            if required:
                findings.error(
                    "row.missing_required_value", f"{name} is empty", "fill the cell", number, name
                )
            return
        judged = memory.get(text)
        if judged is None:
            judged = judge(text) if judge else text
            if column.few:
                memory[text] = judged
        if judged.__class__ is str:
            row[place] = judged
        elif isinstance(judged, cells.Oddity):
            row[place] = judged.value
            findings.warn(judged.code, judged.message, judged.step, number, name)
        elif isinstance(judged, cells.Fault):
            findings.error(judged.code, judged.message, judged.step, number, name)

    if column.dropped:
        return drop
    if judge is None and required:
        return lambda row, number: None if row[place] else take(row, number)
    return take if judge else lambda row, number: None


def row_width(findings: Findings, number: int, found: int, wanted: int) -> None:
    """A row that has more or fewer cells than the header."""
    findings.error(
        "table.row_width_mismatch",
        f"the row has {found} cells, the header {wanted}",
        "write every cell, also empty ones, and quote cells that hold commas",
        number,
    )
