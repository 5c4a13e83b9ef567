"""Average daily attendance: days of attendance by the days taught, per school and track, then summed.

Each track is divided by its own taught days and rounded half up to two decimals before anything is
added: one division over tracks with different taught days gives another, wrong figure
(EC 41601, 46010; 5 CCR 11960).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from firstbell.kernel.exact import half_up

Key = TypeVar("Key", bound=Hashable)
PLACES = 2


@dataclass(frozen=True, slots=True)
class TrackDays:
    """What one track (or one grade span of it) adds up to in a period of apportionment.

    ``taught`` counts days the school was taught; ``attended`` and ``possible`` (membership) are
    pupil-days, which may hold fractions in clock-hour programs.
    """

    taught: int
    attended: Fraction
    possible: Fraction | None = None

    def __post_init__(self) -> None:
        if self.taught < 0 or self.attended < 0 or (self.possible is not None and self.possible < 0):
            raise ValueError("days cannot be negative: check the days taught, attended and possible")
        if self.possible is not None and self.attended > self.possible:
            raise ValueError("more days were attended than were possible: check the membership of the track")
        if self.taught == 0 and self.attended:
            raise ValueError("days were attended although none was taught: check the calendar of the track")


def average(days: Fraction | int, taught: int) -> Decimal | None:
    """Pupil-days by days taught, half up to two decimals; None where no day was taught.

    >>> average(427, 18)
    Decimal('23.72')
    """
    return half_up(Fraction(days) / taught, PLACES) if taught else None


def ada(track: TrackDays) -> Decimal | None:
    """Average daily attendance of one track; None where no day was taught."""
    return average(track.attended, track.taught)


def adm(track: TrackDays) -> Decimal | None:
    """Average daily membership of one track; None where no day was taught or membership is not known."""
    return None if track.possible is None else average(track.possible, track.taught)


def attendance_rate(track: TrackDays) -> Fraction | None:
    """Share of the possible days that were attended; None where none was possible."""
    return track.attended / track.possible if track.possible else None


def total(averages: Iterable[Decimal | None]) -> Decimal | None:
    """The rounded averages added; None where there is none at all."""
    known = [one for one in averages if one is not None]
    return half_up(sum(map(Fraction, known), Fraction(0)), PLACES) if known else None


def ada_by(tracks: Iterable[tuple[Key, TrackDays]]) -> dict[Key, Decimal]:
    """ADA added by key (a school, a grade span), each track rounded first; tracks not taught left out."""
    sums: dict[Key, Decimal] = {}
    for key, track in tracks:
        one = ada(track)
        if one is not None:
            sums[key] = sums.get(key, Decimal(0)) + one
    return sums


def pupil_days(
    membership: int, not_earning: Fraction | int, part_days: Mapping[str, Fraction] | None = None
) -> Fraction:
    """Days of attendance from exceptions alone: membership less days that earn nothing, less parts lost.

    ``part_days`` holds what clock-hour pupils lose of a day, by any key. Raises ValueError where more
    is lost than there was.
    """
    attended = Fraction(membership) - not_earning - sum((part_days or {}).values(), Fraction(0))
    if attended < 0:
        raise ValueError("more days were lost than the membership holds: check entries and exits")
    return attended
