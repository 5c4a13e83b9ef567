"""The word lists of the demonstration, read once: names, places, courses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from firstbell.demonstration.rules.chance import Weighted, by_rank
from firstbell.kernel.grade_level import GradeLevel

TABLES = Path(__file__).resolve().parent.parent / "tables"


@dataclass(frozen=True)
class Origin:
    """Where a family's names come from, with the chance of each home language and race answer."""

    name: str
    girls: Weighted[str]
    boys: Weighted[str]
    last: Weighted[str]
    languages: Weighted[str]
    races: Weighted[str]
    hispanic: bool


@dataclass(frozen=True)
class Names:
    """First and last names by origin, staff first names, and nicknames."""

    origins: Weighted[Origin]
    women: Weighted[str]
    men: Weighted[str]
    nicknames: Mapping[str, str]


@dataclass(frozen=True)
class Course:
    """A course of the catalogue; ``then`` names what follows it in the second semester (code, title)."""

    code: str
    title: str
    subject: str
    seats: int
    grades: tuple[GradeLevel, ...] = ()
    then: tuple[str, str] | None = None


@dataclass(frozen=True)
class Catalogue:
    """What a middle or high school teaches and how students of a grade choose."""

    courses: Mapping[str, Course]
    core: Mapping[GradeLevel, tuple[Weighted[str], ...]]
    electives: Mapping[GradeLevel, Mapping[str, float]]
    english_learner: str
    fill: tuple[str, ...]
    small_electives: frozenset[str]
    advisory: Course | None


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((TABLES / f"{name}.yaml").read_text(encoding="utf-8"))
    return content


def _origin(name: str, row: dict[str, Any]) -> Origin:
    languages = {str(code): float(share) for code, share in row["languages"].items()}
    return Origin(
        name=name,
        girls=by_rank(row["girls"]),
        boys=by_rank(row["boys"]),
        last=by_rank(row["last"]),
        languages=Weighted(languages | {"en": 100 - sum(languages.values())}),
        races=Weighted(row["races"]),
        hispanic=row["hispanic"],
    )


@cache
def names() -> Names:
    """The name lists."""
    raw = _read("names")
    return Names(
        origins=Weighted({_origin(name, row): row["share"] for name, row in raw["origins"].items()}),
        women=by_rank(raw["staff_first"]["women"]),
        men=by_rank(raw["staff_first"]["men"]),
        nicknames=raw["nicknames"],
    )


@cache
def places() -> Mapping[str, Any]:
    """District, school and street names, as the table holds them."""
    return _read("places")


def _course(row: dict[str, Any]) -> Course:
    return Course(
        code=row["code"],
        title=row["title"],
        subject=row["subject"],
        seats=row.get("seats", 28),
        grades=tuple(GradeLevel(grade) for grade in row.get("for", ())),
        then=(row["then_code"], row["then"]) if "then" in row else None,
    )


@cache
def homeroom_courses() -> Mapping[GradeLevel, Course]:
    """The course that each elementary grade is taught as."""
    courses = [_course(row) for row in _read("courses")["elementary"]]
    return {grade: course for course in courses for grade in course.grades}


@cache
def catalogue(level: str) -> Catalogue:
    """The catalogue of ``middle`` or ``high``."""
    raw = _read("courses")[level]
    return Catalogue(
        courses={row["code"]: _course(row) for row in raw["courses"]},
        core={
            GradeLevel(grade): tuple(
                Weighted(choice if isinstance(choice, dict) else {choice: 1}) for choice in row
            )
            for grade, row in raw["core"].items()
        },
        electives={GradeLevel(grade): row for grade, row in raw["electives"].items()},
        english_learner=raw["english_learner"],
        fill=tuple(raw["fill"]),
        small_electives=frozenset(raw["small_electives"]),
        advisory=_course(raw["advisory"]) if "advisory" in raw else None,
    )
