"""Days in a row without seeing a student."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstbell.attendance.rules.consecutive import AbsenceRun, alerts, current_run

BEGIN = date(2026, 2, 26)


def days(pattern: str) -> list[tuple[date, bool | None]]:
    meaning = {"A": True, "P": False, ".": None}
    return [(BEGIN + timedelta(days=i), meaning[c]) for i, c in enumerate(pattern)]


def test_three_days_in_a_row_raise_the_alert_and_two_do_not() -> None:
    assert alerts(days("PAAA"), 3) == AbsenceRun(date(2026, 2, 27), date(2026, 3, 1), 3)
    assert alerts(days("APAA"), 3) is None
    assert alerts(days("AAAP"), 3) is None


def test_a_roll_not_taken_neither_counts_nor_breaks() -> None:
    run = current_run(days("PA.AA."))
    assert run is not None
    assert (run.days, run.begin) == (3, date(2026, 2, 27))


def test_a_threshold_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        alerts([], 0)


@given(st.text("AP.", max_size=30))
def test_the_run_is_the_absences_after_the_last_presence(pattern: str) -> None:
    run = current_run(days(pattern))
    assert (run.days if run else 0) == pattern.rsplit("P", 1)[-1].count("A")
