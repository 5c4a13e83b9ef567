"""A student's sections: adding, changing, dropping."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from firstbell.people import api
from firstbell.people.data import ScheduleRow, SectionChoice, StudentCard
from firstbell.people.web.acting import answer
from firstbell.people.web.forms import ChooseSection
from firstbell.people.web.forms_registrar import SectionAddForm, SectionDropForm
from firstbell.people.web.tables import SectionChoices, action
from firstbell.platform.access import DataClass, NotVisible
from firstbell.platform.ui import present
from firstbell.platform.web.pages import PageRequest, page

LISTED = 100


def _card(request: PageRequest, student_id: int) -> StudentCard:
    card = api.student_card(request.viewer, student_id)
    if not card.openings.may_write(DataClass.ENROLLMENT):
        raise NotVisible
    return card


def _present(request: PageRequest, student_id: int) -> list[ScheduleRow]:
    """Sections the student is in today or later."""
    today = request.viewer.today
    rows = api.schedule_of(request.viewer, student_id)
    return [row for row in rows if row.end is None or row.end >= today]


def _reachable(request: PageRequest, student_id: int, section_id: int) -> SectionChoice:
    """A section of the student's school whose list the viewer may change."""
    found = api.sections_to_choose(request.viewer, student_id, request.viewer.today, section_id=section_id)
    if not found:
        raise NotVisible
    return found[0]


@page(writes=DataClass.ENROLLMENT)
def section_choose(request: PageRequest, student_id: int) -> HttpResponse:
    """Sections the student may join: how full they are, and with what they clash."""
    card = _card(request, student_id)
    form = ChooseSection(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = api.sections_to_choose(
        request.viewer,
        student_id,
        request.viewer.today,
        text=asked.get("q", ""),
        period=asked.get("period", ""),
    )
    rows = SectionChoices(
        found[:LISTED],
        caption="Sections",
        extra_columns=action(
            "Choose", "Choose", lambda row: reverse("student_section_add", args=[student_id, row.id])
        ),
        nothing="No section of the student's school matches. Clear the fields to see all of them."
        if any(asked.values())
        else "There is no other section at the student's school today.",
    )
    return render(
        request,
        "people/section_choose.html",
        {
            "card": card,
            "form": form,
            "rows": present(request, rows, size=0),
            "more": len(found) > LISTED,
        },
    )


@page(writes=DataClass.ENROLLMENT)
def section_add(request: PageRequest, student_id: int, section_id: int) -> HttpResponse:
    """Add the student to a section, or put it in the place of another."""
    card = _card(request, student_id)
    chosen = _reachable(request, student_id, section_id)
    present_rows = [(row.section_id, row.title) for row in _present(request, student_id)]
    form = SectionAddForm(request.POST or None, today=request.viewer.today, present=present_rows)
    clashing = [key for key, title in present_rows if title in chosen.clashes]
    if len(clashing) == 1:
        form.initial.setdefault("instead_of", str(clashing[0]))

    def write(asked: dict[str, object]) -> int:
        begin = form.cleaned_data["begin"]
        if asked["instead_of"]:
            return api.change_section(
                request.viewer, student_id, old=int(str(asked["instead_of"])), new=section_id, begin=begin
            )
        return api.add_to_section(request.viewer, student_id, section_id, begin=begin)

    return answer(
        request,
        form,
        "people/act.html",
        {
            "card": card,
            "heading": f"Add to {chosen.title}",
            "chosen": chosen,
            "verb": "Add to the section",
            "back": reverse("student_section_choose", args=[student_id]),
        },
        write=write,
        to=lambda _: reverse("student_schedule", args=[student_id]),
        done="The schedule is changed.",
        rehearse=student_id,
    )


@page(writes=DataClass.ENROLLMENT)
def section_drop(request: PageRequest, student_id: int, section_id: int) -> HttpResponse:
    """Take the student out of a section."""
    card = _card(request, student_id)
    row = next((one for one in _present(request, student_id) if one.section_id == section_id), None)
    if row is None:
        raise NotVisible
    _reachable(request, student_id, section_id)
    form = SectionDropForm(request.POST or None, initial={"last_day": request.viewer.today})
    return answer(
        request,
        form,
        "people/act.html",
        {
            "card": card,
            "heading": f"Drop {row.title}",
            "verb": "Drop",
            "back": reverse("student_schedule", args=[student_id]),
        },
        write=lambda asked: api.drop_from_section(request.viewer, student_id, section_id, **asked),
        to=lambda _: reverse("student_schedule", args=[student_id]),
        done="The schedule is changed.",
        rehearse=student_id,
    )
