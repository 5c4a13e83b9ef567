"""Instructional time: the minutes and days a school owes its students, and what a shortfall costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from firstbell.attendance.rules.rule_set import RuleSet
from firstbell.kernel.exact import half_up
from firstbell.kernel.grade_level import GradeLevel

CENTS = 2

_BANDS = {
    "K": (GradeLevel.TRANSITIONAL_KINDERGARTEN, GradeLevel.KINDERGARTEN),
    "1-3": (GradeLevel.GRADE_1, GradeLevel.GRADE_2, GradeLevel.GRADE_3),
    "4-6": (GradeLevel.GRADE_4, GradeLevel.GRADE_5, GradeLevel.GRADE_6),
    "7-8": (GradeLevel.GRADE_7, GradeLevel.GRADE_8),
    "9-12": (GradeLevel.GRADE_9, GradeLevel.GRADE_10, GradeLevel.GRADE_11, GradeLevel.GRADE_12),
}
_BAND_OF = {grade: band for band, grades in _BANDS.items() for grade in grades}


def grade_band(grade: GradeLevel) -> str | None:
    """The grade band in which instructional time is owed (``4-6``); None outside TK to 12."""
    return _BAND_OF.get(grade)


def annual_minutes(grade: GradeLevel, rules: RuleSet) -> int | None:
    """Minutes owed in the school year; None outside TK to 12. Raises MissingParameter."""
    band = grade_band(grade)
    return None if band is None else int(rules.value("annual_minutes")[band])


def minimum_day(grade: GradeLevel, rules: RuleSet) -> int | None:
    """Minutes below which a day does not count; None outside TK to 12. Raises MissingParameter."""
    band = grade_band(grade)
    return None if band is None else int(rules.value("minimum_day_minutes")[band])


@dataclass(frozen=True, slots=True)
class YearOfMinutes:
    """A grade's year: minutes and days offered so far and planned, against what is owed."""

    required: int
    offered: int
    short: int
    days: int
    short_days: tuple[int, ...] = ()


def year_of_minutes(minutes_by_day: Iterable[int], grade: GradeLevel, rules: RuleSet) -> YearOfMinutes | None:
    """A grade's minutes over its taught days (done and planned); None outside TK to 12.

    ``short_days`` are the positions of days below the minimum day, which the office should look at.
    """
    required, least = annual_minutes(grade, rules), minimum_day(grade, rules)
    if required is None or least is None:
        return None
    days = tuple(minutes_by_day)
    offered = sum(days)
    below = tuple(position for position, minutes in enumerate(days) if minutes < least)
    return YearOfMinutes(required, offered, max(0, required - offered), len(days), below)


@dataclass(frozen=True, slots=True)
class ShortGroup:
    """Pupils who were offered the same minutes: how many, and by how many minutes they were short."""

    pupils: Fraction
    minutes_short: Fraction


def share_short(required: Fraction | int, groups: Iterable[ShortGroup]) -> Fraction | None:
    """Share of the pupils' required minutes that was not offered; None without pupils or requirement.

    Raises ValueError for negative amounts (a surplus of one group does not offset another's lack) and
    where more minutes are short than are owed.
    """
    rows = tuple(groups)
    if required < 0 or any(row.pupils < 0 or row.minutes_short < 0 for row in rows):
        raise ValueError("pupils and minutes cannot be negative: write 0 where no minutes are short")
    if any(row.minutes_short > required for row in rows):
        raise ValueError("more minutes are short than are required")
    owed = Fraction(required) * sum((row.pupils for row in rows), Fraction(0))
    return sum((row.pupils * row.minutes_short for row in rows), Fraction(0)) / owed if owed else None


def penalty_minutes(share: Fraction, entitlement: Fraction | Decimal) -> Decimal:
    """What short minutes cost: apportionment of the affected grades times the exact share, in cents."""
    return half_up(Fraction(entitlement) * share, CENTS)


def penalty_days(
    days_offered: int, entitlement: Fraction | Decimal, rules: RuleSet, *, charter: bool = False
) -> Decimal:
    """What short days cost a district at target, or a charter (pro rata), in cents.

    Raises MissingParameter, and ValueError for negative days.
    """
    if days_offered < 0:
        raise ValueError("days cannot be negative")
    required = int(rules.value("annual_days")["charter" if charter else "district"])
    short = max(0, required - days_offered)
    if charter:
        return half_up(Fraction(entitlement) * short / required, CENTS)
    first = min(short, int(rules.value("short_day_first_days")))
    rate = first * Fraction(rules.decimal("short_day_rate_first")) + (short - first) * Fraction(
        rules.decimal("short_day_rate_further")
    )
    return half_up(Fraction(entitlement) * rate, CENTS)
