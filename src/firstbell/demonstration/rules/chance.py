"""Chance that can be repeated: named streams and weighted choices."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


def stream(*names: object) -> Random:
    """A generator that depends on ``names`` alone, the same on every machine and in every process.

    >>> stream(1, "calendar").random() == stream(1, "calendar").random()
    True
    """
    return Random(":".join(map(str, names)))  # noqa: S311 - invented people, no secret


class Weighted(Generic[T]):
    """Values drawn in proportion to their weights."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.values = list(weights)
        self._sums = list(accumulate(weights.values()))
        if not self.values or self._sums[-1] <= 0:
            raise ValueError("at least one value needs a weight above 0")

    def pick(self, random: Random) -> T:
        """One value."""
        at = bisect_right(self._sums, random.random() * self._sums[-1])
        return self.values[min(at, len(self.values) - 1)]


def by_rank(values: list[str]) -> Weighted[str]:
    """Values of which the first are commonest: the chance falls as 1 / (place + 4)."""
    return Weighted({value: 1 / (place + 4) for place, value in enumerate(values, 1)})
