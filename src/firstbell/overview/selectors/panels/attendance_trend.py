"""The last weeks: attendance of the viewer's schools day by day, beside the usual for the weekday."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from firstbell.overview.data import Panel, TrendPoint
from firstbell.overview.selectors.kept import past_rates
from firstbell.overview.selectors.panels.attendance_today import opens
from firstbell.people.api import schools_in_scope
from firstbell.platform.access import DataClass, Viewer

__all__ = ["ORDER", "opens", "panel"]

ORDER = 20
#: weekdays before a day that make its usual
USUAL = 4
DAYS = 20


def panel(viewer: Viewer) -> Panel | None:
    """The last twenty school days; none where there were fewer than two."""
    schools = set(schools_in_scope(viewer, DataClass.ATTENDANCE).values_list("id", flat=True))
    sums: dict[date, list[int]] = {}
    for school, days in past_rates(viewer.today).value.items():
        for day, (enrolled, absent) in days.items() if school in schools else ():
            total = sums.setdefault(day, [0, 0])
            total[0] += enrolled
            total[1] += absent
    shares = {
        day: 1 - Fraction(absent, enrolled) for day, (enrolled, absent) in sorted(sums.items()) if enrolled
    }
    if len(shares) < 2:
        return None
    return Panel(
        key="attendance_trend",
        title="Attendance, the last weeks",
        trend=tuple(TrendPoint(day, shares[day], _usual(shares, day)) for day in list(shares)[-DAYS:]),
    )


def _usual(shares: dict[date, Fraction], day: date) -> Fraction | None:
    """The mean of the same weekday before."""
    same = [shares[other] for other in shares if other < day and other.weekday() == day.weekday()][-USUAL:]
    return sum(same, Fraction(0)) / len(same) if same else None
