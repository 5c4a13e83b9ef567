"""Dated parameters and their reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


class MissingParameter(LookupError):  # noqa: N818 - names the fact, as the refusal does
    """No value is in force on the day asked for."""


@dataclass(frozen=True, slots=True)
class Value:
    """One dated row: the value as written in the table, its first day and where it was published.

    ``verify`` marks a figure that is not confirmed to the letter: it is used, and whoever shows it says so.
    """

    value: Any
    start: date
    source: str
    verify: bool = False

    @property
    def citation(self) -> str:
        """The source, with a plain word where the district has to confirm the figure."""
        return f"{self.source} (to be confirmed by the district)" if self.verify else self.source


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter with its unit and its rows, oldest first."""

    name: str
    unit: str
    values: tuple[Value, ...]

    def on(self, day: date) -> Value:
        """The row in force on ``day``. Raises MissingParameter, naming parameter and day."""
        for row in reversed(self.values):
            if row.start <= day:
                return row
        raise MissingParameter(
            f"{self.name} has no value on {day}: add a row with its source to the parameter's table"
        )


@dataclass(frozen=True)
class ParameterTable:
    """The parameters of one file, by name."""

    name: str
    label: str
    parameters: Mapping[str, Parameter]

    def __getitem__(self, name: str) -> Parameter:
        try:
            return self.parameters[name]
        except KeyError:
            raise MissingParameter(f"table {self.name} has no parameter {name}") from None


@lru_cache
def document(path: Path) -> Any:
    """A table that is not a list of figures (a code set, a letter), as written; read once per process."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@lru_cache
def load(path: Path) -> ParameterTable:
    """Read a parameter table: ``label``, ``parameters: {name: {unit, values: [{start, value, source}]}}``.

    Raises ValueError naming the parameter whose unit, start or source is missing.
    """
    table = document(path)
    parameters = {}
    for name, row in table["parameters"].items():
        values = []
        for entry in row.get("values", ()):
            if not {"start", "value", "source"} <= entry.keys() or not entry["source"]:
                raise ValueError(f"{path.name}: {name}: every value needs start, value and source")
            verify = bool(entry.get("verify", False))
            values.append(Value(entry["value"], entry["start"], entry["source"], verify))
        if not row.get("unit"):
            raise ValueError(f"{path.name}: {name}: unit is missing")
        parameters[name] = Parameter(name, row["unit"], tuple(sorted(values, key=lambda v: v.start)))
    return ParameterTable(path.stem, table.get("label", path.stem), parameters)
