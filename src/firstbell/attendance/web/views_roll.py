"""A teacher's day: the rolls to take, and taking one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from firstbell.attendance import api
from firstbell.attendance.data import MeetingState, RollReceipt
from firstbell.attendance.web.forms import DayForm
from firstbell.attendance.web.sent_roll import SentRoll, disputes, read_roll, roll_form
from firstbell.attendance.web.tables.rolls import MyMissingRolls, MyRolls
from firstbell.kernel.finding import Refused
from firstbell.platform.access import DataClass
from firstbell.platform.ui import present, time_words
from firstbell.platform.web.pages import PageRequest, page

TAKERS = ("teacher", "substitute", "attendance_clerk", "principal")


@require_safe
@page(roles=TAKERS)
def rolls(request: PageRequest) -> HttpResponse:
    """The viewer's own rolls of a day, the next one to take first."""
    chosen = DayForm(request.GET or None)
    day = chosen.day_or(request.viewer.today)
    today = day == request.viewer.today
    mine = api.my_rolls(request.viewer, day)
    missing = api.my_missing_rolls(request.viewer) if today else []
    rows = MyRolls(mine, caption="Rolls of the day", exclude=() if _acting(mine) else ("acting_for",))
    missing_rows = MyMissingRolls(missing, caption="Not taken on the days before")
    return render(
        request,
        "attendance/rolls.html",
        {
            "day": day,
            "today": today,
            "next": _next(mine) if today else None,
            "rolls": present(request, rows, size=0),
            "any": bool(mine),
            "missing": present(request, missing_rows, size=0),
            "any_missing": bool(missing),
            "form": chosen,
        },
    )


def _acting(rolls: list[MeetingState]) -> bool:
    return any(one.acting_for for one in rolls)


def _next(rolls: list[MeetingState]) -> MeetingState | None:
    """The first that waits, else the first that comes."""
    waiting = [one for one in rolls if one.state in ("late", "due")]
    return next(iter(waiting or [one for one in rolls if one.state == "later"]), None)


@require_http_methods(["GET", "HEAD", "POST"])
@page(writes=DataClass.ATTENDANCE)
def roll(request: PageRequest, section_id: int, day: date, slot: int) -> HttpResponse:
    """A section's roll: everyone present until somebody says otherwise."""
    at = (section_id, day, slot)
    if request.method != "POST":
        return _open(request, at)
    try:
        sent = read_roll(request.POST)
    except Refused as refused:
        return _refused(request, at, refused, None)
    if request.POST.get("do") == "fill":
        return _page(request, at, marks=sent.marks, fill=request.POST.get("fill", ""))
    try:
        receipt = api.submit_roll(
            request.viewer,
            *at,
            sent.marks,
            client_id=sent.client_id,
            based_on=sent.based_on,
            seen=sent.seen,
            on_paper=sent.on_paper,
            reason=sent.reason,
        )
    except api.StaleRoll as stale:
        return _differs(request, at, sent, stale)
    except Refused as refused:
        return _refused(request, at, refused, sent)
    if request.htmx:
        return render(request, "attendance/_roll_saved.html", {"receipt": receipt, "words": _words(receipt)})
    messages.success(request, _words(receipt))
    return redirect("roll", *at)


def _open(request: PageRequest, at: tuple[int, date, int]) -> HttpResponse:
    """The page, noted as opened where the school's end-of-meeting rule asks for it."""
    opened = roll_form(api.roll_page(request.viewer, *at))
    if opened.page.notes_opening and opened.page.day == request.viewer.today and not opened.page.as_office:
        api.note_opened(request.viewer, opened.page.section_id, opened.page.slot)
    return render(request, "attendance/roll.html", {"roll": opened, "page": opened.page})


def _page(request: PageRequest, at: tuple[int, date, int], *, status: int = 200, **form: Any) -> HttpResponse:
    opened = roll_form(api.roll_page(request.viewer, *at), **form)
    return render(request, "attendance/roll.html", {"roll": opened, "page": opened.page}, status=status)


def _refused(
    request: PageRequest, at: tuple[int, date, int], refused: Refused, sent: SentRoll | None
) -> HttpResponse:
    """What was typed stands there still, with each mistake beside its student."""
    if not request.htmx:
        kept = {"marks": sent.marks, "reason": sent.reason} if sent else {}
        return _page(request, at, **kept, findings=refused.findings, status=422)
    opened = roll_form(api.roll_page(request.viewer, *at), findings=refused.findings)
    return render(request, "attendance/_roll_refused.html", {"roll": opened}, status=422)


def _differs(
    request: PageRequest, at: tuple[int, date, int], sent: SentRoll, stale: api.StaleRoll
) -> HttpResponse:
    """Somebody else submitted meanwhile: both words side by side, nothing overwritten."""
    opened = roll_form(api.roll_page(request.viewer, *at))
    context = {
        "roll": opened,
        "page": opened.page,
        "disputes": disputes(opened.page, stale.differences),
        "disputed": {one.student_id for one in stale.differences},
        "on_paper": sent.on_paper,
        "reason": sent.reason,
    }
    whole = not request.htmx
    template = "attendance/roll_differs.html" if whole else "attendance/_roll_differs.html"
    return render(request, template, context, status=409)


def _words(receipt: RollReceipt) -> str:
    """The receipt in one sentence."""
    parts = [f"{receipt.enrolled} students", f"{receipt.absent} absent"]
    if receipt.tardy:
        parts.append(f"{receipt.tardy} tardy")
    again = "was saved before" if receipt.again else "is saved"
    return f"The roll {again} ({time_words(receipt.submitted_at)}): {', '.join(parts)}."
