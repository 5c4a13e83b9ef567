"""A long list of which only those rows are fetched that somebody looks at."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any


class Fetched(ABC):
    """Rows of which only those of a page are fetched: a sequence with a length, read by slices."""

    @abstractmethod
    def __len__(self) -> int:
        """How many there are."""

    @abstractmethod
    def __getitem__(self, place: Any) -> Any:
        """One row, or the list of a slice."""
