"""Absences known ahead: the office's list and queue, a family's report from the phone."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firstbell.attendance import api
from firstbell.attendance.web.forms import (
    AcceptAbsence,
    DeclineAbsence,
    EnterAbsence,
    ReportAbsence,
    WithdrawAbsence,
)
from firstbell.attendance.web.tables.days import FamilyReports, KnownAbsences, day_list
from firstbell.attendance.web.views_board import OFFICE, school_choices
from firstbell.attendance.web.views_office import LISTED, LONGEST
from firstbell.kernel.finding import Refused
from firstbell.people.api import find_people, student_card
from firstbell.platform.access import DataClass, NotVisible
from firstbell.platform.ui import present
from firstbell.platform.web.pages import PageRequest, page

#: who reports for somebody
FAMILY = ("guardian",)


@require_safe
@page(roles=OFFICE)
def known_absences(request: PageRequest) -> HttpResponse:
    """Families' reports that wait, and what is known ahead."""
    viewer = request.viewer
    text = request.GET.get("q", "").strip()[:LONGEST]
    hits = [hit for hit in find_people(viewer, text, most=LISTED) if hit.kind == "student"]
    codes = api.valid_codes(viewer.today)
    reports = [
        (one, AcceptAbsence(codes=codes, auto_id=f"id_{one.id}_%s")) for one in api.absence_reports(viewer)
    ]
    rows = KnownAbsences(api.known_absences(viewer), caption="Known absences, now and ahead")
    rows.nothing = "No absence is known ahead."
    return render(
        request,
        "attendance/known_absences.html",
        {
            "reports": reports,
            "rows": present(request, rows),
            "text": text,
            "found": [(hit, reverse("enter_absence", args=[hit.id])) for hit in hits],
            "many": len(school_choices(viewer)) > 1,
        },
    )


@require_POST
@page(writes=DataClass.ATTENDANCE, roles=OFFICE)
def decide_absence(request: PageRequest, absence_id: int) -> HttpResponse:
    """Accept or decline a family's report."""
    api.known_absence(request.viewer, absence_id)
    act = request.POST.get("act", "")
    codes = api.valid_codes(request.viewer.today)
    form = AcceptAbsence(request.POST, codes=codes) if act == "accept" else DeclineAbsence(request.POST)
    if not form.is_valid():
        return _told(request, "; ".join(str(text) for some in form.errors.values() for text in some))
    asked = form.cleaned_data

    def accept() -> str:
        api.accept_absence(
            request.viewer, absence_id, asked["code"], lock_reason=request.POST.get("lock_reason", "")
        )
        return "The report is accepted; rolls and days show it."

    def decline() -> str:
        api.decline_absence(request.viewer, absence_id, asked["reason"])
        return "The report is declined; the family sees why."

    acts: dict[str, Callable[[], str]] = {"accept": accept, "decline": decline}
    try:
        messages.success(request, acts.get(act, decline)())
    except Refused as refused:
        return _told(request, "; ".join(f"{one.message}: {one.next_step}" for one in refused.findings))
    return redirect("known_absences")


def _told(request: PageRequest, sentence: str) -> HttpResponse:
    messages.error(request, f"Nothing was changed. {sentence}.")
    return redirect("known_absences")


@require_http_methods(["GET", "HEAD", "POST"])
@page(writes=DataClass.ATTENDANCE, roles=OFFICE)
def withdraw_absence(request: PageRequest, absence_id: int) -> HttpResponse:
    """Take an accepted absence back, with the reason."""
    shown = api.known_absence(request.viewer, absence_id)
    form = WithdrawAbsence(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            api.withdraw_absence(
                request.viewer, absence_id, asked["reason"], lock_reason=asked["lock_reason"]
            )
        except Refused as refused:
            form.add_findings(refused.findings)
        else:
            messages.success(request, "The absence is taken back; what teachers said stands again.")
            return redirect("known_absences")
    context = {"absence": shown, "form": form, "days": day_list(shown)}
    return render(request, "attendance/withdraw_absence.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@page(writes=DataClass.ATTENDANCE, roles=OFFICE)
def enter_absence(request: PageRequest, student_id: int) -> HttpResponse:
    """The office enters an absence it knows of: days, a span, or chosen periods."""
    viewer = request.viewer
    if not api.may_enter(viewer, student_id):
        raise NotVisible
    form = EnterAbsence(
        request.POST or None,
        codes=api.valid_codes(viewer.today, ahead=True),
        reasons=api.excuse_choices(viewer.today),
        periods=api.periods_of_student(viewer, student_id),
        initial={"begin": viewer.today, "end": viewer.today},
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            api.enter_known_absence(
                viewer,
                student_id,
                asked["begin"],
                asked["end"] or asked["begin"],
                asked["code"],
                comment=asked["comment"],
                periods=[int(slot) for slot in asked["periods"]],
                reason=asked["reason"],
                lock_reason=asked["lock_reason"],
            )
        except Refused as refused:
            form.add_findings(refused.findings)
        else:
            messages.success(request, "The absence is entered; rolls and days show it.")
            return redirect("known_absences")
    status = 422 if form.errors else 200
    context = {"card": student_card(viewer, student_id), "form": form}
    return render(request, "attendance/enter_absence.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@page(writes=DataClass.ATTENDANCE, roles=FAMILY)
def report_absence(request: PageRequest, student_id: int) -> HttpResponse:
    """A family says that a child will not come, or why it did not."""
    viewer = request.viewer
    reported = api.family_reports(viewer, student_id)
    form = ReportAbsence(
        request.POST or None, reasons=api.excuse_choices(viewer.today), initial={"begin": viewer.today}
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        begin, end = asked["begin"], asked["end"] or asked["begin"]
        try:
            if begin < viewer.today:
                api.excuse_absence(viewer, student_id, begin, end, asked["reason"], asked["comment"])
            else:
                api.report_absence(viewer, student_id, begin, end, asked["comment"], reason=asked["reason"])
        except Refused as refused:
            form.add_findings(refused.findings)
        else:
            messages.success(request, "The school has your report. You see below what becomes of it.")
            return redirect("report_absence", student_id)
    rows = FamilyReports(reported, caption="What was reported", nothing="Nothing was reported yet.")
    return render(
        request,
        "attendance/report_absence.html",
        {"card": student_card(viewer, student_id), "form": form, "rows": present(request, rows, size=0)},
        status=422 if form.errors else 200,
    )
