"""A student's record of disclosures: to whom outside records went, and one entered by hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from firstbell.people import api
from firstbell.people.web.acting import answer
from firstbell.people.web.forms_disclosure import DisclosureForm
from firstbell.people.web.tables import Disclosures, FamilyDisclosures
from firstbell.platform.access import DataClass, NotVisible
from firstbell.platform.ui import download, present
from firstbell.platform.web.pages import PageRequest, page

MOST = 200


@page()
def student_disclosures(request: PageRequest, student_id: int) -> HttpResponse:
    """Every release, and every request that was refused, newest first; also as a file."""
    card = api.student_card(request.viewer, student_id)
    api.note_disclosure(request.viewer, card.openings, (DataClass.DIRECTORY,), "page:student")
    as_file = request.GET.get("as") == "csv"
    lines = api.disclosures_of(request.viewer, student_id, most=None if as_file else MOST + 1)
    kind = FamilyDisclosures if card.openings.family else Disclosures
    table = kind(lines if as_file else lines[:MOST], caption="Record of disclosures", caption_hidden=True)
    if as_file:
        name = f"disclosures-{student_id}.csv"
        return download(
            request.viewer, table, name, data_classes=[DataClass.LOGS], purpose="record of disclosures"
        )
    return render(
        request,
        "people/disclosures.html",
        {
            "card": card,
            "lines": present(request, table, size=0) if lines else None,
            "most": MOST if len(lines) > MOST else 0,
            "family": card.openings.family,
            "writes": card.openings.may_write(DataClass.LOGS),
        },
    )


@page(writes=DataClass.LOGS)
def disclosure_add(request: PageRequest, student_id: int) -> HttpResponse:
    """Enter a release that left by hand, or a request that was refused."""
    card = api.student_card(request.viewer, student_id)
    if not card.openings.may_write(DataClass.LOGS):
        raise NotVisible
    form = DisclosureForm(request.POST or None, initial={"requested_on": request.viewer.today})
    back = reverse("student_disclosures", args=[student_id])
    context: dict[str, Any] = {
        "card": card,
        "heading": "Enter a disclosure",
        "verb": "Enter the disclosure",
        "back": back,
    }
    return answer(
        request,
        form,
        "people/act.html",
        context,
        write=lambda asked: api.enter_disclosure(request.viewer, student_id, **asked),
        to=lambda _: back,
        done="Entered. It stays as long as the record it is about.",
    )
