"""Files and columns of a version, read from the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from firstbell import params
from firstbell.formats import cells
from firstbell.formats.columns import Column

TABLE = Path(__file__).parent / "tables" / "columns.yaml"
VERSIONS = ("v1", "v2.1", "v2")
LONGEST_ID = 255


@dataclass(frozen=True, slots=True)
class Layout:
    """One version: its files, their columns, and whether dates are ``M/D/YYYY``."""

    version: str
    files: Mapping[str, tuple[Column, ...]]
    slashed_dates: bool


def _id(text: str) -> cells.Judgement:
    """An id as text: numbers in it stay as they are written."""
    if len(text) <= LONGEST_ID and text.isprintable() and text == text.strip():
        return text
    return cells.Fault(
        "row.invalid_guid",
        f"the id is longer than {LONGEST_ID} characters, or has blanks around it",
        "give the record a shorter id and use it in every file",
    )


def _flag(text: str) -> cells.Judgement:
    """``TRUE`` or ``FALSE`` in any case, as the samples write it."""
    return cells.boolean(text.lower())


@lru_cache
def layout(version: str, slashed_dates: bool | None = None) -> Layout:
    """The layout of v1, v2 or v2.1; ``slashed_dates`` None means as the version's own samples write them.

    Raises ValueError for another version.
    """
    if version not in VERSIONS:
        raise ValueError(f"School Data Sync {version} is not read here: use {', '.join(VERSIONS)}")
    document = params.document(TABLE)
    slashed = document["dates"][version] == "slashed" if slashed_dates is None else slashed_dates
    judges: dict[str, cells.Judge] = {
        "id": _id,
        "ref": _id,
        "refs": cells.list_of(_id),
        "list": cells.list_of(None),
        "boolean": _flag,
        "date": cells.slashed_date if slashed else cells.iso_date,
    }

    def column(text: str) -> Column:
        name, kind, *target = (part.strip() for part in text.split("|"))
        return Column(
            name.rstrip("!"),
            name.endswith("!"),
            kind,
            target[0] if target else "",
            judges.get(kind),
            kind == "dropped",
        )

    files = {
        file: tuple(column(text) for text in texts) for file, texts in document["files"][version].items()
    }
    return Layout(version, files, slashed)


def version_of(names: Iterable[str]) -> str | None:
    """The version whose files these are, by their names without ending; None where it cannot be told."""
    present = {name.lower() for name in names}
    for version, row in params.document(TABLE)["versions"].items():
        if {name.lower() for name in row["needs"]} <= present:
            return str(version)
    return None
