"""Instructional minutes and days: what is owed, what is short, what it costs."""

from decimal import Decimal
from fractions import Fraction

import pytest

from firstbell.attendance.rules.minutes import (
    ShortGroup,
    annual_minutes,
    grade_band,
    minimum_day,
    penalty_days,
    penalty_minutes,
    share_short,
    year_of_minutes,
)
from firstbell.attendance.rules.rule_set import rule_set
from firstbell.kernel.grade_level import GradeLevel as G

CA = rule_set("us-ca")


@pytest.mark.parametrize(
    ("grade", "annual", "least"),
    [
        (G.TRANSITIONAL_KINDERGARTEN, 36000, 180),
        (G.KINDERGARTEN, 36000, 180),
        (G.GRADE_3, 50400, 230),
        (G.GRADE_4, 54000, 240),
        (G.GRADE_8, 54000, 240),
        (G.GRADE_9, 64800, 240),
        (G.PRESCHOOL, None, None),
    ],
)
def test_what_each_grade_is_owed(grade: G, annual: int | None, least: int | None) -> None:
    assert (annual_minutes(grade, CA), minimum_day(grade, CA)) == (annual, least)
    assert (grade_band(grade) is None) is (annual is None)


def test_a_year_shows_its_shortfall_and_its_short_days() -> None:
    year = year_of_minutes([300] * 178 + [239, 240], G.GRADE_5, CA)
    assert year is not None
    assert (year.required, year.offered, year.short, year.days) == (54000, 53879, 121, 180)
    assert year.short_days == (178,)
    assert year_of_minutes([300], G.PRESCHOOL, CA) is None


def test_a_surplus_of_one_group_does_not_offset_another() -> None:
    with pytest.raises(ValueError, match="write 0"):
        share_short(54000, [ShortGroup(Fraction(10), Fraction(-5))])


def test_the_share_is_weighted_by_pupils() -> None:
    groups = [ShortGroup(Fraction(100), Fraction(540)), ShortGroup(Fraction(300), Fraction(0))]
    share = share_short(54000, groups)
    assert share == Fraction(1, 400)
    assert penalty_minutes(share, Fraction(4_000_000)) == Decimal("10000.00")
    assert share_short(0, groups[1:]) is None


@pytest.mark.parametrize(
    ("offered", "penalty"),
    [(180, "0.00"), (181, "0.00"), (179, "5600.00"), (175, "28000.00"), (173, "50860.00")],
)
def test_short_days_of_a_district_cost_more_after_the_fifth(offered: int, penalty: str) -> None:
    # 5 x 0.0056 + 2 x 0.01143 = 0.05086
    assert penalty_days(offered, Fraction(1_000_000), CA) == Decimal(penalty)


def test_short_days_of_a_charter_cost_pro_rata() -> None:
    assert penalty_days(168, Fraction(1_000_000), CA, charter=True) == Decimal("40000.00")
    assert penalty_days(175, Fraction(1_000_000), CA, charter=True) == 0
    with pytest.raises(ValueError, match="negative"):
        penalty_days(-1, Fraction(1), CA)
