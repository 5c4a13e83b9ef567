"""How strongly each day of the year pulls students away: Mondays, Fridays, holidays ahead, flu weeks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from firstbell.demonstration.rules.chance import stream

_WEEKDAY = (1.17, 0.93, 0.9, 0.92, 1.2)
_SEASON = {
    8: 0.86,
    9: 0.94,
    10: 1.0,
    11: 1.02,
    12: 1.08,
    1: 1.08,
    2: 1.05,
    3: 0.98,
    4: 0.96,
    5: 1.02,
    6: 1.15,
}
BEFORE_BREAK, AFTER_BREAK = 1.55, 1.2
#: a free weekday run of at least so many days is a break
BREAK = 3
FLU = (2.0, 1.6)


@dataclass(frozen=True)
class Pressure:
    """Planned days in order, their weights (around 1) and the running sums of the weights."""

    days: tuple[date, ...]
    weights: tuple[float, ...]
    sums: tuple[float, ...]

    def next_after(self, at: float) -> int | None:
        """The place of the day on which the running sum passes ``at``; None after the last."""
        place = bisect_right(self.sums, at)
        return place if place < len(self.days) else None

    def starts(self, random: Random, hazard: float) -> list[int]:
        """Places of days on which something begins whose chance is ``hazard`` on a day of weight 1."""
        found: list[int] = []
        at = 0.0
        while hazard > 0:
            at += random.expovariate(hazard)
            place = self.next_after(at)
            if place is None:
                break
            found.append(place)
        return found


def pressure(days: Sequence[date], seed: int) -> Pressure:
    """The pressure of the planned ``days``; each day's depends on what lies around it and on nothing later
    than the next planned day, so that days added at the end change no other's."""
    flu = flu_weeks(days, seed)
    weights = []
    for place, day in enumerate(days):
        weight = _WEEKDAY[day.weekday()] * _SEASON.get(day.month, 1.0)
        if place + 1 < len(days) and (days[place + 1] - day).days > BREAK:
            weight *= BEFORE_BREAK
        if place and (day - days[place - 1]).days > BREAK:
            weight *= AFTER_BREAK
        weight *= flu.get(day - timedelta(days=day.weekday()), 1.0)
        weights.append(weight)
    return Pressure(tuple(days), tuple(weights), tuple(accumulate(weights)))


def flu_weeks(days: Sequence[date], seed: int) -> dict[date, float]:
    """The Mondays of a strong flu week after New Year and a milder one before Christmas."""
    mondays = sorted({day - timedelta(days=day.weekday()) for day in days})
    winter = [monday for monday in mondays if (monday.month, monday.day) >= (1, 18) and monday.month == 1]
    winter += [monday for monday in mondays if monday.month == 2]
    late_fall = [monday for monday in mondays if monday.month == 12] or mondays[-1:]
    random = stream(seed, "flu", days[-1].year)
    strong = winter[random.randrange(max(1, len(winter) - 1))] if winter else mondays[-1]
    return {strong: FLU[0], late_fall[random.randrange(min(2, len(late_fall)))]: FLU[1]}
