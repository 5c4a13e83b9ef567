"""A span of calendar dates, both ends inclusive.

Inside the house every end is inclusive. Formats whose ends are exclusive (OneRoster)
convert at their own edge and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Dates from ``begin`` to ``end``, both inclusive; ``end`` None means still open.

    >>> DateSpan(date(2026, 1, 5), date(2026, 1, 9)).days
    5
    """

    begin: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.begin:
            raise ValueError(f"the end {self.end} lies before the begin {self.begin}")

    def __contains__(self, day: date) -> bool:
        return self.begin <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: DateSpan) -> bool:
        """Whether at least one date lies in both."""
        return (other.end is None or self.begin <= other.end) and (
            self.end is None or other.begin <= self.end
        )

    def clip(self, other: DateSpan) -> DateSpan | None:
        """The dates that lie in both, or None."""
        if not self.overlaps(other):
            return None
        ends = [e for e in (self.end, other.end) if e is not None]
        return DateSpan(max(self.begin, other.begin), min(ends) if ends else None)

    @property
    def days(self) -> int:
        """Number of calendar dates. Raises ValueError for an open span."""
        if self.end is None:
            raise ValueError("an open span has no number of days: give it an end first")
        return (self.end - self.begin).days + 1

    def __iter__(self) -> Iterator[date]:
        if self.end is None:
            raise ValueError("an open span cannot be walked: give it an end first")
        day = self.begin
        while day <= self.end:
            yield day
            day += ONE_DAY
