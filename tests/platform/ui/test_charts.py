"""Charts measure right: every point lies where its value says, and a gap is a gap."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from firstbell.platform.ui import Mark, Series, calendar_months, chart

LABELS = ["a", "b", "c", "d", "e"]


def drawn(values, **options):
    return chart("k", "t", LABELS, [Series("s", tuple(values))], summary="s", **options)


def test_the_lowest_and_highest_value_span_the_plot():
    wide = drawn([0, 25, 50, 75, 100], low=0, high=100).drawings[0]
    (line,) = wide.lines
    heights = [float(point.split()[1]) for point in line.paths[0][1:].split("L")]
    step = (wide.plot_bottom - heights[-1]) / 4
    assert heights == pytest.approx([wide.plot_bottom - n * step for n in range(5)], abs=0.1)
    assert [tick.words for tick in wide.up] == ["0", "25", "50", "75", "100"]


def test_points_stand_evenly_from_edge_to_edge():
    wide = drawn([1, 2, 3, 4, 5]).drawings[0]
    across = [tick.at for tick in wide.across]
    assert across[0] == wide.plot_left
    assert across[-1] == wide.plot_right
    assert len({round(b - a, 1) for a, b in pairwise(across)}) == 1


def test_a_gap_breaks_the_line():
    (line,) = drawn([1, 2, None, 4, 5]).drawings[0].lines
    assert len(line.paths) == 2
    assert len(drawn([1, None, 3, None, 5]).drawings[0].lines[0].dots) == 3


def test_the_table_twin_holds_every_point():
    made = drawn([1, 2.25, None, 4, 5], places=2)
    assert made.rows[1] == ("b", ("2.25",))
    assert made.rows[2] == ("c", ("–",))


@pytest.mark.parametrize("values", [[5] * 5, [None] * 5, [0] * 5, [0.001] * 5, [1e6, 2e6, 3e6, 4e6, 5e6]])
def test_any_values_have_a_scale(values):
    for one in drawn(values).drawings:
        assert 2 <= len(one.up) <= 8
        assert all(0 <= tick.at <= one.height for tick in one.up)


def test_five_lines_are_refused():
    with pytest.raises(ValueError, match="at most four"):
        chart("k", "t", ["a"], [Series(str(n), (1,)) for n in range(5)], summary="s")


def test_days_stand_below_their_weekday():
    start = date(2026, 8, 31)  # a Monday
    marks = [
        Mark(start + timedelta(days=n), "", "good", "")
        for n in range(40)
        if (start + timedelta(days=n)).weekday() < 5
    ]
    for month in calendar_months(marks):
        for placed in month.days:
            assert placed.x // 26 == placed.mark.day.weekday()
        rows = [placed.y for placed in month.days]
        assert rows == sorted(rows)
        assert rows[0] == 0
