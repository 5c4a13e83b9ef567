"""How many minutes or periods make a day: one method, one file, one table.

Each module beside this one is a method. It says ``day_fraction(periods, options)``: what share of the
day a student has, from 0 to 1, given the periods that count and the options of its table in
``tables/day_methods``. To add a method, add its module, its table and its cases.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from firstbell import params
from firstbell.attendance.data import PeriodAttendance

TABLES = Path(__file__).resolve().parents[2] / "tables" / "day_methods"


class DayMethod(Protocol):
    """What a method's module offers."""

    def day_fraction(self, periods: Sequence[PeriodAttendance], options: Mapping[str, Any]) -> Fraction:
        """The student's share of the day, 0 to 1."""


@lru_cache
def methods() -> Mapping[str, DayMethod]:
    """Every method by name: the modules of this folder."""
    return {
        found.name: importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
    }


def default_options(name: str) -> dict[str, Any]:
    """The options of a method's table with their defaults; an option without one must be set."""
    table = params.document(TABLES / f"{name}.yaml")
    return {key: row["default"] for key, row in (table.get("options") or {}).items() if "default" in row}


def method_words(name: str) -> str:
    """What a method is called, with its source where the table names one.

    >>> method_words("any_attendance")
    'Any attendance makes the day (EC 46010.3)'
    """
    table = params.document(TABLES / f"{name}.yaml")
    return f"{table['label']} ({table['source']})" if table.get("source") else str(table["label"])


def day_fraction(
    name: str, periods: Sequence[PeriodAttendance], options: Mapping[str, Any] | None = None
) -> Fraction:
    """The student's share of the day by the method ``name``.

    Raises ValueError for an unknown name or option, MissingParameter for an option that is not set.
    """
    if name not in methods():
        raise ValueError(f"there is no day method {name!r}: use one of {', '.join(sorted(methods()))}")
    table = params.document(TABLES / f"{name}.yaml")
    known = set(table.get("options") or {})
    unknown = sorted(set(options or {}) - known)
    if unknown:
        raise ValueError(
            f"{name} has no option {unknown[0]!r}: it takes {', '.join(sorted(known)) or 'none'}"
        )
    chosen = {**default_options(name), **(options or {})}
    missing = sorted(known - set(chosen))
    if missing:
        raise params.MissingParameter(f"{name} needs its option {missing[0]}: set it for the school")
    return methods()[name].day_fraction(periods, chosen)
