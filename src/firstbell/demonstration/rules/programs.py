"""Programmes: who learns English, has an education plan, free meals, a foster home or no fixed home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from firstbell.demonstration.rules.chance import Weighted
from firstbell.demonstration.rules.families import Child, Family
from firstbell.demonstration.rules.shape import GRADE_LIST
from firstbell.people.data import ProgramKind, ProgramParticipationRecord

_DISABILITY = Weighted(
    {
        "Specific learning disability": 38.0,
        "Speech or language impairment": 21,
        "Autism": 16,
        "Other health impairment": 15,
        "Emotional disability": 4,
        "Intellectual disability": 4,
        "Hearing impairment": 2,
    }
)


def participations(
    random: Random, family: Family, child: Child, year_begin: date, school_begin: date
) -> Iterator[ProgramParticipationRecord]:
    """The participations of a child; those of long standing begin in an earlier year."""
    place = GRADE_LIST.index(child.grade)
    started = school_begin - timedelta(days=365 * random.randrange(max(1, place)))
    if family.language != "en":
        yield from _english(random, family, child, place, started, school_begin)
    draw = random.random()
    if draw < 0.128:
        begin = started + timedelta(days=9)
        yield _row(child, ProgramKind.SPECIAL_EDUCATION, begin, _DISABILITY.pick(random))
    elif draw < 0.165:
        yield _row(child, ProgramKind.SECTION_504, started + timedelta(days=6))
    if family.meals:
        yield _row(child, ProgramKind.MEALS, year_begin, family.meals)
    if family.household == "foster":
        yield _row(child, ProgramKind.FOSTER, year_begin)
    if family.meals == "free" and family.number % 29 == 0:
        yield _row(child, ProgramKind.HOMELESS, year_begin, "Doubled up with another family")
    if family.origin.hispanic and family.number % 41 == 0:
        yield _row(child, ProgramKind.MIGRANT, year_begin)


def _english(
    random: Random, family: Family, child: Child, place: int, started: date, school_begin: date
) -> Iterator[ProgramParticipationRecord]:
    draw = random.random()
    if draw < 0.72 - 0.045 * place:
        yield _row(child, ProgramKind.ENGLISH_LEARNER, started, family.language)
    elif draw < 0.72 and place > 3:
        ended = school_begin - timedelta(days=80 + 365 * random.randrange(place - 3))
        yield ProgramParticipationRecord(
            student=child.key,
            kind=ProgramKind.ENGLISH_LEARNER,
            begin=ended - timedelta(days=2 * 365),
            end=ended,
            detail=family.language,
            exit_reason="Reclassified fluent English proficient",
        )


def _row(child: Child, kind: ProgramKind, begin: date, detail: str = "") -> ProgramParticipationRecord:
    return ProgramParticipationRecord(student=child.key, kind=kind, begin=begin, detail=detail)
