"""The matrix, read from its table once and asked by everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from firstbell.platform.access.data import Cell, DataClass, Scope

TABLE = Path(__file__).resolve().parent.parent / "tables" / "access.yaml"


class Policy:
    """Role x data class, with the named sets of minimum fields."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._field_sets: dict[str, frozenset[str]] = {
            name: frozenset(fields) for name, fields in table["field_sets"].items()
        }
        self._labels = {name: str(row["label"]) for name, row in table["roles"].items()}
        self._needs = {name: bool(row.get("second_factor", False)) for name, row in table["roles"].items()}
        self._cells = {
            (role, DataClass(code)): self._cell(text)
            for role, row in table["roles"].items()
            for code, text in row["cells"].items()
        }

    @classmethod
    def load(cls, path: Path = TABLE) -> Policy:
        """Read the table. Raises ValueError naming a cell it cannot read."""
        return cls(yaml.safe_load(path.read_text(encoding="utf-8")))

    def _cell(self, text: str) -> Cell:
        """``"s f(accommodations)"`` -> scope own sections, fields of that set."""
        scopes: set[Scope] = set()
        marks: dict[str, Any] = {}
        for word in str(text).split():
            if word.startswith("f("):
                name = word[2:-1]
                if name not in self._field_sets:
                    raise ValueError(f"access table: {text!r} names the unknown field set {name!r}")
                marks["fields"] = self._field_sets[name]
            elif word in _MARKS:
                marks[_MARKS[word]] = True
            else:
                try:
                    scopes.add(Scope(word))
                except ValueError as problem:
                    raise ValueError(f"access table: {text!r} has the unknown word {word!r}") from problem
        return Cell(scopes=frozenset(scopes), **marks)

    @property
    def roles(self) -> list[str]:
        """Every role of the matrix, in the order of the table."""
        return list(self._labels)

    def label(self, role: str) -> str:
        """The role as people say it."""
        return self._labels[role]

    def needs_second_factor(self, role: str) -> bool:
        """Whether the role sees more than its own or its wards' or its own sections' rows."""
        return self._needs[role]

    def cell(self, role: str, data_class: DataClass) -> Cell:
        """The cell; an empty one (nothing) where the table is silent. Default is deny."""
        return self._cells.get((role, data_class), _NOTHING)

    def roles_with(self, data_class: DataClass, *, write: bool = False) -> frozenset[str]:
        """Roles that reach rows of this class, or may write them."""
        return frozenset(
            role
            for role in self._labels
            if self.cell(role, data_class).reads_rows and (self.cell(role, data_class).write or not write)
        )

    @cached_property
    def data_classes(self) -> Iterable[DataClass]:
        """Every class, D1 to D17."""
        return tuple(DataClass)


_MARKS = {
    "W": "write",
    "m": "masked",
    "A": "aggregate",
    "P": "suppressed",
    "!": "logged",
    "t": "timed",
}
_NOTHING = Cell()
POLICY = Policy.load()
