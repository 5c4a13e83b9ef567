"""A staff member's page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from firstbell.people import api
from firstbell.people.web.tables import Posts, StaffSections
from firstbell.platform.ui import present
from firstbell.platform.web.pages import PageRequest, page


@page()
def staff_member(request: PageRequest, staff_id: int) -> HttpResponse:
    """Who works here, in which post, and what they teach."""
    person = api.staff_page(request.viewer, staff_id)
    posts = Posts(person.posts, caption="Posts", nothing="No post today.")
    if not person.dated:
        posts.columns.hide("begin")
        posts.columns.hide("end")
    sections = StaffSections(person.sections, caption="Sections today")
    return render(
        request,
        "people/staff_member.html",
        {
            "person": person,
            "posts": present(request, posts, size=0),
            "sections": present(request, sections, size=0) if person.sections else None,
        },
    )
