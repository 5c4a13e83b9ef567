"""Back-posting, forward-posting, hours of the day and the lock."""

from bisect import bisect_right
from datetime import date, time

import pytest

from firstbell.attendance.data import WindowSettings
from firstbell.attendance.rules.windows import check_window

THURSDAY, FRIDAY, MONDAY, TUESDAY = (
    date(2026, 2, 26),
    date(2026, 2, 27),
    date(2026, 3, 2),
    date(2026, 3, 3),
)
TAUGHT = [THURSDAY, FRIDAY, MONDAY, TUESDAY, date(2026, 3, 4)]


def taught_between(first: date, last: date) -> int:
    return bisect_right(TAUGHT, last) - bisect_right(TAUGHT, first)


def codes(day: date, now: time = time(10), *, office: bool = False, **settings: object) -> list[str]:
    found = check_window(
        day,
        today=MONDAY,
        now=now,
        taught_between=taught_between,
        settings=WindowSettings(**settings),  # type: ignore[arg-type]
        office=office,
    )
    return [finding.code for finding in found]


def test_by_default_only_the_current_day_is_open_to_teachers() -> None:
    assert codes(MONDAY) == []
    assert codes(FRIDAY) == ["attendance.too_late"]
    assert codes(TUESDAY) == ["attendance.too_early"]


def test_posting_days_count_taught_days_over_the_weekend() -> None:
    assert codes(FRIDAY, back_post_days=1) == []
    assert codes(THURSDAY, back_post_days=1) == ["attendance.too_late"]
    assert codes(TUESDAY, forward_post_days=1) == []


@pytest.mark.parametrize(("clock", "open_"), [(time(7, 59), False), (time(8), True), (time(15, 1), False)])
def test_rolls_open_and_close_by_the_clock(clock: time, open_: bool) -> None:
    assert (codes(MONDAY, clock, opens=time(8), closes=time(15)) == []) is open_


def test_the_office_writes_any_day_that_is_not_locked() -> None:
    assert codes(THURSDAY, office=True) == codes(TUESDAY, office=True) == []
    assert codes(MONDAY, locked_through=MONDAY) == ["attendance.locked"]
    assert codes(MONDAY, office=True, locked_through=MONDAY) == ["attendance.locked"]
    assert codes(TUESDAY, office=True, locked_through=MONDAY) == []
