"""Schools and the district: today beside the usual, the year's trend, who to watch, the figures' periods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firstbell.attendance import api
from firstbell.attendance.data import TrendWeek
from firstbell.attendance.web.forms import WatchForm
from firstbell.attendance.web.tables.days import BANDS
from firstbell.attendance.web.tables.schools import SchoolsToday, SchoolsYear, WatchRows
from firstbell.platform.access import DataClass, NotVisible
from firstbell.platform.ui import Chart, Series, chart, download, percent_words, present
from firstbell.platform.web.pages import PageRequest, page

#: who looks at figures of schools
READERS = (
    "attendance_clerk",
    "principal",
    "registrar",
    "nurse",
    "state_reporting",
    "business_office",
    "superintendent",
    "technology_chief",
    "privacy_officer",
)


@require_safe
@page(counts=DataClass.ATTENDANCE, roles=READERS)
def schools_attendance(request: PageRequest) -> HttpResponse:
    """Every school of the viewer: today, the year so far, the trend."""
    viewer = request.viewer
    today = api.schools_today(viewer, viewer.today)
    year = api.schools_year(viewer, viewer.today)
    weeks = api.attendance_trend(viewer, viewer.today)
    return render(
        request,
        "attendance/schools.html",
        {
            "today": present(request, SchoolsToday(today, caption="Today", prefix="today-"), size=0),
            "year": present(request, SchoolsYear(year, caption="School year so far", prefix="year-"), size=0),
            "trend": _trend(weeks, "Attendance by week, all schools shown"),
            "any": bool(today),
            "rules": api.unloaded_rules([one.school_id for one in today], viewer.today),
        },
    )


@require_safe
@page(counts=DataClass.ATTENDANCE, roles=READERS)
def school_attendance(request: PageRequest, school_id: int) -> HttpResponse:
    """One school: today, the year, the trend, the periods."""
    viewer = request.viewer
    today = next((one for one in api.schools_today(viewer, viewer.today) if one.school_id == school_id), None)
    year = next((one for one in api.schools_year(viewer, viewer.today) if one.school_id == school_id), None)
    if today is None or year is None:
        raise NotVisible
    weeks = api.attendance_trend(viewer, viewer.today, school_id=school_id)
    return render(
        request,
        "attendance/school.html",
        {
            "today": today,
            "year": year,
            "rules": api.unloaded_rules([school_id], viewer.today),
            "trend": _trend(weeks, "Attendance by week"),
            "enrolled": f"of {today.enrolled:,} enrolled",
            "chronic": f"{year.chronic} of {year.eligible} eligible students",
            "usual": f"usual for the weekday: {percent_words(today.usual)}"
            if today.usual is not None
            else "",
            "watches": viewer.sees_whole_district(DataClass.ATTENDANCE)
            or school_id in viewer.buildings(DataClass.ATTENDANCE),
        },
    )


def _trend(weeks: Sequence[TrendWeek], title: str) -> Chart | None:
    """Lines of this year and, where there is one, the year before; none for fewer than two weeks."""
    if len(weeks) < 2:
        return None
    lines = [Series("This year", tuple(_percent(week.rate) for week in weeks))]
    if any(week.year_before is not None for week in weeks):
        lines.append(Series("The year before", tuple(_percent(week.year_before) for week in weeks)))
    seen = [week.rate for week in weeks if week.rate is not None]
    summary = (
        f"From {percent_words(min(seen))} to {percent_words(max(seen))}; "
        f"the latest week stands at {percent_words(seen[-1])}."
    )
    labels = [f"{week.monday:%b} {week.monday.day}" for week in weeks]
    return chart("trend", title, labels, lines, summary=summary, unit="percent of pupil-days attended")


def _percent(share: object) -> float | None:
    return None if share is None else float(share) * 100  # type: ignore[arg-type]  # a fraction


@require_safe
@page(counts=DataClass.ATTENDANCE, roles=READERS)
def watch_list(request: PageRequest, school_id: int) -> HttpResponse:
    """Students in the early-warning bands; leavers stay in. As a file with ``?format=csv``."""
    viewer = request.viewer
    form = WatchForm(request.GET or None)
    bands = form.bands()
    found = api.watch_list(viewer, viewer.today, school_id=school_id, bands=bands)
    rows = WatchRows(found, caption="Students to watch", nothing="Nobody is in these bands.")
    if request.GET.get("format") == "csv":
        return download(
            viewer,
            rows,
            f"watch-list-{school_id}-{viewer.today}.csv",
            data_classes=[DataClass.DIRECTORY, DataClass.ATTENDANCE],
            purpose="attendance watch list",
        )
    counts = Counter(row.band for row in found)
    return render(
        request,
        "attendance/watch_list.html",
        {
            "school_id": school_id,
            "form": form,
            "rows": present(request, rows),
            "counts": [(word, counts[band], tone) for band, (word, tone) in BANDS.items() if band in bands],
            "rules": api.unloaded_rules([school_id], viewer.today),
            "rule": api.early_warning_rule(viewer.today),
            "query": request.GET.urlencode(),
        },
    )
