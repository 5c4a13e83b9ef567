"""The demonstration as a source: its name, and what its keys mean in the database."""

from __future__ import annotations

from firstbell.people.api import source_ids

SOURCE = "demonstration"


class SourceKeys:
    """Row ids by kind and key of the roster, read once a kind."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, int]] = {}

    def __call__(self, kind: str, key: str) -> int:
        if kind not in self._ids:
            self._ids[kind] = source_ids(SOURCE, kind)
        return self._ids[kind][key]
