"""A student's year of absence: spells of illness, trips and truancy, late mornings, missed periods.

A few are away often, most seldom (a mixture of four groups); brothers and sisters fall ill
together; the youngest and the oldest miss more, and so do children in need. Everything is drawn from
the beginning of the year on, so that a day does not depend on what comes after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from firstbell.demonstration.rules.chance import Weighted, stream
from firstbell.demonstration.rules.pressure import Pressure
from firstbell.demonstration.rules.pupils import Pupil
from firstbell.demonstration.rules.shape import LEVEL_OF, Level
from firstbell.kernel.grade_level import GradeLevel as G

#: group -> (lowest, highest) share of days absent, before what else bears on it
GROUPS = {
    "seldom": (0.02, 0.054),
    "sometimes": (0.045, 0.07),
    "often": (0.085, 0.15),
    "mostly": (0.18, 0.34),
}
_GROUP = Weighted({"seldom": 75.5, "sometimes": 14.0, "often": 8.4, "mostly": 2.1})
_GRADE = {G.TRANSITIONAL_KINDERGARTEN: 1.3, G.KINDERGARTEN: 1.3, G.GRADE_1: 1.08, G.GRADE_12: 1.32}
_GRADE |= {G.GRADE_9: 1.1, G.GRADE_11: 1.06, G.GRADE_3: 0.9, G.GRADE_4: 0.86, G.GRADE_5: 0.86}
_LENGTH = Weighted({1: 62.0, 2: 23, 3: 9, 4: 4, 5: 2})
MEAN_LENGTH = 1.61
#: share of a student's absences that the whole family shares, and who of the children joins
FAMILY_SHARE, JOINS = 0.22, 0.82
#: what the office ends up writing for a spell, for whom is seldom and for whom is often away
_REASONS = {
    "seldom": Weighted({"H": 66.0, "E": 20, "A": 10, "U": 4}),
    "sometimes": Weighted({"H": 56.0, "E": 16, "A": 18, "U": 10}),
    "often": Weighted({"H": 40.0, "E": 11, "A": 29, "U": 20}),
    "mostly": Weighted({"H": 27.0, "E": 7, "A": 36, "U": 30}),
}


@dataclass(frozen=True, slots=True)
class Away:
    """A whole day away. ``code`` is the last word on it; ``known``: the office knew before the day began."""

    code: str
    known: bool = False
    comment: str = ""


@dataclass(slots=True)
class Absences:
    """A student's year by place of the day: whole days, late mornings (minutes), early leaving (minutes),
    and missed periods (a draw from 0 to 1 that picks which)."""

    away: dict[int, Away] = field(default_factory=dict)
    late: dict[int, int] = field(default_factory=dict)
    early: dict[int, int] = field(default_factory=dict)
    cut: dict[int, float] = field(default_factory=dict)


def family_spells(family: str, seed: int, days: Pressure) -> list[tuple[int, int, str]]:
    """(place, length, code) of what befalls a whole family."""
    random = stream(seed, "family spells", family)
    found = []
    for place in days.starts(random, 0.058 * FAMILY_SHARE / MEAN_LENGTH):
        trip = random.random() < 0.22
        length = random.choice((2, 3, 5)) if trip else _LENGTH.pick(random)
        found.append((place, length, "trip" if trip else "H"))
    return found


def absences(
    pupil: Pupil, seed: int, days: Pressure, shared: list[tuple[int, int, str]], *, high_need: bool
) -> Absences:
    """The year of one student."""
    random = stream(seed, "absences", pupil.key)
    group = _GROUP.pick(random)
    low, high = GROUPS[group]
    strain = _strain(pupil, high_need=high_need)
    share = min(0.6, (low + (high - low) * random.random()) * strain)
    found = Absences()
    secondary = LEVEL_OF[pupil.child.grade] is not Level.ELEMENTARY
    for place, length, code in shared:
        if random.random() < JOINS:
            _spell(
                found,
                days,
                place,
                length,
                _trip(random) if code == "trip" else Away(code, random.random() < 0.5),
            )
    if secondary:
        _suspension(random, found, days, group)
    for place in days.starts(random, share * (1 - FAMILY_SHARE / 2) / MEAN_LENGTH):
        code = _REASONS[group].pick(random)
        length = _LENGTH.pick(random)
        if code == "E":
            length = min(length, 2)
        _spell(found, days, place, length, Away(code, code in "HE" and random.random() < 0.3))
    _parts(random, found, days, share, secondary=secondary)
    return found


def _strain(pupil: Pupil, *, high_need: bool) -> float:
    """What makes absence likelier, as a factor around 1."""
    family = pupil.family
    strain = _GRADE.get(pupil.child.grade, 1.0)
    strain *= 1.2 if family.meals == "free" else 0.86
    strain *= 1.1 if high_need else 0.97
    if family.household in ("foster", "grandparents") or (family.meals == "free" and family.number % 29 == 0):
        strain *= 1.35
    return strain * (1.1 if pupil.education_plan else 1.0)


def _spell(found: Absences, days: Pressure, place: int, length: int, away: Away) -> None:
    """Days in a row; what is there already stays."""
    for at in range(place, min(place + length, len(days.days))):
        found.away.setdefault(at, away)


def _trip(random: Random) -> Away:
    """A family journey: sometimes under an independent study contract, done or not."""
    code = random.choice(("E", "NA", "NA", "N", "U"))
    return Away(code, code != "U", "Family travel")


def _suspension(random: Random, found: Absences, days: Pressure, group: str) -> None:
    hazard = {"seldom": 0.0001, "sometimes": 0.0003, "often": 0.0007, "mostly": 0.0012}[group]
    for place in days.starts(random, hazard):
        inside = random.random() < 0.4
        _spell(
            found,
            days,
            place,
            1 if inside else random.choice((1, 2, 3, 5)),
            Away("I" if inside else "S", True),
        )


def _parts(random: Random, found: Absences, days: Pressure, share: float, *, secondary: bool) -> None:
    """Parts of days: late mornings, early afternoons, and in secondary schools missed periods."""
    late_often = random.random() < 0.07
    for place in days.starts(random, 0.008 + share * 0.22 + (0.09 if late_often else 0)):
        minutes = min(120, 2 + int(random.expovariate(1 / 11)))
        if place not in found.away:
            found.late[place] = minutes
    for place in days.starts(random, 0.0065):
        minutes = 20 + 5 * random.randrange(20)
        if place not in found.away:
            found.early[place] = minutes
    if secondary:
        for place in days.starts(random, 0.003 + share * 0.18):
            which = random.random()
            if place not in found.away:
                found.cut[place] = which


def known_ahead(found: Absences, days: Pressure, begin: int, end: int) -> Iterator[tuple[int, int, Away]]:
    """(first place, last place, what) of spells that touch the places from ``begin`` to before ``end`` and
    that somebody knew of before."""
    place = begin
    while place < end:
        away = found.away.get(place)
        if away is None or not away.known:
            place += 1
            continue
        first = last = place
        while found.away.get(first - 1) is away:
            first -= 1
        while last + 1 < len(days.days) and found.away.get(last + 1) is away:
            last += 1
        yield first, last, away
        place = last + 1
