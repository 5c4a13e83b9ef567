"""Occasions and the flags truant, habitual, chronic truant."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from firstbell.attendance.data import PupilDay, StateCategory
from firstbell.attendance.rules.rule_set import RuleSet, rule_set
from firstbell.attendance.rules.truancy import (
    Occasion,
    OccasionKind,
    chronic_truant,
    day_occasions,
    habitual,
    occasions,
    truant,
)
from firstbell.params import Parameter, ParameterTable, Value

CA = rule_set("us-ca")
D = [date(2025, 9, d) for d in range(1, 10)]


def day(full: bool = False, *gaps: int) -> PupilDay:
    return PupilDay(
        scheduled_minutes=Decimal(300), present_minutes=Decimal(0), fraction=Fraction(0),
        category=StateCategory.UNEXCUSED, code="A", state_day_present=not full, local_day_present=not full,
        earns_ada=not full, full_day_unexcused=full, unexcused_gaps=tuple(map(Decimal, gaps)),
    )  # fmt: skip


def test_one_full_day_and_gaps_of_45_and_35_make_three_occasions_and_a_truant() -> None:
    stream = occasions([(D[4], day(False, 35)), (D[0], day(True, 300)), (D[2], day(False, 45))], CA)
    assert stream == [
        Occasion(D[0], OccasionKind.FULL_DAY),
        Occasion(D[2], OccasionKind.GAP, Decimal(45)),
        Occasion(D[4], OccasionKind.GAP, Decimal(35)),
    ]
    assert truant(len(stream), CA)
    assert not truant(2, CA)


def test_a_gap_of_thirty_minutes_is_no_occasion() -> None:
    assert occasions([(D[0], day(False, 30))], CA) == []
    assert day_occasions(False, [Decimal("30.5")], CA) == 1


def test_gaps_of_one_day_are_one_occasion_or_each_by_setting() -> None:
    gaps = [Decimal(45), Decimal(31), Decimal(20)]
    rows = dict(CA.table.parameters)
    rows["gaps_of_one_day_are_one_occasion"] = Parameter("x", "u", (Value(False, D[0], "district"),))
    each = RuleSet("district", None, ParameterTable("district", "", rows))
    assert (day_occasions(False, gaps, CA), day_occasions(False, gaps, each)) == (1, 2)
    assert day_occasions(True, gaps, each) == 1


def test_habitual_takes_three_reports_and_an_effort_to_confer() -> None:
    assert habitual(3, True, CA)
    assert not habitual(3, False, CA)
    assert not habitual(2, True, CA)


@pytest.mark.parametrize(
    ("unexcused", "days", "flag"), [(7, 68, True), (7, 70, True), (7, 71, False), (0, 0, False)]
)
def test_chronic_truant_at_ten_percent_of_days_since_entry(unexcused: int, days: int, flag: bool) -> None:
    assert chronic_truant(unexcused, days, CA) is flag
