"""Excuse reasons: the district's dated list from which the office picks when it excuses an absence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from firstbell import params

TABLE = Path(__file__).resolve().parent.parent / "tables" / "excuse_reasons.yaml"


@dataclass(frozen=True, slots=True)
class ExcuseReason:
    """A reason the law or the district accepts, from ``start`` on; ``verify``: wording to be confirmed."""

    key: str
    titles: tuple[tuple[str, str], ...]
    start: date
    source: str
    verify: bool = False

    def title(self, language: str = "en") -> str:
        """The title in ``language``, else in English."""
        titles = dict(self.titles)
        return titles.get(language) or titles["en"]


def excuse_reasons(on: date) -> tuple[ExcuseReason, ...]:
    """The reasons in force on a day, in the table's order."""
    rows = params.document(TABLE)["reasons"]
    return tuple(
        ExcuseReason(
            row["key"], tuple(row["titles"].items()), row["start"], row["source"], bool(row.get("verify"))
        )
        for row in rows
        if row["start"] <= on
    )
