"""School months, and the closing month that is stored, never guessed."""

from datetime import date, timedelta

import pytest

from firstbell.attendance.rules.rule_set import rule_set
from firstbell.attendance.rules.school_months import (
    ApportionmentPeriod as Period,
)
from firstbell.attendance.rules.school_months import (
    days_of_period,
    proposed_closing_month,
    proposed_months,
)
from firstbell.kernel.school_year import SchoolYear
from firstbell.params import MissingParameter

FIRST, LAST = date(2025, 8, 13), date(2026, 6, 4)
MONTHS = proposed_months(FIRST, LAST)


def test_months_are_four_weeks_without_gap_from_the_first_day_to_the_last() -> None:
    assert MONTHS[0].begin == FIRST
    assert MONTHS[-1].end == LAST
    assert all(m.begin.weekday() == 0 and m.days == 28 for m in MONTHS[1:-1])
    ends = [m.end for m in MONTHS[:-1]]
    assert [m.begin - timedelta(days=1) for m in MONTHS[1:]] == ends


@pytest.mark.parametrize(
    ("period", "cutoff"), [(Period.P1, date(2025, 12, 31)), (Period.P2, date(2026, 4, 15))]
)
def test_the_proposed_closing_month_is_the_last_that_ends_by_the_cutoff(period: Period, cutoff: date) -> None:
    closing = proposed_closing_month(period, MONTHS, SchoolYear(2026), rule_set("us-ca"))
    assert closing is not None
    end, following = MONTHS[closing - 1].end, MONTHS[closing].end
    assert end is not None
    assert following is not None
    assert end <= cutoff < following


def test_a_period_counts_the_days_through_its_stored_closing_month() -> None:
    days: list[tuple[date, int | None]] = [(date(2025, 9, d), 1 + d // 10) for d in (2, 5, 12, 19, 22)]
    assert days_of_period(Period.P1, days, {Period.P1: 2}) == [date(2025, 9, d) for d in (2, 5, 12, 19)]
    assert len(days_of_period(Period.ANNUAL, days, {})) == 5


def test_a_closing_month_that_is_not_stored_is_refused() -> None:
    with pytest.raises(MissingParameter, match="closes P-2"):
        days_of_period(Period.P2, [], {Period.P1: 5})
    with pytest.raises(MissingParameter, match="no school month"):
        days_of_period(Period.P1, [(FIRST, None)], {Period.P1: 5})
