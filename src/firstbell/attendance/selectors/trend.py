"""How attendance goes over a school year, week by week, beside the year before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from firstbell.attendance.data import TrendWeek
from firstbell.attendance.selectors.year import daily_rates
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.api import schools_in_scope
from firstbell.platform.access import DataClass, NotVisible, Viewer

WEEKS_OF_A_YEAR = 52


def attendance_trend(viewer: Viewer, through: date, *, school_id: int | None = None) -> list[TrendWeek]:
    """Weeks of the school year of ``through`` so far, of one school or all of the viewer's.

    Days that have not passed are left out. Raises NotVisible for a school that is not the viewer's. A
    constant number of queries.
    """
    schools = schools_in_scope(viewer, DataClass.ATTENDANCE)
    if school_id is not None:
        schools = schools.filter(pk=school_id)
    ids = list(schools.values_list("id", flat=True))
    if school_id is not None and not ids:
        raise NotVisible
    begin = SchoolYear.of(through).span.begin
    before = timedelta(weeks=WEEKS_OF_A_YEAR)
    now = _weeks(ids, begin, through)
    past = _weeks(ids, begin - before, through - before + timedelta(days=6))
    return [TrendWeek(monday, rate, past.get(monday - before)) for monday, rate in sorted(now.items())]


def _weeks(schools: Iterable[int], begin: date, through: date) -> dict[date, Fraction]:
    """Share attended by the Monday of each week that had pupil-days."""
    sums: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for days in daily_rates(schools, begin, through).values():
        for day, (enrolled, absent) in days.items():
            week = sums[day - timedelta(days=day.weekday())]
            week[0] += enrolled
            week[1] += absent
    return {monday: 1 - Fraction(absent, enrolled) for monday, (enrolled, absent) in sums.items() if enrolled}
