"""The counter: somebody stands there, is found, and is set right in a few keys."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from firstbell.attendance import api
from firstbell.attendance.data import StudentDay
from firstbell.attendance.web.forms import OfficeMark, SignOut
from firstbell.attendance.web.tables.days import DayChanges, DayMeetings
from firstbell.attendance.web.views_board import OFFICE
from firstbell.kernel.finding import Refused, error
from firstbell.people.api import find_people, note_disclosure, student_card
from firstbell.people.data import PersonHit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible
from firstbell.platform.ui import present
from firstbell.platform.web.pages import PageRequest, page

LISTED = 12
LONGEST = 100
#: where one came from, so that the next one in the queue can be found at once
COUNTER = "counter"


@require_safe
@page(roles=OFFICE)
def counter(request: PageRequest) -> HttpResponse:
    """Find a student; the only one found is opened at once."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    hits = [hit for hit in find_people(request.viewer, text, most=LISTED) if hit.kind == "student"]
    here = [hit for hit in hits if not hit.inactive]
    if len(here) == 1:
        return redirect(_counter_address(here[0], request.viewer.today))
    found = [(hit, _counter_address(hit, request.viewer.today)) for hit in hits]
    return render(request, "attendance/counter.html", {"text": text, "found": found})


def _counter_address(hit: PersonHit, day: date) -> str:
    return reverse("student_day", args=[hit.id, day]) + f"?from={COUNTER}"


@require_safe
@page(reads=DataClass.ATTENDANCE)
def student_day(request: PageRequest, student_id: int, day: date) -> HttpResponse:
    """A student's day: every word with its author; the office sets its own word from here."""
    shown = api.student_day(request.viewer, student_id, day)
    card = student_card(request.viewer, student_id)
    note_disclosure(request.viewer, card.openings, [DataClass.ATTENDANCE], "page:student_day")
    return _show(request, shown, card, OfficeMark(day=shown), SignOut(day=shown))


def _show(
    request: PageRequest,
    shown: StudentDay,
    card: object,
    form: OfficeMark,
    leaving: SignOut,
    status: int = 200,
) -> HttpResponse:
    meetings = DayMeetings(shown.meetings, caption="Class by class", nothing="No class that day.")
    changes = DayChanges(shown.changes, caption="Earlier versions, newest first")
    return render(
        request,
        "attendance/student_day.html",
        {
            "card": card,
            "day": shown,
            "meetings": present(request, meetings, size=0),
            "changes": present(request, changes, size=0) if shown.changes else None,
            "form": form if shown.may_mark else None,
            "leaving": leaving,
            "at_counter": shown.may_mark and shown.day == request.viewer.today and bool(shown.meetings),
            "address": _mark_address(request, shown),
            "from": request.GET.get("from", ""),
        },
        status=status,
    )


def _mark_address(request: PageRequest, shown: StudentDay) -> str:
    """Where the office's acts go; from the counter one comes back to the counter."""
    address = reverse("mark_day", args=[shown.student_id, shown.day])
    return f"{address}?from={COUNTER}" if request.GET.get("from") == COUNTER else address


@require_POST
@page(writes=DataClass.ATTENDANCE, roles=OFFICE)
def mark_day(request: PageRequest, student_id: int, day: date) -> HttpResponse:
    """One of the office's acts; the page again with the mistakes, or back to where one came from."""
    if not api.may_enter(request.viewer, student_id):
        raise NotVisible
    shown = api.student_day(request.viewer, student_id, day)
    if not shown.may_mark:
        raise NotAllowed("writing as this school's attendance office")
    act = request.POST.get("act", "")
    leaving = SignOut(request.POST if act == "sign_out" else None, day=shown)
    form = OfficeMark(request.POST if act not in ("sign_in", "sign_out") else None, day=shown)
    asked = leaving if leaving.is_bound else form
    try:
        if act == "sign_in":
            done = f"signed in ({_list(api.sign_in(request.viewer, shown.student_id))})."
        elif not asked.is_valid():
            return _again(request, shown, form, leaving)
        elif act == "sign_out":
            code = leaving.cleaned_data["after"]
            done = f"signed out ({_list(api.sign_out(request.viewer, shown.student_id, code))})."
        else:
            done = _set(request, shown, form)
    except Refused as refused:
        if act == "sign_in":
            messages.error(request, "; ".join(f"{one.message}: {one.next_step}" for one in refused.findings))
            return redirect("student_day", student_id, day)
        asked.add_findings(refused.findings)
        return _again(request, shown, form, leaving)
    messages.success(request, f"{student_card(request.viewer, shown.student_id).name}: {done}")
    if request.GET.get("from") == COUNTER:
        return redirect("counter")
    return redirect("student_day", shown.student_id, shown.day)


def _list(done: list[str]) -> str:
    return ", ".join(done) or "nothing to set"


def _again(request: PageRequest, shown: StudentDay, form: OfficeMark, leaving: SignOut) -> HttpResponse:
    return _show(request, shown, student_card(request.viewer, shown.student_id), form, leaving, status=422)


def _set(request: PageRequest, shown: StudentDay, form: OfficeMark) -> str:
    """Set or clear the word for the day or for one meeting; says what was done."""
    asked = form.cleaned_data
    more = {"comment": asked["comment"], "reason": asked["reason"]}
    if asked["of"] == form.WHOLE_DAY:
        if asked["code"]:
            api.office_mark_day(request.viewer, shown.student_id, shown.day, asked["code"], **more)
        else:
            api.office_clear_day(request.viewer, shown.student_id, shown.day, reason=asked["reason"])
    else:
        section, slot = (int(part) for part in asked["of"].split("/"))
        if not any((one.section_id, one.slot) == (section, slot) for one in shown.meetings):
            raise Refused(
                [
                    error(
                        "attendance.meeting",
                        "the student has no such class then",
                        "choose again",
                        column="of",
                    )
                ]
            )
        api.office_mark_meeting(
            request.viewer, shown.student_id, section, shown.day, slot, asked["code"], **more
        )
    where = dict(form.places)[asked["of"]].lower()
    return (
        f"{where} set to {asked['code']}." if asked["code"] else f"the office's word for {where} is cleared."
    )
