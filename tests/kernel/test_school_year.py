"""A school year runs from July to June and is named by the year in which it ends."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstbell.kernel.school_year import SchoolYear


@given(st.dates(date(1901, 7, 1), date(2199, 6, 30)))
def test_every_day_lies_in_its_own_year_and_in_no_other(day: date) -> None:
    year = SchoolYear.of(day)
    assert day in year.span
    assert day not in SchoolYear(year.ending + 1 if year.ending < 2199 else year.ending - 1).span
    assert year.ending == (day.year if day.month < 7 else day.year + 1)


def test_years_meet_without_a_gap_and_are_ordered() -> None:
    this, later = SchoolYear(2026), SchoolYear(2027)
    assert (later.span.begin - (this.span.end or later.span.begin)).days == 1
    assert this < later


@pytest.mark.parametrize(("ending", "label"), [(2026, "2025–26"), (2000, "1999–00"), (2101, "2100–01")])
def test_a_year_is_shown_as_people_write_it(ending: int, label: str) -> None:
    assert str(SchoolYear(ending)) == label


@pytest.mark.parametrize("ending", [26, 1900, 2200])
def test_a_year_outside_the_centuries_is_a_mistake(ending: int) -> None:
    with pytest.raises(ValueError, match="between 1901 and 2199"):
        SchoolYear(ending)
