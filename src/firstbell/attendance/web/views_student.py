"""A student's year: calendar, counts, truancy, letters and what was done; and the family's view of it."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from firstbell.attendance import api
from firstbell.attendance.data import CalendarCell, CasePage, NoteKind
from firstbell.attendance.web.forms import CaseNoteForm
from firstbell.attendance.web.tables.days import BANDS, AttendanceDays, Occasions
from firstbell.attendance.web.views_absences import FAMILY
from firstbell.attendance.web.views_board import OFFICE
from firstbell.kernel.finding import Refused
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.api import note_disclosure, student_card
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.ui import Mark, calendar_months, decimal_words, percent_words, present
from firstbell.platform.web.pages import PageRequest, page

#: kind of a day -> tone of its cell
TONES = {
    "present": "good",
    "tardy": "warn",
    "partial": "warn",
    "absent": "bad",
    "future": "off",
    "none": "off",
}
#: staff who keep cases
CASE_WRITERS = (*OFFICE, "counselor", "case_manager")


@require_http_methods(["GET", "HEAD"])
@page(reads=DataClass.ATTENDANCE)
def student_attendance(request: PageRequest, student_id: int) -> HttpResponse:
    """The school year of a student, from the calendar down to every word."""
    viewer = request.viewer
    year = api.student_attendance(viewer, student_id, viewer.today)
    card = student_card(viewer, student_id)
    note_disclosure(viewer, card.openings, [DataClass.ATTENDANCE], "page:student_attendance")
    case = _case(viewer, student_id)
    days = [cell for cell in year.cells if cell.kind in ("absent", "tardy", "partial")]
    rows = AttendanceDays(
        sorted(days, key=lambda cell: cell.day, reverse=True),
        caption="Days that were not attended in full",
        nothing="Every day so far was attended in full.",
    )
    rows.student_id = student_id
    occasions = Occasions(case.occasions, caption="Truancy occasions") if case and case.occasions else None
    if occasions is not None:
        occasions.student_id = student_id
    return render(
        request,
        "attendance/student_attendance.html",
        {
            "card": card,
            "year": year,
            "months": calendar_months(_mark(cell) for cell in year.cells),
            "rows": present(request, rows),
            "band": BANDS.get(year.band or ""),
            "expected": f"of {decimal_words(year.expected)} expected days",
            "share": percent_words(year.rate) + " of expected days" if year.rate is not None else "",
            "rule": api.early_warning_rule(viewer.today),
            "school_year": str(SchoolYear(year.school_year)),
            "case": case,
            "occasions": present(request, occasions, size=0) if occasions is not None else None,
            "note": CaseNoteForm(),
            "letters": _family_letters(viewer, student_id),
            "may_report": viewer.holds(*FAMILY) and api.may_report(viewer, student_id),
            "may_mark": api.may_enter(viewer, student_id),
            "today": viewer.today,
        },
    )


def _mark(cell: CalendarCell) -> Mark:
    words = f"{cell.day:%A, %B} {cell.day.day}: {cell.title or cell.kind}"
    return Mark(
        cell.day, cell.code, TONES.get(cell.kind, "off"), f"{words}; {cell.detail}" if cell.detail else words
    )


def _case(viewer: Viewer, student_id: int) -> CasePage | None:
    """The case, for whoever keeps or reads cases."""
    try:
        return api.case_page(viewer, student_id)
    except NotVisible:
        return None


def _family_letters(viewer: Viewer, student_id: int) -> list[object]:
    try:
        return list(api.family_letters(viewer, student_id))
    except NotVisible:
        return []


@require_POST
@page(reads=DataClass.ATTENDANCE, roles=CASE_WRITERS)
def case_note(request: PageRequest, student_id: int) -> HttpResponse:
    """Note a call, a meeting, an agreement."""
    form = CaseNoteForm(request.POST)
    try:
        if form.is_valid():
            asked = form.cleaned_data
            api.add_case_note(
                request.viewer, student_id, NoteKind(asked["kind"]), asked["text"], at=_at(asked["at"])
            )
            messages.success(request, "The note is kept.")
            return redirect("student_attendance", student_id)
    except Refused as refused:
        form.add_findings(refused.findings)
    card = student_card(request.viewer, student_id)
    return render(request, "attendance/case_note.html", {"card": card, "form": form}, status=422)


def _at(value: datetime | None) -> datetime | None:
    return timezone.make_aware(value) if value is not None and timezone.is_naive(value) else value
