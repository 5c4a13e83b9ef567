"""Programmes that a student takes part in."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from firstbell.people import api
from firstbell.people.data import ProgramKind
from firstbell.people.web.acting import answer
from firstbell.people.web.forms_contact import EndForm, ProgramForm
from firstbell.platform.access import DataClass, NotVisible
from firstbell.platform.web.pages import PageRequest, page


@page(writes=DataClass.SPECIAL_PROGRAMS)
def program_add(request: PageRequest, student_id: int) -> HttpResponse:
    """Enter the student into a programme."""
    card = api.student_card(request.viewer, student_id)
    kinds = api.program_kinds(request.viewer, student_id)
    if not kinds:
        raise NotVisible
    form = ProgramForm(request.POST or None, kinds=kinds, initial={"begin": request.viewer.today})

    def write(asked: dict[str, Any]) -> int:
        kind = ProgramKind(asked["kind"])
        rest = {name: value for name, value in asked.items() if name != "kind"}
        return api.add_program(request.viewer, student_id, kind, **rest)

    return answer(
        request,
        form,
        "people/act.html",
        {
            "card": card,
            "heading": "Add a program",
            "verb": "Add",
            "back": reverse("student", args=[student_id]),
        },
        write=write,
        to=lambda _: reverse("student", args=[student_id]),
        done="Added.",
    )


@page(writes=DataClass.SPECIAL_PROGRAMS)
def program_end(request: PageRequest, student_id: int, participation_id: int) -> HttpResponse:
    """End a participation."""
    profile = api.student_page(request.viewer, student_id)
    row = next((one for one in profile.programs or () if one.id == participation_id), None)
    if row is None or not row.may_write:
        raise NotVisible
    form = EndForm(request.POST or None, initial={"last_day": request.viewer.today})
    return answer(
        request,
        form,
        "people/act.html",
        {
            "card": profile.card,
            "heading": f"End {row.label}",
            "verb": "End",
            "back": reverse("student", args=[student_id]),
        },
        write=lambda asked: api.end_program(request.viewer, participation_id, **asked),
        to=lambda _: reverse("student", args=[student_id]),
        done="Ended.",
    )
