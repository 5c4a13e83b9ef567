"""Files, columns, vocabularies and rules of a OneRoster version, read from tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from firstbell import params
from firstbell.formats import cells
from firstbell.formats.columns import Column

TABLES = Path(__file__).parent / "tables"
VERSIONS = ("1.1", "1.2")
METADATA = "metadata."
_PLAIN: dict[str, cells.Judge] = {
    "boolean": cells.boolean,
    "date": cells.iso_date,
    "datetime": cells.utc_datetime,
    "year": cells.year,
    "integer": cells.integer,
    "float": cells.decimal,
    "userIds": cells.user_ids,
    "scale": cells.scale,
    "list": cells.list_of(None),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """One version of OneRoster CSV."""

    version: str
    files: Mapping[str, tuple[Column, ...]]
    #: file -> column name -> (name of the column before it, column): read, never written
    tolerated: Mapping[str, Mapping[str, tuple[str, Column]]]
    #: files whose sourcedId is that of a row of another file
    same_id: Mapping[str, str]
    rules: Mapping[str, Any]

    def columns(self, file: str) -> tuple[Column, ...]:
        """The columns of a file in their order."""
        return self.files[file]

    def references(self, file: str) -> Iterator[Column]:
        """The columns of a file that name records of others."""
        for column in self.files[file]:
            if column.refers:
                yield column


@lru_cache
def layout(version: str) -> Layout:
    """The layout of version 1.1 or 1.2. Raises ValueError for another."""
    if version not in VERSIONS:
        raise ValueError(f"OneRoster {version} is not read or written here: use 1.1 or 1.2")
    document = params.document(TABLES / "columns.yaml")
    words = _vocabularies(version)
    dropped = frozenset(document["dropped"])

    def column(text: str) -> Column:
        name, kind, *target = text.split()
        return Column(
            name.rstrip("!"),
            name.endswith("!"),
            kind,
            target[0] if target else "",
            _judge(kind, target[0] if target else "", words, version),
            name.rstrip("!") in dropped,
        )

    first = tuple(column(text) for text in document["first"])
    files = {file: (*first, *(column(text) for text in texts)) for file, texts in document[version].items()}
    tolerated = {
        file: {name: (item["after"], column(item["column"])) for name, item in items.items()}
        for file, items in document["tolerated"].get(version, {}).items()
    }
    rules = params.document(TABLES / "rules.yaml")
    return Layout(version, files, tolerated, document["same_id"], rules)


def _vocabularies(version: str) -> dict[str, cells.Vocabulary]:
    document = params.document(TABLES / "vocabularies.yaml")
    return {
        name: cells.Vocabulary(
            frozenset(item["words"]), version != "1.1" and item.get("open", False), item.get("odd")
        )
        for name, item in document["vocabularies"].items()
    }


def _judge(kind: str, target: str, words: Mapping[str, cells.Vocabulary], version: str) -> cells.Judge | None:
    if kind == "text":
        return None
    if kind in ("guid", "ref", "refs"):
        one = cells.guid(strict=version != "1.1")
        return cells.list_of(one) if kind == "refs" else one
    if kind in ("enum", "status"):
        return words[target or "status"]
    if kind == "enums":
        return cells.list_of(words[target])
    return _PLAIN[kind]
