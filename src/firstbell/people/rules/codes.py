"""Entry and exit codes with the dates in which they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from firstbell.kernel.finding import Finding, error

TABLE = Path(__file__).resolve().parent.parent / "tables" / "enrollment_codes.yaml"


@dataclass(frozen=True, slots=True)
class EnrollmentCode:
    """A code of entry or exit, valid from ``start`` to ``end`` (inclusive; None while it lasts)."""

    code: str
    kind: str
    label: str
    start: date
    source: str
    end: date | None = None
    no_show: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether the code may be used for an entry or exit on ``day``."""
        return self.start <= day and (self.end is None or day <= self.end)


@lru_cache
def enrollment_codes() -> tuple[EnrollmentCode, ...]:
    """Every code of the table."""
    document = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return tuple(EnrollmentCode(**row) for row in document["codes"])


def codes_on(kind: str, day: date) -> list[EnrollmentCode]:
    """Codes of ``kind`` ("entry" or "exit") that hold on ``day``, in the order of the table."""
    return [row for row in enrollment_codes() if row.kind == kind and row.holds_on(day)]


def code_choices(kind: str, day: date) -> list[tuple[str, str]]:
    """Codes of ``kind`` that hold on ``day``, each with its words, as a form offers them."""
    return [(row.code, f"{row.code} {row.label}") for row in codes_on(kind, day)]


def code_words(kind: str, code: str) -> str:
    """The code with its label; a code that the table does not know as it is.

    >>> code_words("exit", "T-DIST")
    'T-DIST Transfer within the district'
    """
    labels = {row.code: row.label for row in enrollment_codes() if row.kind == kind}
    return f"{code} {labels[code]}" if code in labels else code


def check_code(kind: str, code: str, day: date, column: str) -> list[Finding]:
    """A finding when ``code`` is not a code of ``kind`` on ``day``."""
    if any(row.code == code for row in codes_on(kind, day)):
        return []
    return [
        error(
            "enrollment.code",
            f"“{code}” is not an {kind} code on {day:%B} {day.day}, {day.year}",
            f"choose one of {', '.join(row.code for row in codes_on(kind, day))}",
            column=column,
        )
    ]
