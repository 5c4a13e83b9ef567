"""Chronic absence by the state's rule, school by school, beside four weeks before."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from django.utils import timezone

from firstbell.attendance.api import SchoolYearRow
from firstbell.overview.data import Panel, Place, Tile
from firstbell.overview.rules.usual import tone_beside
from firstbell.overview.selectors.kept import BEFORE, year_rows
from firstbell.overview.selectors.panels.attendance_today import opens
from firstbell.people.api import schools_in_scope
from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.ui import percent_words, time_words

__all__ = ["ORDER", "opens", "panel"]

ORDER = 30


def panel(viewer: Viewer) -> Panel | None:
    """The rate of the viewer's schools as the clock counted it last."""
    schools = set(schools_in_scope(viewer, DataClass.ATTENDANCE).values_list("id", flat=True))
    if not schools:
        return None
    kept = year_rows(viewer.today)
    if kept is None:
        return Panel(
            key="chronic_absence",
            title="Chronic absence",
            lede="Not counted yet: the background worker counts it every night, and after each import.",
            places=(Place("jobs", "Jobs"),),
        )
    now = [row for row in kept.value.now if row.school_id in schools]
    rate, before = _rate(now), _rate(row for row in kept.value.before if row.school_id in schools)
    at = timezone.localtime(kept.at)
    return Panel(
        key="chronic_absence",
        title="Chronic absence",
        lede=f"Counted {at:%A} at {time_words(at)} from the pupil-days of the school year.",
        tiles=(
            Tile(
                label="Chronically absent",
                value=percent_words(rate),
                unit=f"{sum(row.chronic for row in now):,} of {sum(row.eligible for row in now):,}",
                usual=f"{BEFORE.days // 7} weeks ago: {percent_words(before)}" if before is not None else "",
                tone=tone_beside(rate, before, more_is_better=False),
                place=Place("school_figures", "By school"),
            ),
        ),
        rows=tuple(sorted(now, key=lambda row: (-(row.chronic_rate or 0), row.school))),
    )


def _rate(rows: Iterable[SchoolYearRow]) -> Fraction | None:
    found = list(rows)
    eligible = sum(row.eligible for row in found)
    return Fraction(sum(row.chronic for row in found), eligible) if eligible else None
