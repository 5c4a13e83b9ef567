"""The acts of the log in the words of people, read from their table once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

TABLE = Path(__file__).resolve().parent.parent / "tables" / "audit_words.yaml"
#: what is in no list of the table
CHANGE = "write"


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return table


def act_kinds() -> dict[str, str]:
    """The kinds of acts and what they are called; changes first."""
    return {CHANGE: "Changes"} | {kind: row["label"] for kind, row in _table()["kinds"].items()}


def actions_of(kind: str) -> tuple[str, ...]:
    """The acts of a kind of the table. Raises KeyError for another kind; changes are all others."""
    return tuple(_table()["kinds"][kind]["actions"])


def other_actions() -> tuple[str, ...]:
    """Every act that is no change."""
    return tuple(action for kind in _table()["kinds"] for action in actions_of(kind))


def act_words(action: str) -> str:
    """What somebody did, to stand between their name and the object: ``corrected``.

    An act that the table does not have is told by its name: ``student.merge`` -> ``merge:``.
    """
    known = _table()["actions"].get(action)
    return str(known) if known else f"{action.partition('.')[2].replace('_', ' ')}:"


def known_actions() -> frozenset[str]:
    """Every act that has words."""
    return frozenset(_table()["actions"])
