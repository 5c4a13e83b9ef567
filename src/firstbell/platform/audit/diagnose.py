"""From rows that do not verify to what was done to them: changed, swapped, inserted, removed, rewritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, pairwise
from typing import Any

from firstbell.kernel.finding import Finding, error
from firstbell.platform.audit.chain import GENESIS, row_mac
from firstbell.platform.audit.walk import Walk

Fetch = Callable[[Iterable[int]], dict[int, tuple[Any, ...]]]
_NEXT = "Restore the log from a backup taken before, keep this database as evidence, and open an incident."
_LOOKED_AT = 60  # suspects compared pair by pair: enough for any hand-made change, bounded for a wrong key


def diagnose(found: Walk, key: bytes, fetch: Fetch) -> list[Finding]:
    """Findings that name the rows; ``fetch`` gives rows by number."""
    findings = [
        _finding("inserted", f"Row {sequence} stands before the first row.", sequence)
        for sequence in found.before_first
    ]
    findings += [_finding("deleted", f"{_rows(begin, end)} missing.", begin) for begin, end in found.missing]
    suspects = [n for begin, end in found.failing for n in range(begin, min(end, begin + _LOOKED_AT) + 1)]
    evidence = _Evidence(key, fetch(_with_neighbors(suspects[:_LOOKED_AT])))
    swapped = evidence.swaps(suspects[:_LOOKED_AT])
    explained: set[int] = set()
    for one, other in swapped:
        findings.append(_finding("swapped", f"Rows {one} and {other} have changed places.", one))
        explained |= {one, one + 1, other, other + 1}
    for begin, end in found.failing:
        while begin in explained and begin <= end:
            begin += 1
        while end in explained and end >= begin:
            end -= 1
        if begin <= end:
            findings += evidence.run(begin, end, found.last)
    return findings


class _Evidence:
    """The rows around the suspects, and what can be tried on them."""

    def __init__(self, key: bytes, rows: dict[int, tuple[Any, ...]]) -> None:
        self.key = key
        self.rows = rows

    def mac(self, sequence: int) -> str | None:
        if sequence == 0:
            return GENESIS
        row = self.rows.get(sequence)
        return row[-1] if row else None

    def fits(self, content_of: int, at: int, previous: str | None) -> bool:
        """Whether the row stored under one number verifies under another, after the code ``previous``."""
        row = self.rows.get(content_of)
        if row is None or previous is None:
            return False
        return row_mac(self.key, previous, (at, *row[1:-1])) == str(row[-1])

    def swaps(self, suspects: Sequence[int]) -> list[tuple[int, int]]:
        """Pairs of rows that verify once they are put back in each other's place."""
        pairs: list[tuple[int, int]] = []
        for one, other in combinations(suspects, 2):
            before_other = self.mac(other) if other - 1 == one else self.mac(other - 1)
            if self.fits(other, one, self.mac(one - 1)) and self.fits(one, other, before_other):
                pairs.append((one, other))
        return pairs

    def run(self, begin: int, end: int, last: int) -> list[Finding]:
        """What was done to a run of rows that do not verify."""
        if end == last and end > begin:
            if self.fits(begin + 1, begin, self.mac(begin - 1)):
                return [
                    _finding("inserted", f"Row {begin} was inserted and all later rows renumbered.", begin)
                ]
            if self.fits(begin + 1, begin + 2, self.mac(begin)):
                return [
                    _finding("deleted", f"A row before row {begin} is missing, later rows renumbered.", begin)
                ]
        changed = [begin, *self._changed_after(begin, end)]
        if end == last and len(changed) > 1:
            return [_finding("rewritten_tail", f"Rows {begin} to {end}, the last, were rewritten.", begin)]
        return [_finding("changed", f"{_rows_were(a, b)} changed.", a) for a, b in _runs(changed)]

    def _changed_after(self, begin: int, end: int) -> Iterable[int]:
        """Rows after the first of a run; one is spared whose only fault is the altered code before it."""
        for sequence in range(begin + 1, end + 1):
            before = self.rows.get(sequence - 1)
            prior = self.mac(sequence - 2)
            if before and prior and self.fits(sequence, sequence, row_mac(self.key, prior, before[:-1])):
                continue
            yield sequence


def _with_neighbors(suspects: Sequence[int]) -> set[int]:
    return {n for suspect in suspects for n in range(max(1, suspect - 2), suspect + 3)}


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """``[3, 4, 5, 9]`` -> ``[(3, 5), (9, 9)]``"""
    starts = [numbers[0], *(b for a, b in pairwise(numbers) if b != a + 1)]
    ends = [*(a for a, b in pairwise(numbers) if b != a + 1), numbers[-1]]
    return list(zip(starts, ends, strict=True))


def _rows(begin: int, end: int) -> str:
    return f"Row {begin} is" if begin == end else f"Rows {begin} to {end} are"


def _rows_were(begin: int, end: int) -> str:
    return f"Row {begin} was" if begin == end else f"Rows {begin} to {end} were"


def _finding(code: str, message: str, row: int) -> Finding:
    return error(f"audit.{code}", message, _NEXT, file="audit chain", row=row)
