"""A school's periods of apportionment: live while they run, frozen once closed, walked down to students."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from firstbell.attendance import api
from firstbell.attendance.data import PeriodReport
from firstbell.attendance.web.forms import ReasonForm
from firstbell.attendance.web.tables.schools import (
    PeriodRows,
    PeriodSpans,
    PeriodStudents,
    PeriodTracks,
    StudentChanges,
)
from firstbell.attendance.web.views_schools import READERS
from firstbell.kernel.finding import Refused
from firstbell.kernel.school_year import SchoolYear
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.ui import download, present
from firstbell.platform.web.pages import PageRequest, page

#: who closes a school's periods
CLOSERS = ("attendance_clerk", "principal", "state_reporting")


def slug(period: str) -> str:
    """A period in an address: ``month 4`` is ``month-4``."""
    return period.replace(" ", "-")


def period_of(text: str) -> str:
    """The period that an address names. Raises Http404 for a name that no period has."""
    if text in ("P-1", "P-2", "annual"):
        return text
    head, _, number = text.partition("-")
    if head == "month" and number.isdecimal() and len(number) < 3:
        return f"month {number}"
    raise Http404


def _year(viewer: Viewer) -> int:
    return SchoolYear.of(viewer.today).ending


@require_safe
@page(counts=DataClass.ATTENDANCE, roles=READERS)
def school_periods(request: PageRequest, school_id: int) -> HttpResponse:
    """Every period of the school year: months, P-1, P-2, annual."""
    found = api.periods(request.viewer, school_id, school_year=_year(request.viewer))
    rows = PeriodRows(found, caption=f"Periods of {SchoolYear(_year(request.viewer))}")
    rows.school_id = school_id
    findings = {one.code: one for state in found for one in state.findings}
    return render(
        request,
        "attendance/school_periods.html",
        {"school_id": school_id, "rows": present(request, rows, size=0), "findings": list(findings.values())},
    )


@require_safe
@page(counts=DataClass.ATTENDANCE, roles=READERS)
def school_period(request: PageRequest, school_id: int, period: str) -> HttpResponse:
    """A period's figures as they are now; whoever may, closes it."""
    return _live(request, school_id, period, ReasonForm())


def _live(
    request: PageRequest, school_id: int, period: str, form: ReasonForm, status: int = 200
) -> HttpResponse:
    name, year = period_of(period), _year(request.viewer)
    states = api.periods(request.viewer, school_id, school_year=year)
    state = next((one for one in states if one.period == name), None)
    if state is None:
        raise NotVisible
    report = api.period_report(request.viewer, school_id, name, school_year=year)
    form.fields["reason"].required = False
    context = _context(request, report) | {
        "form": form,
        "act": "Close this period",
        "address": reverse("close_period", args=[school_id, period]),
        "students": reverse("period_students", args=[school_id, period]),
        "locks": list(zip(state.versions, state.lock_ids, strict=True)),
    }
    context["may_close"] = context["may_close"] and state.over and not state.versions
    return render(request, "attendance/period.html", context, status=status)


@require_POST
@page(counts=DataClass.ATTENDANCE, roles=CLOSERS)
def close_period(request: PageRequest, school_id: int, period: str) -> HttpResponse:
    """Close a period: its figures stay as they are now, for good."""
    form = ReasonForm(request.POST)
    form.fields["reason"].required = False
    name = period_of(period)
    if form.is_valid():
        try:
            lock = api.close_period(
                request.viewer,
                school_id,
                name,
                school_year=_year(request.viewer),
                reason=form.cleaned_data["reason"],
            )
        except Refused as refused:
            form.add_findings(refused.findings)
        else:
            messages.success(request, f"{name} is closed. Its figures stay as they are.")
            return redirect("closed_period", lock)
    return _live(request, school_id, period, form, status=422)


@require_safe
@page(counts=DataClass.ATTENDANCE, roles=READERS)
def closed_period(request: PageRequest, lock_id: int) -> HttpResponse:
    """A closed period exactly as it was closed; a correction makes an amended version."""
    return _closed(request, lock_id, ReasonForm())


def _closed(request: PageRequest, lock_id: int, form: ReasonForm, status: int = 200) -> HttpResponse:
    report = api.closed_report(request.viewer, lock_id)
    figures = report.figures
    students = reverse("period_students", args=[figures.school_id, slug(figures.period)])
    context = _context(request, report) | {
        "form": form,
        "act": "Amend it with what is true now",
        "address": reverse("amend_period", args=[lock_id]),
        "students": f"{students}?lock={lock_id}",
    }
    return render(request, "attendance/period.html", context, status=status)


@require_POST
@page(counts=DataClass.ATTENDANCE, roles=CLOSERS)
def amend_period(request: PageRequest, lock_id: int) -> HttpResponse:
    """Close a closed period anew with what is true now; the old version stays."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            lock = api.amend_period(request.viewer, lock_id, form.cleaned_data["reason"])
        except Refused as refused:
            form.add_findings(refused.findings)
        else:
            unchanged = "Nothing changed: there is no new version."
            messages.success(request, unchanged if lock == lock_id else "It is amended.")
            return redirect("closed_period", lock)
    return _closed(request, lock_id, form, status=422)


def _context(request: PageRequest, report: PeriodReport) -> dict[str, object]:
    figures = report.figures
    changes = StudentChanges(report.changes, caption="Students whose days changed")
    return {
        "report": report,
        "figures": figures,
        "year": SchoolYear(figures.school_year),
        "tracks": present(request, PeriodTracks(figures.tracks, caption="By track", prefix="t-"), size=0),
        "spans": present(request, PeriodSpans(figures.spans, caption="By grade span", prefix="s-"), size=0),
        "changes": present(request, changes, size=0) if report.changes else None,
        "may_close": request.viewer.holds(*CLOSERS),
    }


@require_safe
@page(counts=DataClass.ATTENDANCE, roles=READERS)
def period_students(request: PageRequest, school_id: int, period: str) -> HttpResponse:
    """What each student brought to a period's figures; as a file with ``?format=csv``."""
    name = period_of(period)
    lock = request.GET.get("lock", "")
    found = api.period_students(
        request.viewer,
        school_id,
        name,
        school_year=_year(request.viewer),
        lock_id=int(lock) if lock.isdecimal() and len(lock) < 19 else None,
    )
    rows = PeriodStudents(
        [{"name": student, **_fields(days)} for days, student in found],
        caption="Students",
        nothing="Your role sees counts of this school, not its students.",
    )
    if request.GET.get("format") == "csv":
        return download(
            request.viewer,
            rows,
            f"{slug(name)}-{school_id}.csv",
            data_classes=[DataClass.DIRECTORY, DataClass.ATTENDANCE],
            purpose=f"attendance figures of {name}",
        )
    return render(
        request,
        "attendance/period_students.html",
        {
            "school_id": school_id,
            "period": name,
            "slug": period,
            "rows": present(request, rows),
            "query": request.GET.urlencode(),
        },
    )


def _fields(days: object) -> dict[str, object]:
    return {
        name: getattr(days, name) for name in ("student_id", "grade", "track", "membership", "lost", "earns")
    }
