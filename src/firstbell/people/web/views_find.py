"""Finding anyone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from firstbell.people import api
from firstbell.people.data import PersonHit
from firstbell.people.web.tables import ContactHits, StaffHits, StudentHits
from firstbell.platform.access import NotAllowed
from firstbell.platform.web.pages import PageRequest, page

SUGGESTED, LISTED = 8, 50
LONGEST = 100
#: whose page a hit leads to, in the order of the list
ROUTES = {"student": "student", "staff": "staff_member", "contact": "contact"}


@page()
def find_people(request: PageRequest) -> HttpResponse:
    """Everybody whose name or number begins with what was typed; straight to the page of the only one."""
    if not api.may_find(request.viewer):
        raise NotAllowed("looking people up")
    text = request.GET.get("q", "").strip()[:LONGEST]
    most = SUGGESTED if request.htmx else LISTED
    found = api.find_people(request.viewer, text, most=most + 1)
    hits, more = found[:most], len(found) > most
    if request.htmx:
        groups = {kind: [(hit, address(hit)) for hit in hits if hit.kind == kind] for kind in ROUTES}
        words = {"text": text, "groups": groups, "hits": hits, "more": more}
        return render(request, "people/_suggestions.html", words)
    whole = [hit for hit in hits if hit.exact]
    only = whole if len(whole) == 1 else hits
    if len(only) == 1:
        return redirect(address(only[0]))
    tables = [
        table([hit for hit in hits if hit.kind == kind], caption=caption)
        for kind, table, caption in (
            ("student", StudentHits, "Students"),
            ("staff", StaffHits, "Staff"),
            ("contact", ContactHits, "Contacts"),
        )
    ]
    tables = [table for table in tables if len(table.rows)]
    return render(request, "people/find.html", {"text": text, "tables": tables, "more": more, "most": LISTED})


def address(hit: PersonHit) -> str:
    """The page of a person who was found."""
    return reverse(ROUTES[hit.kind], args=[hit.id])
