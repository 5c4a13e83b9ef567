"""The office's day: which rolls are in, which are missing, which cannot all be true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from firstbell.attendance import api
from firstbell.attendance.data import MeetingState
from firstbell.attendance.web.forms import BoardForm, ReasonForm
from firstbell.attendance.web.tables.rolls import STATES, BoardRows, MissingRows
from firstbell.kernel.finding import Refused
from firstbell.people.api import schools_in_scope
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.ui import present
from firstbell.platform.web.pages import PageRequest, page

#: who looks after rolls that others take
WATCHERS = (
    "attendance_clerk",
    "principal",
    "registrar",
    "state_reporting",
    "superintendent",
    "technology_chief",
)
#: who writes as the office
OFFICE = ("attendance_clerk", "principal")
#: how often the board asks again, in seconds
EVERY = 30


def school_choices(viewer: Viewer) -> list[tuple[int, str]]:
    """The viewer's schools for a filter, by name."""
    schools = schools_in_scope(viewer, DataClass.ATTENDANCE).order_by("name")
    return list(schools.values_list("id", "name"))


@require_safe
@page(roles=WATCHERS)
def board(request: PageRequest) -> HttpResponse:
    """The rolls of a day, the late ones first; asks again by itself until it is paused."""
    schools = school_choices(request.viewer)
    form = BoardForm(request.GET or None, schools=schools, initial={"day": request.viewer.today})
    asked = form.asked()
    day = asked.get("day") or request.viewer.today
    every = api.board(request.viewer, day, school_id=asked.get("school"))
    shown = sorted((one for one in every if _wanted(one, asked)), key=_urgency)
    live = day == request.viewer.today and not asked.get("paused")
    rows = BoardRows(shown, caption="Rolls", nothing=_nothing(every))
    _hide(rows, schools, shown)
    context = {
        "form": form,
        "day": day,
        "today": day == request.viewer.today,
        "rows": present(request, rows, size=100),
        "tiles": _tiles(every),
        "live": live,
        "again": _again(request.GET, every),
        "said": _said(request.GET, every),
        "resume": _without(request.GET, "paused"),
        "every": EVERY,
        "shown_at": timezone.localtime(),
    }
    if request.htmx and request.htmx.target == "board-live":
        return render(request, "attendance/_board.html", context)
    return render(request, "attendance/board.html", context)


def _wanted(one: MeetingState, asked: dict[str, Any]) -> bool:
    return (not asked.get("state") or one.state == asked["state"]) and (
        not asked.get("period") or asked["period"].casefold() in one.period.casefold()
    )


def _urgency(one: MeetingState) -> tuple[int, bool, time, str]:
    """Late ones first, then by the clock."""
    return list(STATES).index(one.state), one.begin is None, one.begin or time.min, one.section


def _nothing(every: Sequence[MeetingState]) -> str:
    return (
        "No roll matches the filter."
        if every
        else "No roll is expected on this day: no school is in session."
    )


def _hide(rows: BoardRows, schools: Sequence[object], shown: Sequence[MeetingState]) -> None:
    if len(schools) == 1:
        rows.columns.hide("school")
    if not any(one.reminded_at for one in shown):
        rows.columns.hide("reminded_at")


def _tiles(every: Sequence[MeetingState]) -> list[tuple[str, int, str]]:
    """Word, number and tone of each state that occurs."""
    counts = Counter(one.state for one in every)
    return [(word, counts[state], tone if counts[state] else "") for state, (word, tone) in STATES.items()]


def _figures(every: Sequence[MeetingState]) -> str:
    counts = Counter(one.state for one in every)
    return "-".join(str(counts[state]) for state in STATES)


def _again(asked: QueryDict, every: Sequence[MeetingState]) -> str:
    """The address of the next look; it tells what was shown, so that only news is spoken."""
    query = asked.copy()
    query["was"] = _figures(every)
    return f"{reverse('board')}?{query.urlencode()}"


def _said(asked: QueryDict, every: Sequence[MeetingState]) -> str:
    """What a screen reader is told: nothing while nothing changed."""
    if asked.get("was") in (None, _figures(every)):
        return ""
    counts = Counter(one.state for one in every)
    return ", ".join(f"{counts[state]} {STATES[state][0]}" for state in ("late", "due", "taken"))


def _without(asked: QueryDict, name: str) -> str:
    query = asked.copy()
    query.pop(name, None)
    query.pop("was", None)
    return f"{reverse('board')}?{query.urlencode()}"


@require_safe
@page(roles=WATCHERS)
def missing_rolls(request: PageRequest) -> HttpResponse:
    """Rolls of days gone by, until they are taken or waived."""
    schools = school_choices(request.viewer)
    form = BoardForm(request.GET or None, schools=schools)
    asked = form.asked()
    found = api.missing_since(request.viewer, request.viewer.today, school_id=asked.get("school"))
    rows = MissingRows(found, caption="Not taken", nothing="Every roll of the days before is in.")
    if len(schools) == 1:
        rows.columns.hide("school")
    if not request.viewer.holds(*OFFICE):
        rows.columns.hide("waive")
    return render(
        request,
        "attendance/missing_rolls.html",
        {"form": form, "many": len(schools) > 1, "rows": present(request, rows)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@page(writes=DataClass.ATTENDANCE, roles=OFFICE)
def waive_roll(request: PageRequest, section_id: int, day: date, slot: int) -> HttpResponse:
    """Say why a roll need not be taken any more."""
    opened = api.roll_page(request.viewer, section_id, day, slot)
    if not opened.as_office:
        raise NotAllowed("waiving rolls")
    if opened.version:
        raise NotVisible  # it was taken: there is nothing to waive
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            api.waive_roll(request.viewer, section_id, day, slot, reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_findings(refused.findings)
        else:
            messages.success(request, f"The roll of {opened.section} is waived.")
            return redirect("board" if day == request.viewer.today else "missing_rolls")
    status = 422 if form.errors else 200
    return render(request, "attendance/waive_roll.html", {"page": opened, "form": form}, status=status)


@require_safe
@page(roles=WATCHERS)
def conflicts(request: PageRequest) -> HttpResponse:
    """What was said of a student on a day that cannot all be true."""
    schools = school_choices(request.viewer)
    form = BoardForm(request.GET or None, schools=schools, initial={"day": request.viewer.today})
    asked = form.asked()
    day = asked.get("day") or request.viewer.today
    found = api.conflict_list(request.viewer, day, school_id=asked.get("school"))
    return render(
        request,
        "attendance/conflicts.html",
        {"form": form, "many": len(schools) > 1, "day": day, "conflicts": found},
    )
