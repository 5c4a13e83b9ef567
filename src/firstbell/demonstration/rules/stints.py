"""Enrolment histories of a year: who comes late, leaves, moves, returns, or never shows up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from firstbell.demonstration.rules.chance import Weighted
from firstbell.demonstration.rules.shape import LEVEL_OF, Level, SchoolPlan
from firstbell.kernel.date_span import ONE_DAY
from firstbell.kernel.grade_level import GradeLevel

#: share of the students who enter after the first day, on top of those who are there from the beginning
LATE = 0.04
_LEAVE = Weighted({"T160": 68.0, "T180": 7, "T200": 20, "T240": 5})
_LEAVE_HIGH = Weighted({"T160": 60.0, "T180": 5, "T200": 18, "T240": 4, "E140": 13})
_COURSE = Weighted(
    {
        "stays": 91.9,
        "no_show": 1.0,
        "leaves": 4.2,
        "transfers": 2.1,
        "returns": 0.8,
    }
)
NO_SHOW = "N470"
WITHIN = "T-DIST"


@dataclass(slots=True)
class Stint:
    """A student in a school from ``entry`` to ``exit`` (inclusive; None: still there)."""

    school: SchoolPlan
    grade: GradeLevel
    entry: date
    exit: date | None = None
    exit_code: str = ""

    @property
    def no_show(self) -> bool:
        """Whether the student never came: such a stint ends the day before it begins."""
        return self.exit_code == NO_SHOW


def stints(
    random: Random,
    home: SchoolPlan,
    others: Sequence[SchoolPlan],
    grade: GradeLevel,
    days: Sequence[date],
    *,
    late: bool,
) -> list[Stint]:
    """A student's stints over the taught ``days`` of the year, as they will have been at its end."""
    begin = _middle(random, days, 3, 0.85) if late else days[0]
    school = home
    if others and random.random() < 0.03:
        school = others[random.randrange(len(others))]
    course = "stays" if late else _COURSE.pick(random)
    first = Stint(school, grade, begin)
    if course == "stays":
        return [first]
    if course == "no_show":
        first.exit, first.exit_code = begin - ONE_DAY, NO_SHOW
        return [first]
    leaves = _middle(random, days, 8, 0.9)
    codes = _LEAVE_HIGH if LEVEL_OF[grade] is Level.HIGH else _LEAVE
    first.exit, first.exit_code = leaves, codes.pick(random)
    choices = [other for other in (home, *others) if other is not school]
    if course == "leaves" or (course == "transfers" and not choices):
        return [first]
    place = bisect_left(days, leaves)
    if course == "transfers":
        first.exit_code = WITHIN
        target, back = choices[random.randrange(len(choices))], place + 1 + random.randrange(3)
    else:
        first.exit_code = "T160"
        target, back = school, place + 10 + random.randrange(30)
    if back >= len(days):
        return [first]
    return [first, Stint(target, grade, days[back])]


def _middle(random: Random, days: Sequence[date], earliest: int, latest_share: float) -> date:
    """A taught day inside the year; early ones are likelier."""
    latest = int(len(days) * latest_share)
    return days[earliest + int((latest - earliest) * random.random() ** 1.4)]


def known(history: Sequence[Stint], today: date) -> list[Stint]:
    """The stints as known on ``today``: what lies ahead is not known yet."""
    return [
        Stint(s.school, s.grade, s.entry) if s.exit is not None and s.exit >= today and not s.no_show else s
        for s in history
        if s.entry <= today
    ]
