"""A state's rule set: the dated figures of its table on one day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from firstbell import params
from firstbell.kernel.finding import Refused, error

TABLES = Path(__file__).resolve().parent.parent / "tables" / "rules"
HOUSE = "house"
Made = TypeVar("Made")


def names() -> tuple[str, ...]:
    """The rule sets that have a table, the house's conventions apart.

    >>> names()
    ('us-ca', 'us-federal', 'us-nj')
    """
    return tuple(sorted(path.stem for path in TABLES.glob("*.yaml") if path.stem != HOUSE))


@dataclass(frozen=True)
class RuleSet:
    """The rules of one state on one day; ``on`` None means the newest row of each figure."""

    name: str
    on: date | None
    table: params.ParameterTable
    _made: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What ``make`` answers, made at the first call: figures are asked once, not for every student."""
        if name not in self._made:
            self._made[name] = make()
        made: Made = self._made[name]
        return made

    def row(self, parameter: str) -> params.Value:
        """The row in force. Raises MissingParameter where the table is silent."""
        known = self.table[parameter]
        if self.on is not None:
            return known.on(self.on)
        if not known.values:
            raise params.MissingParameter(
                f"{parameter} has no value in the rules {self.name}: add a row with its source to the table"
            )
        return known.values[-1]

    def value(self, parameter: str) -> Any:
        """The figure in force, as written in the table. Raises MissingParameter."""
        return self.row(parameter).value

    def decimal(self, parameter: str) -> Decimal:
        """The figure in force as an exact decimal. Raises MissingParameter."""
        return Decimal(str(self.value(parameter)))

    def citation(self, parameter: str) -> str:
        """Source of the row in force, for a trace. Raises MissingParameter."""
        return self.row(parameter).citation


def rule_set(name: str, on: date | None = None) -> RuleSet:
    """The rule set ``name`` (``us-ca``) as in force on ``on``. Raises Refused for a name without a table."""
    if name != HOUSE and name not in names():
        raise Refused(
            [
                error(
                    "attendance.rules.unknown",
                    f"there are no attendance rules named {name!r}",
                    f"use one of {', '.join(names())}, or add a table for the state",
                    column="rules",
                )
            ]
        )
    return RuleSet(name, on, params.load(TABLES / f"{name}.yaml"))


def house_rules(on: date | None = None) -> RuleSet:
    """The conventions that hold where neither law nor district says otherwise."""
    return rule_set(HOUSE, on)
