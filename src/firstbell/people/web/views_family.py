"""Where a family starts: oneself, or one's own children."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from firstbell.people import api
from firstbell.platform.web.pages import PageRequest, page


@page(roles=("guardian", "student", "eligible_student"))
def my_students(request: PageRequest) -> HttpResponse:
    """One's children, or oneself; straight to the record of the only one."""
    students = api.own_students(request.viewer)
    if len(students) == 1:
        return redirect("student", students[0].id)
    return render(request, "people/my_students.html", {"students": students})
