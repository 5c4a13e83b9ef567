"""Truancy: occasions, and the three flags that are not chronic absence (EC 48260, 48262, 48263.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

from firstbell.attendance.rules.chronic import reaches
from firstbell.attendance.rules.rule_set import RuleSet
from firstbell.params import MissingParameter


class UnexcusedDay(Protocol):
    """What truancy asks of a day (a ``PupilDay`` answers it)."""

    @property
    def full_day_unexcused(self) -> bool:
        """Whether the whole day was missed without a valid excuse."""

    @property
    def unexcused_gaps(self) -> tuple[Decimal, ...]:
        """Lengths in minutes of the unexcused stretches."""


class OccasionKind(StrEnum):
    """What made an occasion."""

    FULL_DAY = "full_day_unexcused"
    GAP = "over_limit_unexcused"


@dataclass(frozen=True, slots=True, order=True)
class Occasion:
    """One occasion of one student's stream, with the gap's minutes (None for a full day)."""

    day: date
    kind: OccasionKind
    minutes: Decimal | None = None


def day_occasions(full_day_unexcused: bool, gaps: Sequence[Decimal], rules: RuleSet) -> int:
    """Occasions of one day: a full unexcused day is one; gaps over the limit are one together, or each.

    Raises MissingParameter where the rules know no truancy.
    """
    if full_day_unexcused:
        return 1
    over = sum(gap > rules.decimal("truant_gap_minutes") for gap in gaps)
    return min(over, 1) if rules.value("gaps_of_one_day_are_one_occasion") else over


def occasions(days: Iterable[tuple[date, UnexcusedDay]], rules: RuleSet) -> list[Occasion]:
    """The occasion stream of one student in one school year, in date order."""
    stream: list[Occasion] = []
    limit = rules.decimal("truant_gap_minutes")
    for day, value in sorted(days, key=lambda row: row[0]):
        if value.full_day_unexcused:
            stream.append(Occasion(day, OccasionKind.FULL_DAY))
            continue
        gaps = sorted((gap for gap in value.unexcused_gaps if gap > limit), reverse=True)
        count = day_occasions(False, gaps, rules)
        stream += [Occasion(day, OccasionKind.GAP, gap) for gap in gaps[:count]]
    return stream


def truant(count: int, rules: RuleSet) -> bool:
    """Whether the occasions of the school year make the student a truant."""
    return count >= rules.once("truant", lambda: int(rules.value("truant_occasions")))


def knows_truancy(rules: RuleSet) -> bool:
    """Whether the rules say when somebody is a truant: where they do not, nobody is counted."""
    try:
        return rules.row("truant_occasions") is not None
    except MissingParameter:
        return False


def habitual(reports: int, conference_effort: bool, rules: RuleSet) -> bool:
    """Whether reports as a truant, after an honest effort to hold a conference, make a habitual truant."""
    return conference_effort and reports >= int(rules.value("habitual_truant_reports"))


def chronic_truant(unexcused_days: Fraction | int, school_days: int, rules: RuleSet) -> bool:
    """Whether unexcused full days reach the share of school days from enrollment to now, exactly.

    >>> from firstbell.attendance.rules.rule_set import rule_set
    >>> chronic_truant(7, 68, rule_set("us-ca"))
    True
    """
    percent = rules.once("chronic_truant", lambda: rules.decimal("chronic_truant_percent"))
    return reaches(Fraction(unexcused_days), Fraction(school_days), percent)
