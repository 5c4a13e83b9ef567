"""Which teacher is away on which day, and which substitute takes their classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from firstbell.demonstration.data import SubstituteDay
from firstbell.demonstration.rules.chance import stream
from firstbell.demonstration.rules.district import Invented
from firstbell.demonstration.rules.meetings import SchoolMeetings
from firstbell.demonstration.rules.staffing import absent_days


@dataclass
class Covering:
    """Teachers' days away (teacher -> places of days) and who covers: (teacher, place) -> substitute."""

    away: dict[str, set[int]] = field(default_factory=dict)
    by: dict[tuple[str, int], str] = field(default_factory=dict)


def covering(found: Invented) -> Covering:
    """The teachers' absences of the year; every day at least one is away, and a substitute has one teacher
    a day. Where no substitute is free the office looks after the classes."""
    plan = Covering()
    taken: dict[int, set[str]] = defaultdict(set)
    teachers = [teacher for here in found.schools.values() for teacher in here.teachers]
    for teacher in teachers:
        plan.away[teacher] = absent_days(stream(found.seed, "away", teacher), len(found.days))
    somebody = set().union(*plan.away.values())
    for place in range(len(found.days)):
        if place not in somebody:
            plan.away[teachers[place * 7 % len(teachers)]].add(place)
    for at, teacher in enumerate(teachers):
        for place in sorted(plan.away[teacher]):
            pool = found.substitutes
            free = next(
                (
                    one
                    for n in range(len(pool))
                    if (one := pool[(at + place + n) % len(pool)]) not in taken[place]
                ),
                None,
            )
            if free is not None:
                taken[place].add(free)
                plan.by[teacher, place] = free
    return plan


def substitute_days(
    found: Invented, plan: Covering, schools: Mapping[str, SchoolMeetings], begin: int, end: int
) -> Iterator[SubstituteDay]:
    """What substitutes do on the taught days from place ``begin`` to before ``end``."""
    for key, here in found.schools.items():
        times = schools[key]
        of_teacher: dict[str, list[tuple[str, frozenset[int]]]] = defaultdict(list)
        for section in here.classes:
            of_teacher[section.teacher].append((section.key, frozenset(times.of_class(section.meetings))))
        for teacher in here.teachers:
            for place in sorted(plan.away[teacher]):
                substitute = plan.by.get((teacher, place))
                if substitute is None or not begin <= place < end or not times.taught(place):
                    continue
                yield SubstituteDay(
                    substitute=substitute,
                    covers=teacher,
                    school=key,
                    day=times.days[place],
                    sections=tuple(section for section, days in of_teacher[teacher] if place in days),
                )
