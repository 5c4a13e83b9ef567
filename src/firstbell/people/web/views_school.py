"""Schools, their calendars and bells; sections and their lists."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from firstbell.people import api
from firstbell.people.data import DayType, SchoolPage
from firstbell.people.web.acting import answer
from firstbell.people.web.forms import ChooseSection
from firstbell.people.web.forms_school import DayForm, OnDay, WhichDay
from firstbell.people.web.tables import (
    BellChoices,
    BellTimesTable,
    Roster,
    Schools,
    Sections,
    SpecialDays,
    action,
)
from firstbell.platform.access import DataClass
from firstbell.platform.ui import Mark, calendar_months, present
from firstbell.platform.web.pages import PageRequest, page

#: how each kind of day stands in the calendar: sign and tone
SIGNS = {
    DayType.TAUGHT: ("", "good"),
    DayType.MINIMUM: ("M", "info"),
    DayType.MAKE_UP: ("U", "info"),
    DayType.STAFF_ONLY: ("S", "off"),
    DayType.HOLIDAY: ("H", "off"),
    DayType.CLOSURE: ("X", "bad"),
}


@page()
def schools(request: PageRequest) -> HttpResponse:
    """Every school and its day."""
    rows = Schools(
        api.school_rows(request.viewer), caption="Schools", caption_hidden=True, nothing="No school yet."
    )
    return render(request, "people/schools.html", {"rows": present(request, rows)})


@page()
def school(request: PageRequest, school_id: int) -> HttpResponse:
    """A school's year, its bells, and which of them ring on a day."""
    asked = _asked(request)
    shown = api.school_page(request.viewer, school_id, **asked)
    form = WhichDay(
        {"day": shown.chosen.day, "track": shown.track, "grade": asked["grade"]},
        tracks=shown.tracks,
        levels=shown.levels,
    )
    change: dict[str, Any] = {}
    if shown.may_write:
        change["extra_columns"] = action(
            "Change", "Change", lambda row: reverse("school_day", args=[school_id, row.day.isoformat()])
        )
    special = [row for row in shown.days if row.day_type is not DayType.TAUGHT or row.note]
    return render(
        request,
        "people/school.html",
        {
            "school": shown,
            "form": form,
            "months": calendar_months(_marks(shown)),
            "counts": _counts(shown),
            "special": special
            and present(request, SpecialDays(special, caption="Days that are not regular", **change), size=0),
            "choices": present(
                request,
                BellChoices(shown.chosen.bells, caption="Bell schedules on this day", caption_hidden=True),
                size=0,
            ),
            "bells": [
                present(request, BellTimesTable(bell.times, caption=f"{bell.name}: {bell.applies}"), size=0)
                for bell in shown.bells
            ],
            "key": [
                (SIGNS[kind][0], kind.label)
                for kind in DayType
                if SIGNS[kind][0] and any(row.day_type is kind for row in shown.days)
            ],
            "lettered": any(row.letter for row in shown.days),
        },
    )


def _asked(request: PageRequest) -> dict[str, Any]:
    """Day, track and grade of the address, as far as they can be read; today otherwise."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = request.viewer.today
    return {"day": day, "track": request.GET.get("track", ""), "grade": request.GET.get("grade", "")}


def _marks(shown: SchoolPage) -> list[Mark]:
    marks = []
    for row in shown.days:
        sign, tone = SIGNS[row.day_type]
        words = f"{row.day:%B} {row.day.day}: {row.day_type.label.lower()}"
        words += f", letter {row.letter}" if row.letter else ""
        marks.append(Mark(row.day, sign or row.letter, tone, f"{words}, {row.note}" if row.note else words))
    return marks


def _counts(shown: SchoolPage) -> list[tuple[str, int]]:
    """Days of each kind; those on which students are taught first."""
    tally = Counter(row.day_type for row in shown.days)
    taught = sum(count for kind, count in tally.items() if kind.taught)
    return [("Taught days", taught), *((kind.label, tally[kind]) for kind in DayType if tally[kind])]


@page(writes=DataClass.ENROLLMENT)
def school_day(request: PageRequest, school_id: int, day: str) -> HttpResponse:
    """Change what a day is: a snow day, a make-up day, a minimum day."""
    try:
        which = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    tracks = api.day_of_school(request.viewer, school_id, which)
    present_row = next((row for _, row in tracks if row is not None), None)
    form = DayForm(
        request.POST or None,
        tracks=[track for track, _ in tracks],
        initial={
            "day_type": present_row.day_type.value if present_row else "",
            "letter": present_row.letter if present_row else "",
            "note": present_row.note if present_row else "",
        },
    )
    shown = api.school_page(request.viewer, school_id, which)

    def write(asked: dict[str, Any]) -> int:
        kind = DayType(asked.pop("day_type"))
        return api.set_day(request.viewer, school_id, which, kind, **asked)

    return answer(
        request,
        form,
        "people/school_day.html",
        {
            "school": shown,
            "day": which,
            "tracks": tracks,
            "verb": "Change the day",
            "back": reverse("school", args=[school_id]),
        },
        write=write,
        to=lambda _: reverse("school", args=[school_id]) + f"?day={which.isoformat()}",
        done="The day is changed. Attendance of that day is counted anew.",
    )


@page(reads=DataClass.ENROLLMENT)
def school_sections(request: PageRequest, school_id: int) -> HttpResponse:
    """The sections of a school today."""
    form = ChooseSection(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    name, found = api.sections_of_school(
        request.viewer,
        school_id,
        request.viewer.today,
        text=asked.get("q", ""),
        period=asked.get("period", ""),
    )
    rows = Sections(found, caption="Sections today", nothing="No section matches.")
    return render(
        request,
        "people/sections.html",
        {"name": name, "school_id": school_id, "form": form, "rows": present(request, rows)},
    )


@page()
def section(request: PageRequest, section_id: int) -> HttpResponse:
    """A section and its list on a day, for the screen and for paper."""
    form = OnDay(request.GET or None)
    asked = form.cleaned_data.get("day") if form.is_bound and form.is_valid() else None
    day = asked or request.viewer.today
    shown = api.section_page(request.viewer, section_id, day)
    rows = Roster(shown.roster, caption=f"List on {day:%A, %B} {day.day}, {day.year}", nothing=_nobody(day))
    count = sum(1 for row in shown.roster if row.recently != "dropped")
    return render(
        request,
        "people/section.html",
        {
            "section": shown,
            "form": form,
            "day": day,
            "rows": present(request, rows, size=0),
            "count": count,
        },
    )


def _nobody(day: date) -> str:
    return f"Nobody is on the list on {day:%B} {day.day}, {day.year}."
