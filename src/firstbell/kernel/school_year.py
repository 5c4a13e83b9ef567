"""School years are named by the calendar year in which they end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from firstbell.kernel.date_span import DateSpan

FIRST_MONTH = 7


@dataclass(frozen=True, slots=True, order=True)
class SchoolYear:
    """The school year that ends in calendar year ``ending``.

    ``SchoolYear(2026)`` runs from 1 July 2025 to 30 June 2026 and is shown 2025–26
    (fiscal and record year of the states; instruction lies inside it).

    >>> str(SchoolYear(2026))
    '2025–26'
    >>> SchoolYear.of(date(2025, 9, 1))
    SchoolYear(ending=2026)
    """

    ending: int

    def __post_init__(self) -> None:
        if not 1900 < self.ending < 2200:
            raise ValueError(f"a school year ends between 1901 and 2199, not in {self.ending}")

    @classmethod
    def of(cls, day: date) -> SchoolYear:
        """The school year in which ``day`` lies."""
        return cls(day.year + (1 if day.month >= FIRST_MONTH else 0))

    @property
    def span(self) -> DateSpan:
        """1 July to 30 June, both inclusive."""
        return DateSpan(date(self.ending - 1, FIRST_MONTH, 1), date(self.ending, FIRST_MONTH - 1, 30))

    @property
    def label(self) -> str:
        """The year as people write it: ``2025–26``."""
        return f"{self.ending - 1}–{self.ending % 100:02d}"

    def __str__(self) -> str:
        return self.label
