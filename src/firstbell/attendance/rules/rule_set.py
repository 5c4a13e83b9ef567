"""A state's rule set: the dated figures of its table on one day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from firstbell import params
from firstbell.kernel.finding import Finding, Refused, error, warning

TABLES = Path(__file__).resolve().parent.parent / "tables" / "rules"
STATES = TABLES.parent / "states.yaml"
HOUSE = "house"
FEDERAL = "us-federal"
#: what a state without a table takes from the federal one: the file that every state sends
FEDERAL_PART = "chronic_"
HOW_TO_LOAD = "load them as docs/how-to/load-a-states-rules.md shows"
Made = TypeVar("Made")


def names() -> tuple[str, ...]:
    """The rule sets that have a table, the house's conventions apart.

    >>> names()
    ('us-ca', 'us-federal', 'us-nj')
    """
    return tuple(sorted(path.stem for path in TABLES.glob("*.yaml") if path.stem != HOUSE))


@dataclass(frozen=True)
class RuleSet:
    """The rules of one state on one day; ``on`` None means the newest row of each figure.

    ``unloaded`` is the state's name where no table of its own is there: figures of state law are refused,
    and ``table`` holds what the federal file of chronic absence says.
    """

    name: str
    on: date | None
    table: params.ParameterTable
    unloaded: str = ""
    _made: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What ``make`` answers, made at the first call: figures are asked once, not for every student."""
        if name not in self._made:
            self._made[name] = make()
        made: Made = self._made[name]
        return made

    def row(self, parameter: str) -> params.Value:
        """The row in force. Raises MissingParameter where the table is silent."""
        if self.unloaded and parameter not in self.table.parameters:
            raise params.MissingParameter(
                f"no attendance rules of {self.unloaded} are loaded, so {parameter} is not known: "
                f"{HOW_TO_LOAD}"
            )
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


def states() -> dict[str, str]:
    """Names of states and territories by their two letters."""
    found: dict[str, str] = params.document(STATES)["states"]
    return found


def rules_of_state(state: str) -> str:
    """The name of the rule set of a state: ``us-tx`` for TX. Raises Refused for letters of no state."""
    if state not in states():
        raise Refused(
            [
                error(
                    "attendance.rules.no_state",
                    f"there is no state {state[:20]!r}",
                    "write the two letters of the state, as TX",
                    column="state",
                )
            ]
        )
    return f"us-{state.lower()}"


def rule_set(name: str, on: date | None = None) -> RuleSet:
    """The rule set ``name`` (``us-ca``) as in force on ``on``.

    That of a state without a table refuses what only the state's law can say: nothing is guessed. Raises
    Refused for a name that is neither.
    """
    if name != HOUSE and name not in names():
        state = states().get(name.removeprefix("us-").upper()) if name.startswith("us-") else None
        if state is not None:
            return RuleSet(name, on, _federal_part(name, state), state)
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


def _federal_part(name: str, state: str) -> params.ParameterTable:
    federal = params.load(TABLES / f"{FEDERAL}.yaml").parameters
    shared = {key: row for key, row in federal.items() if key.startswith(FEDERAL_PART)}
    return params.ParameterTable(name, state, shared)


def unloaded_findings(rule_sets: Iterable[RuleSet]) -> list[Finding]:
    """One sentence for each state whose rules are not loaded: what is not computed, and how to load them."""
    states_by_name = {rules.name: rules.unloaded for rules in rule_sets if rules.unloaded}
    return [
        warning(
            "attendance.rules.not_loaded",
            f"no attendance rules of {state} are loaded: ADA, truancy and letters are not computed; a day "
            "counts as attended where any part of it was, and chronic absence follows the federal file",
            f"{HOW_TO_LOAD}, in tables/rules/{name}.yaml",
            column="state",
        )
        for name, state in sorted(states_by_name.items())
    ]


def house_rules(on: date | None = None) -> RuleSet:
    """The conventions that hold where neither law nor district says otherwise."""
    return rule_set(HOUSE, on)


def day_method(rules: RuleSet, *, hourly: bool) -> params.Value:
    """The method that makes a day of its periods: the state's, else the house's convention."""
    parameter = "day_method_hourly" if hourly else "day_method"
    try:
        return rules.row(parameter)
    except params.MissingParameter:
        return house_rules().row(parameter)
