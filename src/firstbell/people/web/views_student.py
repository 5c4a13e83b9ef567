"""A student's record: profile, enrolments, schedule, history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from firstbell.kernel.finding import Refused
from firstbell.people import api
from firstbell.people.data import OpeningReason, StudentCard
from firstbell.people.web.forms import AsOf, OpenField
from firstbell.people.web.tables import (
    Contacts,
    Enrollments,
    EnrollmentVersions,
    Orders,
    Programs,
    Schedule,
    action,
)
from firstbell.platform.access import DataClass, NotVisible
from firstbell.platform.ui import present
from firstbell.platform.web.pages import PageRequest, note_read, page


@page()
def student(request: PageRequest, student_id: int) -> HttpResponse:
    """Who the student is, whom to call, what must be known."""
    profile = api.student_page(request.viewer, student_id)
    if profile.orders:
        note_read(request, DataClass.CUSTODY, "student", student_id, fields=["court_orders"])
    for row in {program.data_class: program for program in profile.programs or ()}.values():
        note_read(request, row.data_class, "student", student_id, fields=["kind"])
    for fact in profile.home:
        if fact.data_class is DataClass.CUSTODY and not fact.masked:
            note_read(request, DataClass.CUSTODY, "student", student_id, fields=[fact.key])
    _note(request, profile.card, DataClass.DIRECTORY, DataClass.CONTACT, DataClass.SPECIAL_PROGRAMS)
    return render(
        request,
        "people/student.html",
        {
            "card": profile.card,
            "profile": profile,
            "contacts": _table(request, Contacts, profile.contacts, "Contacts, in the order of calling"),
            "programs": _table(request, Programs, profile.programs, "Programs"),
            "orders": _table(request, Orders, profile.orders, "Court orders"),
        },
    )


def _table(request: PageRequest, table: type, rows: object, caption: str) -> object:
    """The table, or None where the part is not open."""
    if rows is None:
        return None
    return present(request, table(rows, caption=caption, caption_hidden=True), size=0)


def _note(request: PageRequest, card: StudentCard, *data_classes: DataClass) -> None:
    """Reads by an auditor are disclosures."""
    api.note_disclosure(request.viewer, card.openings, data_classes, "page:student")


@page()
def student_enrollments(request: PageRequest, student_id: int) -> HttpResponse:
    """Schools, as they hold today, or on a day, as known on a day; and every version."""
    form = AsOf(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    card = api.student_card(request.viewer, student_id)
    rows = api.enrollments_as(request.viewer, student_id, of=asked.get("of"), known_on=asked.get("known_on"))
    versions = api.enrollment_versions(request.viewer, student_id)
    _note(request, card, DataClass.ENROLLMENT)
    nothing = "No enrollment held then, as far as was known." if any(asked.values()) else "Never enrolled."
    more: dict[str, Any] = {}
    if any(row.may_correct for row in rows):
        more["extra_columns"] = action(
            "Change",
            "Correct",
            lambda row: reverse("enrollment_correct", args=[student_id, row.id]) if row.may_correct else "",
        )
    shown = Enrollments(rows, caption="School enrollments", nothing=nothing, **more)
    every = EnrollmentVersions(versions, caption="Every version, newest first")
    return render(
        request,
        "people/enrollments.html",
        {
            "card": card,
            "form": form,
            "asked": any(asked.values()),
            "writes": card.openings.may_write(DataClass.ENROLLMENT),
            "rows": present(request, shown, size=0),
            "versions": present(request, every, size=0) if len(versions) > len(rows) else None,
        },
    )


@page()
def student_schedule(request: PageRequest, student_id: int) -> HttpResponse:
    """The sections a student is in, and was in."""
    card = api.student_card(request.viewer, student_id)
    rows = api.schedule_of(request.viewer, student_id)
    _note(request, card, DataClass.ENROLLMENT)
    today = request.viewer.today
    now = [row for row in rows if row.begin <= today and (row.end is None or row.end >= today)]
    later = [row for row in rows if row.begin > today]
    ended = [row for row in rows if row not in now and row not in later]
    writes = card.openings.may_write(DataClass.ENROLLMENT)

    def columns() -> dict[str, Any]:
        drop = action(
            "Change", "Drop", lambda row: reverse("student_section_drop", args=[student_id, row.section_id])
        )
        return {"extra_columns": drop} if writes else {}

    tables = [
        present(
            request,
            Schedule(part, caption=caption, nothing=nothing, **({} if part is ended else columns())),
            size=0,
        )
        for part, caption, nothing in (
            (now, "Today", "In no section today."),
            (later, "Later", ""),
            (ended, "Ended", ""),
        )
        if part or nothing
    ]
    return render(request, "people/schedule.html", {"card": card, "tables": tables, "writes": writes})


@page()
def student_history(request: PageRequest, student_id: int) -> HttpResponse:
    """Every act on the student's enrolments."""
    card = api.student_card(request.viewer, student_id)
    acts = api.acts_of(request.viewer, student_id)
    _note(request, card, DataClass.ENROLLMENT)
    return render(request, "people/history.html", {"card": card, "acts": acts})


@page()
def open_field(request: PageRequest, student_id: int, code: str, field: str) -> HttpResponse:
    """Ask for a reason, and open one masked field for a quarter of an hour."""
    card = api.student_card(request.viewer, student_id)
    if code not in list(DataClass) or not card.openings[DataClass(code)].masks(field):
        raise NotVisible
    form = OpenField(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            api.open_field(
                request.viewer,
                student_id,
                DataClass(code),
                field,
                code=OpeningReason(form.cleaned_data["code"]),
                reason=reason,
            )
            messages.success(request, "Open for 15 minutes. The reason is recorded.")
            return redirect("student", student_id)
        except Refused as refused:
            form.add_findings(refused.findings)
    words = {"card": card, "form": form, "field": field.replace("_", " ")}
    return render(request, "people/open_field.html", words, status=422 if form.errors else 200)
