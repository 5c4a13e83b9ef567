"""A student's record: profile, enrolments, schedule, history."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from firstbell.kernel.finding import Refused
from firstbell.people import api
from firstbell.people.data import OpeningReason, StudentCard, StudentPage
from firstbell.people.web.acting import answer
from firstbell.people.web.forms import AsOf, OpenField
from firstbell.people.web.forms_student import StudentForm
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
        {"card": profile.card, "profile": profile, **_parts(request, profile)},
    )


def _parts(request: PageRequest, profile: StudentPage) -> dict[str, Any]:
    """The lists of a profile, each with what may be done, and None where a part is not open."""
    card, opens = profile.card, profile.card.openings
    contact, custody = opens[DataClass.CONTACT], opens[DataClass.CUSTODY]

    def part(table: type, rows: Any, caption: str, change: list[Any]) -> Any:
        if rows is None:
            return None
        more = {"extra_columns": change} if change else {}
        return present(request, table(rows, caption=caption, caption_hidden=True, **more), size=0)

    rights = action("Change", "Rights", lambda row: reverse("contact_rights", args=[card.id, row.id]))
    end = action(
        "Change",
        "End",
        lambda row: reverse("program_end", args=[card.id, row.id]) if row.may_write and not row.ended else "",
    )
    lift = action(
        "Change", "End", lambda row: reverse("order_end", args=[card.id, row.id]) if row.in_force else ""
    )
    programs = profile.programs or ()
    return {
        "contacts": part(
            Contacts,
            profile.contacts,
            "Contacts, in the order of calling",
            rights if contact.writes_everything else [],
        ),
        "programs": part(
            Programs, profile.programs, "Programs", end if any(row.may_write for row in programs) else []
        ),
        "orders": part(Orders, profile.orders, "Court orders", lift if custody.writes_everything else []),
        "edits": contact.writes_everything or bool(contact.written_fields),
        "writes_contacts": contact.writes_everything,
        "writes_orders": custody.writes_everything,
        "writes_programs": opens.may_write(DataClass.SPECIAL_PROGRAMS),
    }


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


@page(writes=DataClass.CONTACT)
def student_edit(request: PageRequest, student_id: int) -> HttpResponse:
    """Correct name, description and home; a family corrects how it is reached."""
    card = api.student_card(request.viewer, student_id)
    name, described, home, state_id, open_to = api.student_values(request.viewer, student_id)
    form = StudentForm(
        request.POST or None, name=name, described=described, home=home, state_id=state_id, open_to=open_to
    )

    def write(asked: dict[str, object]) -> int:
        api.correct_student(request.viewer, student_id, keep=form.hidden_columns, **form.changes())
        return student_id

    return answer(
        request,
        form,
        "people/student_edit.html",
        {"card": card, "back": reverse("student", args=[student_id])},
        write=write,
        to=lambda _: reverse("student", args=[student_id]),
        done="Saved. What stood there before is kept.",
    )
