"""Clock-hour credit: one ratio for attendance and for each type of absence."""

from fractions import Fraction

import pytest

from firstbell.attendance.rules.hourly import days_attended, days_by_type


def test_the_worked_example() -> None:
    assert days_attended(420, 357, 168) == Fraction("142.8")


def test_the_same_ratio_holds_for_each_absence_type_and_the_days_add_up() -> None:
    days = days_by_type(420, {"attended": 357, "excused": 42, "unexcused": 21}, 168)
    assert days == {"attended": Fraction("142.8"), "excused": Fraction("16.8"), "unexcused": Fraction("8.4")}
    assert sum(days.values()) == 168


def test_nothing_scheduled_says_nothing_and_more_than_scheduled_is_refused() -> None:
    assert days_attended(0, 0, 168) is None
    assert days_by_type(0, {}, 168) is None
    with pytest.raises(ValueError, match="more was attended"):
        days_attended(10, 11, 5)
    with pytest.raises(ValueError, match="more than the hours"):
        days_by_type(10, {"a": 6, "b": 5}, 5)
    with pytest.raises(ValueError, match="negative"):
        days_attended(10, -1, 5)
