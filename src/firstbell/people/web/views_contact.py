"""A contact's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from firstbell.people import api
from firstbell.people.web.tables import ContactStudents
from firstbell.platform.ui import present
from firstbell.platform.web.pages import PageRequest, page


@page()
def contact(request: PageRequest, contact_id: int) -> HttpResponse:
    """How to reach somebody, and whose contact they are."""
    person = api.contact_page(request.viewer, contact_id)
    students = ContactStudents(person.students, caption="Contact of")
    return render(
        request, "people/contact.html", {"person": person, "students": present(request, students, size=0)}
    )
