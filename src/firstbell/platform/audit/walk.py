"""One pass over the chain: which rows do not verify, and which are missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from firstbell.platform.audit.chain import GENESIS, row_mac


@dataclass(slots=True)
class Walk:
    """What one pass found; ranges are inclusive and in order."""

    first: int | None = None
    last: int = 0
    last_mac: str = GENESIS
    rows: int = 0
    failing: list[tuple[int, int]] = field(default_factory=list)
    missing: list[tuple[int, int]] = field(default_factory=list)
    before_first: list[int] = field(default_factory=list)
    heads_seen: dict[int, str] = field(default_factory=dict)

    @property
    def nothing_verifies(self) -> bool:
        """Whether there are rows and not one of them verifies."""
        return self.rows > 0 and sum(end - begin + 1 for begin, end in self.failing) == self.rows


def walk(rows: Iterable[tuple[Any, ...]], key: bytes, heads_wanted: frozenset[int] = frozenset()) -> Walk:
    """Walk rows (values in signing order, then the code) by their numbers; memory stays constant.

    A row after a gap cannot be checked (the code before it is gone) and counts as part of the gap.
    """
    found = Walk()
    expected, previous = 1, GENESIS
    fail_begin = fail_end = 0
    for row in rows:
        sequence, mac = row[0], row[-1]
        found.rows += 1
        if sequence < 1:
            found.before_first.append(sequence)
            continue
        if found.first is None:
            found.first = sequence
        if sequence != expected:
            found.missing.append((expected, sequence - 1))
        elif row_mac(key, previous, row[:-1]) != mac:
            if fail_end != sequence - 1 or not fail_end:
                if fail_end:
                    found.failing.append((fail_begin, fail_end))
                fail_begin = sequence
            fail_end = sequence
        if sequence in heads_wanted:
            found.heads_seen[sequence] = mac
        expected, previous = sequence + 1, mac
    if fail_end:
        found.failing.append((fail_begin, fail_end))
    found.last, found.last_mac = expected - 1, previous
    return found
