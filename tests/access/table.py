"""``expected.yaml`` read: what each operation answers to whom."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from firstbell.platform.access import DataClass

TABLE = yaml.safe_load((Path(__file__).with_name("expected.yaml")).read_text(encoding="utf-8"))
WORDS = {
    "who",
    "closed",
    "reads",
    "writes",
    "counts",
    "rows",
    "field",
    "masked",
    "roles",
    "arguments",
    "query",
    "post",
    "only",
    "shows",
    "except",
}


@dataclass(frozen=True)
class Expected:
    """One operation's row."""

    name: str
    who: str = ""
    closed: bool = False
    reads: DataClass | None = None
    writes: DataClass | None = None
    counts: DataClass | None = None
    rows: tuple[DataClass, ...] = ()
    field: str = ""
    masked: bool = False
    roles: frozenset[str] = frozenset()
    arguments: dict[str, str] = dataclasses.field(default_factory=dict)
    query: dict[str, str] = dataclasses.field(default_factory=dict)
    post: dict[str, Any] | None = None
    only_post: bool = False
    shows: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    exceptions: dict[str, Any] = dataclasses.field(default_factory=dict)

    @property
    def decided_by_cell(self) -> bool:
        """Whether a cell of the matrix decides."""
        return bool(self.reads or self.writes or self.counts or self.rows)

    @property
    def classes(self) -> tuple[DataClass, ...]:
        """The classes of which the row must be open."""
        named = self.writes or self.reads or self.counts
        return ((named,) if named else ()) + self.rows

    @property
    def takes_form(self) -> bool:
        """Whether something can be sent to it."""
        return self.only_post or self.post is not None or self.writes is not None


def _row(name: str, row: dict[str, Any]) -> Expected:
    unknown = set(row) - WORDS
    if unknown:
        raise ValueError(f"{name}: {unknown} is not a word of this table")
    classes = {word: DataClass(row[word]) for word in ("reads", "writes", "counts") if word in row}
    return Expected(
        name=name,
        who=row.get("who", ""),
        closed=row.get("closed", False),
        roles=frozenset(row.get("roles", ())),
        arguments=row.get("arguments", {}),
        query=row.get("query", {}),
        post=row.get("post"),
        only_post=row.get("only") == "post",
        exceptions=row.get("except", {}),
        rows=tuple(DataClass(code) for code in str(row.get("rows", "")).split()),
        field=row.get("field", ""),
        shows=row.get("shows", {}),
        masked=row.get("masked", False),
        **classes,
    )


CLOSED = Expected(name="", closed=True)
OPERATIONS = {name: _row(name, row or {}) for name, row in TABLE["operations"].items()}


def reaches(scopes: Any, target: str, *, write: bool = False) -> bool:
    """Whether one of the scopes reaches a student who stands so to the viewer."""
    word = "write" if write else "read"
    return any(word in TABLE["reach"][scope].get(target, "").split() for scope in scopes)
