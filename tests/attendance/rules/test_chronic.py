"""Chronic absence by the state's rule, compared exactly; leavers stay, students count at each school."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstbell.attendance.data import StateCategory as C
from firstbell.attendance.rules.chronic import (
    AbsenceSummary,
    ChronicCount,
    absence_rate,
    absences,
    band,
    chronic,
    eligible,
    local_plan_count,
    reaches,
    state_count,
)
from firstbell.attendance.rules.rule_set import house_rules, rule_set

CA, HOUSE = rule_set("us-ca"), house_rules()
#: section 8: 152 = 131 + 1 + 2 + 7 + 5 + 2 + 4
EXAMPLE = {
    C.IN_PERSON: 131, C.SUSPENSION_OUT: 1, C.SUSPENSION_IN: 2, C.EXCUSED: 7, C.UNEXCUSED: 5,
    C.INDEPENDENT_STUDY_NO_ADA: 2, C.INDEPENDENT_STUDY_ADA: 4,
}  # fmt: skip


def summary(days: dict[C, int], **more: object) -> AbsenceSummary:
    return AbsenceSummary({c: Fraction(n) for c, n in days.items()}, **more)  # type: ignore[arg-type]


def simple(expected: int, absent: int, **more: object) -> AbsenceSummary:
    return summary({C.IN_PERSON: expected - absent, C.EXCUSED: absent}, **more)


def test_the_worked_example_is_not_chronic_and_one_more_absence_is() -> None:
    one = summary(EXAMPLE)
    assert (one.expected, absences(one, CA)) == (152, 15)
    assert absence_rate(absences(one, CA), one.expected) == Fraction(15, 152)
    assert not chronic(one, CA)
    assert chronic(summary({**EXAMPLE, C.IN_PERSON: 130, C.UNEXCUSED: 6}), CA)


def test_exactly_ten_percent_is_chronic() -> None:
    assert chronic(simple(140, 14), CA)
    assert not chronic(simple(141, 14), CA)


def test_in_school_suspension_counts_as_attendance_and_in_the_denominator() -> None:
    assert not chronic(summary({C.IN_PERSON: 90, C.EXCUSED: 9, C.SUSPENSION_IN: 1}), CA)
    assert chronic(summary({C.IN_PERSON: 90, C.EXCUSED: 9, C.SUSPENSION_OUT: 1}), CA)


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (simple(30, 3), False),
        (simple(31, 3), True),
        (simple(31, 31), False),
        (simple(60, 6, status="short_term"), True),
        (simple(60, 6, status="secondary"), False),
        (simple(60, 6, group="home_hospital"), False),
        (simple(60, 6, group="nonpublic_school"), False),
        (simple(60, 6, group="college_full_time"), False),
    ],
)
def test_who_is_eligible_in_california(one: AbsenceSummary, counts: bool) -> None:
    assert eligible(one, CA) is counts


@pytest.mark.parametrize(("rules", "least"), [("us-federal", 10), ("us-nj", 45)])
def test_other_rules_count_days_enrolled(rules: str, least: int) -> None:
    assert eligible(simple(5, 0, enrolled_days=least), rule_set(rules))
    assert not eligible(simple(5, 0, enrolled_days=least - 1), rule_set(rules))
    with pytest.raises(ValueError, match="enrolled_days"):
        eligible(simple(5, 0), rule_set(rules))


@pytest.mark.parametrize(
    ("absent", "expected_band"),
    [
        ("4.99", "fine"),
        ("5", "at_risk"),
        ("9.99", "at_risk"),
        ("10", "chronic"),
        ("19.99", "chronic"),
        ("20", "severe"),
    ],
)
def test_early_warning_bands_use_exact_fractions_of_days(absent: str, expected_band: str) -> None:
    assert band(Fraction(absent), Fraction(100), HOUSE) == expected_band
    assert band(Fraction(0), Fraction(0), HOUSE) is None


@given(st.fractions(0, 400), st.fractions(0, 400))
def test_reaches_agrees_with_ten_times_the_absences(absent: Fraction, expected: Fraction) -> None:
    assert reaches(absent, expected, Decimal(10)) is (expected > 0 and 10 * absent >= expected)


def test_a_student_counts_at_each_school_for_the_state_and_once_in_the_local_plan() -> None:
    rows = [("a", simple(60, 6)), ("a", simple(40, 0)), ("b", simple(100, 0)), ("c", simple(20, 20))]
    assert state_count([one for _, one in rows], CA) == ChronicCount(1, 3)
    assert local_plan_count(rows, CA) == ChronicCount(1, 3)


@pytest.mark.parametrize(
    ("chronic_count", "eligible_count", "percent"), [(221, 1379, "16.0"), (1105, 1848, "59.8")]
)
def test_published_rates(chronic_count: int, eligible_count: int, percent: str) -> None:
    # examples-lcff.md E5 (DataQuest)
    assert ChronicCount(chronic_count, eligible_count).percent == Decimal(percent)


def test_small_cells_are_not_printed() -> None:
    assert ChronicCount(3, 10).public(CA) is None
    assert ChronicCount(3, 11).public(CA) == Decimal("27.3")
    assert ChronicCount(0, 0).percent is None
