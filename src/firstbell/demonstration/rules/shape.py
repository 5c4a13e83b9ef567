"""How many schools a district of a size has, and which school a neighborhood sends its children to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from firstbell.demonstration.rules.chance import stream
from firstbell.demonstration.rules.vocabulary import places
from firstbell.kernel.grade_level import GradeLevel

SMALLEST = 100
LARGEST = 250_000
#: from this size on one middle school turns its periods over six days
ROTATES_FROM = 10_000
ROTATION = ("1", "2", "3", "4", "5", "6")


class Level(StrEnum):
    """What grades a school teaches."""

    ELEMENTARY = "elementary"
    MIDDLE = "middle"
    HIGH = "high"


#: TK to grade 12 in order, with the weight of each (transitional kindergarten is part of an age group)
GRADES: Mapping[GradeLevel, float] = {
    GradeLevel.TRANSITIONAL_KINDERGARTEN: 0.6,
    GradeLevel.KINDERGARTEN: 1,
} | {GradeLevel(f"{number:02d}"): 1 for number in range(1, 13)}
GRADE_LIST = tuple(GRADES)
LEVEL_OF = {
    grade: Level.ELEMENTARY if place <= 6 else Level.MIDDLE if place <= 9 else Level.HIGH
    for place, grade in enumerate(GRADE_LIST)
}


@dataclass(frozen=True, slots=True)
class SchoolPlan:
    """A school to be: ``high_need`` schools have more poverty and more absence."""

    key: str
    name: str
    level: Level
    number: int
    high_need: bool
    cycle: tuple[str, ...] = ()

    @property
    def grades(self) -> tuple[GradeLevel, ...]:
        """Grades taught, youngest first."""
        return tuple(grade for grade in GRADE_LIST if LEVEL_OF[grade] is self.level)


@dataclass(frozen=True)
class Shape:
    """The schools of a district, and how neighborhoods feed them."""

    schools: tuple[SchoolPlan, ...]

    def of(self, level: Level) -> tuple[SchoolPlan, ...]:
        """Schools of a level."""
        return tuple(school for school in self.schools if school.level is level)

    def by_zone(self) -> list[dict[Level, SchoolPlan]]:
        """For each neighborhood (one per elementary school) the school of each level."""
        elementary = self.of(Level.ELEMENTARY)
        return [
            {level: (rows := self.of(level))[zone * len(rows) // len(elementary)] for level in Level}
            for zone in range(len(elementary))
        ]


def counts(students: int) -> dict[Level, int]:
    """Number of schools by level: larger districts build larger schools.

    >>> [sum(counts(size).values()) for size in (2_000, 17_400, 100_000)]
    [5, 23, 133]
    """
    total = sum(GRADES.values())
    share = {
        level: students * sum(w for grade, w in GRADES.items() if LEVEL_OF[grade] is level) / total
        for level in Level
    }
    sizes = {
        Level.ELEMENTARY: min(530.0, 240 + share[Level.ELEMENTARY] * 0.09),
        Level.MIDDLE: 900.0,
        Level.HIGH: 1800.0,
    }
    return {level: max(1, round(share[level] / sizes[level])) for level in Level}


def _names(seed: int) -> list[tuple[str, str]]:
    """School names in a shuffled order, first words all used before one comes again."""
    words = places()
    random = stream(seed, "school names")
    first, second = list(words["school_first"]), list(words["school_second"])
    random.shuffle(first)
    random.shuffle(second)
    rounds = range(len(second))
    return [(one, second[(at + turn) % len(second)]) for turn in rounds for at, one in enumerate(first)]


_TITLE = {Level.ELEMENTARY: "Elementary School", Level.MIDDLE: "Middle School", Level.HIGH: "High School"}
_PREFIX = {Level.ELEMENTARY: "el", Level.MIDDLE: "mi", Level.HIGH: "hi"}


def shape(students: int, seed: int) -> Shape:
    """The schools of a district of ``students``. Raises ValueError outside 100 to 250,000."""
    if not SMALLEST <= students <= LARGEST:
        raise ValueError(
            f"a demonstration district has {SMALLEST:,} to {LARGEST:,} students, not {students:,}"
        )
    names = iter(_names(seed))
    schools = []
    for level, count in counts(students).items():
        for number in range(1, count + 1):
            cycle: tuple[str, ...] = ("A", "B") if level is Level.HIGH else ()
            if level is Level.MIDDLE and students >= ROTATES_FROM and number == 2:
                cycle = ROTATION
            first, second = next(names)
            schools.append(
                SchoolPlan(
                    key=f"{_PREFIX[level]}{number:02d}",
                    name=f"{first} {second} {_TITLE[level]}",
                    level=level,
                    number=number,
                    high_need=number % 2 == (1 if level is Level.HIGH else 0),
                    cycle=cycle,
                )
            )
    return Shape(tuple(schools))
