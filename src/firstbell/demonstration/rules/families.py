"""Families: who lives together, who may be called, and the children that go to school.

Brothers and sisters share an address and contacts. Parents live together or apart, some children
live with one parent, grandparents or foster parents; a court bars a few contacts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from firstbell.demonstration.rules.chance import Weighted, stream
from firstbell.demonstration.rules.shape import GRADE_LIST, GRADES, Shape
from firstbell.demonstration.rules.vocabulary import Names, Origin, names, places
from firstbell.kernel.grade_level import GradeLevel

_CHILDREN = Weighted({1: 55.0, 2: 33, 3: 10, 4: 2})
_GAP = Weighted({0: 3.0, 1: 24, 2: 38, 3: 20, 4: 10, 5: 5})
_HOUSEHOLD = Weighted(
    {
        "together": 61.0,
        "apart": 17,
        "mother": 13,
        "father": 3,
        "grandparents": 4,
        "aunt": 1.4,
        "foster": 0.6,
    }
)
_GRADE = Weighted(dict(enumerate(GRADES.values())))
_MEALS = {
    False: Weighted({"free": 27.0, "reduced": 9, "": 64}),
    True: Weighted({"free": 66.0, "reduced": 9, "": 25}),
}


@dataclass(slots=True)
class Child:
    """A child of a family who goes to school in the district this year."""

    number: int
    grade: GradeLevel
    sex: str
    first: str
    middle: str
    last: str
    birth_date: date
    nickname: str = ""

    @property
    def key(self) -> str:
        """The key of the student."""
        return f"s{self.number:06d}"


@dataclass(slots=True)
class Adult:
    """A contact of a family's children."""

    relation: str
    first: str
    last: str
    elsewhere: bool = False
    rights: bool = True
    barred: bool = False
    emergency_only: bool = False


@dataclass(slots=True)
class Family:
    """A household with its children and those who may be called; ``zone`` is the neighborhood."""

    number: int
    zone: int
    household: str
    origin: Origin
    language: str
    races: tuple[str, ...]
    meals: str
    adults: list[Adult] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Names the family in streams of chance and in the keys of its contacts."""
        return f"f{self.number:06d}"


def families(students: int, seed: int, school_start: date, shape: Shape) -> Iterator[Family]:
    """Families until they have ``students`` children; the first that lives apart has a court order."""
    zones = shape.by_zone()
    random = stream(seed, "families")
    made, number, ordered = 0, 0, False
    while made < students:
        number += 1
        zone = random.randrange(len(zones))
        need = next(iter(zones[zone].values())).high_need
        family = _household(random, number, zone, high_need=need)
        order = family.household == "apart" and (not ordered or random.random() < 0.035)
        _adults(random, family, barred=order)
        ordered = ordered or order
        for grade in _grades(random, students - made):
            made += 1
            family.children.append(_child(random, family, made, grade, school_start))
        yield family


def _household(random: Random, number: int, zone: int, *, high_need: bool) -> Family:
    origin = names().origins.pick(random)
    return Family(
        number=number,
        zone=zone,
        household=_HOUSEHOLD.pick(random),
        origin=origin,
        language=origin.languages.pick(random),
        races=tuple(origin.races.pick(random).split()),
        meals=_MEALS[high_need].pick(random),
    )


def _grades(random: Random, most: int) -> list[int]:
    """Places of the children's grades in ``GRADE_LIST``; siblings are mostly one to four grades apart."""
    wanted = min(most, _CHILDREN.pick(random))
    place = _GRADE.pick(random)
    down = random.random() < 0.5
    found = [place]
    while len(found) < wanted:
        place += -_GAP.pick(random) if down else _GAP.pick(random)
        if not 0 <= place < len(GRADE_LIST):
            break
        found.append(place)
    return found


def _child(random: Random, family: Family, number: int, place: int, school_start: date) -> Child:
    sex = "female" if random.random() < 0.487 else "male"
    pool = family.origin.girls if sex == "female" else family.origin.boys
    taken = {child.first for child in family.children}
    first = next((name for _ in range(20) if (name := pool.pick(random)) not in taken), pool.pick(random))
    middle = pool.pick(random)
    last = family.adults[0].last
    if family.origin.hispanic and random.random() < 0.2:
        last = f"{last} {family.origin.last.pick(random)}"
    older = random.random() < 0.05
    birthday = date(school_start.year - 4 - place - older, 9, 1) - timedelta(days=random.randrange(365))
    nickname = names().nicknames.get(first, "") if random.random() < 0.35 else ""
    return Child(
        number=number,
        grade=GRADE_LIST[place],
        sex=sex,
        first=first,
        middle=middle if middle != first else "",
        last=last,
        birth_date=birthday,
        nickname=nickname,
    )


def _adult(random: Random, origin: Origin, relation: str, last: str, **traits: bool) -> Adult:
    women = relation in {"Mother", "Grandmother", "Aunt"} or (
        relation in {"Neighbor", "Family friend", "Foster parent"} and random.random() < 0.6
    )
    words: Names = names()
    if origin.name in {"european", "african_american"}:
        pool = words.women if women else words.men
    else:
        pool = origin.girls if women else origin.boys
    return Adult(relation=relation, first=pool.pick(random), last=last, **traits)


def _adults(random: Random, family: Family, *, barred: bool) -> None:
    """The people of a household, the one called first in front; then one for emergencies."""
    origin, last = family.origin, family.origin.last.pick(random)
    other = last if random.random() < 0.7 else origin.last.pick(random)
    kinds: dict[str, list[tuple[str, str, bool]]] = {
        "together": [("Mother", other, False), ("Father", last, False)],
        "apart": [("Mother", other, False), ("Father", last, True)],
        "mother": [("Mother", last, False)],
        "father": [("Father", last, False)],
        "grandparents": [("Grandmother", last, False), ("Grandfather", last, False)],
        "aunt": [("Aunt", last, False)],
        "foster": [("Foster parent", origin.last.pick(random), False)],
    }
    for relation, name, elsewhere in kinds[family.household]:
        family.adults.append(_adult(random, origin, relation, name, elsewhere=elsewhere))
    if barred:
        family.adults[-1].barred, family.adults[-1].rights = True, False
    if random.random() < 0.62:
        relation = ("Grandmother", "Aunt", "Uncle", "Neighbor", "Family friend")[random.randrange(5)]
        friend = names().origins.pick(random) if relation in {"Neighbor", "Family friend"} else origin
        family.adults.append(
            _adult(
                random,
                friend,
                relation,
                friend.last.pick(random),
                elsewhere=True,
                rights=False,
                emergency_only=True,
            )
        )


def street_address(random: Random) -> str:
    """A house number and a street of the invented town."""
    words = places()
    first, second = words["street_first"], words["street_second"]
    return f"{random.randrange(100, 9990)} {random.choice(first)} {random.choice(second)}"


def phone(random: Random) -> str:
    """A number of the range that is kept for fiction (555-0100 to 555-0199)."""
    return f"({places()['district']['area_code']}) 555-01{random.randrange(100):02d}"
