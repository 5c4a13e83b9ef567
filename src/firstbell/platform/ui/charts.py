"""Drawings that say what a table says: measured here, drawn by a template, never without the table.

A chart is lines over labelled points; a calendar is a cell a day. Both are plain SVG with a title and a
description, told apart by dash and sign besides color, and print as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

WIDTHS = {"wide": 720, "narrow": 340}
HEIGHT = 220
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 12, 28
#: how each series' line is broken, so that it is known without its color
DASHES = ("", "7 4", "2 3", "10 3 2 3")
CELL = 26


@dataclass(frozen=True, slots=True)
class Series:
    """One line: its name, and a value for each point (None: a gap)."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it lies and what it says."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Line:
    """A drawn series."""

    name: str
    css: str
    dash: str
    paths: tuple[str, ...]
    dots: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One size of a chart, measured in its own units."""

    name: str
    width: int
    height: int
    plot_left: float
    plot_right: float
    plot_bottom: float
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its twin: ``rows`` are the label of each point and every series' value in words."""

    key: str
    title: str
    summary: str
    unit: str
    drawings: tuple[Drawing, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    legend: tuple[Line, ...] = field(default=())


def chart(
    key: str,
    title: str,
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    summary: str,
    unit: str = "",
    low: float | None = None,
    high: float | None = None,
    places: int = 1,
) -> Chart:
    """Measure a line chart. ``key`` is an HTML id; ``summary`` says in a sentence what is to be seen.

    The scale runs from ``low`` to ``high``, or just around the values. Raises ValueError for a series
    whose length is not that of ``labels``, or more than four series (too many to tell apart).
    """
    if len(series) > len(DASHES):
        raise ValueError("a chart holds at most four lines; show more in a table")
    if any(len(one.values) != len(labels) for one in series):
        raise ValueError("every series has one value for each label")
    seen = [value for one in series for value in one.values if value is not None]
    floor, ceiling, step = _scale(seen, low, high)
    drawings = tuple(
        _drawing(name, width, labels, series, (floor, ceiling, step), places if step < 1 else 0)
        for name, width in WIDTHS.items()
    )
    rows = tuple(
        (label, tuple("–" if one.values[n] is None else f"{one.values[n]:.{places}f}" for one in series))
        for n, label in enumerate(labels)
    )
    return Chart(
        key,
        title,
        summary,
        unit,
        drawings,
        tuple(one.name for one in series),
        rows,
        drawings[0].lines if len(series) > 1 else (),
    )


def _scale(seen: Sequence[float], low: float | None, high: float | None) -> tuple[float, float, float]:
    """Floor, ceiling and step: round numbers around the values, some four steps."""
    floor = low if low is not None else min(seen, default=0)
    ceiling = high if high is not None else max(seen, default=1)
    span = max(ceiling - floor, 1e-9)
    raw = span / 4
    magnitude = 10.0 ** len(str(int(raw))) / 10 if raw >= 1 else 0.1
    step = next((n * magnitude for n in (1, 2, 2.5, 5, 10) if n * magnitude >= raw), raw)
    if low is None:
        floor = step * (floor // step)
    if high is None:
        ceiling = step * -(-ceiling // step)
    return floor, max(ceiling, floor + step), step


def _drawing(
    name: str,
    width: int,
    labels: Sequence[str],
    series: Sequence[Series],
    scale: tuple[float, float, float],
    places: int,
) -> Drawing:
    floor, ceiling, step = scale
    bottom, right = HEIGHT - BOTTOM, width - RIGHT
    reach = max(len(labels) - 1, 1)

    def x(n: int) -> float:
        return round(LEFT + (right - LEFT) * (n / reach if len(labels) > 1 else 0.5), 1)

    def y(value: float) -> float:
        return round(bottom - (bottom - TOP) * (value - floor) / (ceiling - floor), 1)

    every = max(1, -(-len(labels) // (8 if width > 500 else 4)))
    across = tuple(Tick(x(n), label) for n, label in enumerate(labels) if n % every == 0)
    steps = round((ceiling - floor) / step)
    up = tuple(Tick(y(floor + n * step), f"{floor + n * step:.{places}f}") for n in range(steps + 1))
    lines = tuple(
        _line(one, number, [(x(n), None if v is None else y(v)) for n, v in enumerate(one.values)])
        for number, one in enumerate(series)
    )
    return Drawing(name, width, HEIGHT, LEFT, right, bottom, across, up, lines)


def _line(series: Series, number: int, points: Sequence[tuple[float, float | None]]) -> Line:
    """A path for each unbroken run; a lone point is a dot."""
    paths, dots = [], []
    for empty, run in groupby(points, key=lambda point: point[1] is None):
        run_points = [] if empty else [(x, y) for x, y in run if y is not None]
        if len(run_points) > 1:
            paths.append("M" + "L".join(f"{x} {y}" for x, y in run_points))
        dots += run_points if len(points) <= 12 or len(run_points) == 1 else run_points[-1:]
    return Line(series.name, f"series-{number + 1}", DASHES[number], tuple(paths), tuple(dots))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a day of a calendar shows: a letter, a tone (good, info, warn, bad, off) and its words."""

    day: date
    letter: str
    tone: str
    words: str


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark at its place in the month's grid."""

    mark: Mark
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month of school days: weekdays across, weeks down."""

    name: str
    key: str
    width: int
    height: int
    days: tuple[PlacedMark, ...]


def calendar_months(marks: Iterable[Mark]) -> list[CalendarMonth]:
    """Lay days out by month, Monday to Friday (Saturday and Sunday only where one is marked)."""
    months = []
    for (year, month), run in groupby(
        sorted(marks, key=lambda m: m.day), lambda m: (m.day.year, m.day.month)
    ):
        days = list(run)
        across = max(5, *(one.day.weekday() + 1 for one in days))
        first = date(year, month, 1)
        start = days[0].day - timedelta(days=days[0].day.weekday())
        placed = tuple(
            PlacedMark(one, one.day.weekday() * CELL, (one.day - start).days // 7 * CELL) for one in days
        )
        tall = max(one.y for one in placed) + CELL
        months.append(CalendarMonth(f"{first:%B %Y}", f"{first:%Y-%m}", across * CELL, tall, placed))
    return months


def legend(states: Mapping[str, tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Letter, tone and words of each kind of day, for the key below a calendar."""
    return [(letter, tone, words) for letter, (tone, words) in states.items()]
