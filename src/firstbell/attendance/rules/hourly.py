"""Clock-hour programs: days are earned in the ratio of hours attended to hours scheduled."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

Amount = Fraction | int


def days_attended(scheduled: Amount, attended: Amount, expected_days: Amount) -> Fraction | None:
    """Hours (or periods) attended by those scheduled, times the expected days; None where none was scheduled.

    >>> days_attended(420, 357, 168)
    Fraction(714, 5)

    Raises ValueError for negative amounts and where more was attended than scheduled.
    """
    if min(scheduled, attended, expected_days) < 0:
        raise ValueError("hours and days cannot be negative")
    if attended > scheduled:
        raise ValueError("more was attended than scheduled: credit cannot pass the schedule")
    return Fraction(attended) * Fraction(expected_days) / Fraction(scheduled) if scheduled else None


def days_by_type(
    scheduled: Amount, by_type: Mapping[str, Amount], expected_days: Amount
) -> dict[str, Fraction] | None:
    """The same ratio for each type of absence, so that days attended and absent make the expected days.

    ``by_type`` holds hours of attendance and of each absence type. Raises ValueError where they pass the
    schedule together.
    """
    if sum(by_type.values(), Fraction(0)) > scheduled:
        raise ValueError("the hours by type make more than the hours scheduled")
    if not scheduled:
        return None
    return {
        name: days
        for name, hours in by_type.items()
        if (days := days_attended(scheduled, hours, expected_days)) is not None
    }
