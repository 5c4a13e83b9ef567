"""The registrar's desk: find somebody, what was done lately, what does not add up."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firstbell.people import api
from firstbell.people.web.tables import ProblemRows, ProblemsBySchool, RecentActs
from firstbell.platform.access import DataClass
from firstbell.platform.ui import download, present
from firstbell.platform.web.pages import PageRequest, page


@require_safe
@page(writes=DataClass.ENROLLMENT)
def registrar_desk(request: PageRequest) -> HttpResponse:
    """Where the registrar's day begins."""
    acts = RecentActs(
        api.recent_acts(request.viewer),
        caption="Done lately",
        nothing="Nothing was done to your students' enrollments in the last two weeks.",
    )
    problems = ProblemsBySchool(
        api.roster_problems(request.viewer),
        caption="Waiting for you",
        nothing="Nothing in your schools' rosters contradicts itself.",
    )
    return render(
        request,
        "people/desk.html",
        {"acts": present(request, acts, size=0), "problems": present(request, problems, size=0)},
    )


@require_safe
@page(writes=DataClass.ENROLLMENT)
def roster_problem(request: PageRequest, code: str, school_id: int) -> HttpResponse:
    """Whom or what one problem is about at one school; also as a file."""
    problem, rows = api.problem_rows(request.viewer, code, school_id)
    caption = problem.kind.words(problem.number).capitalize()
    table = ProblemRows(rows, caption=caption, caption_hidden=True, nothing="Mended: nobody is left here.")
    if request.GET.get("as") == "csv":
        classes = (DataClass.DIRECTORY, DataClass.ENROLLMENT)
        purpose = f"problem of the roster: {code}"
        return download(request.viewer, table, f"{code}.csv", data_classes=classes, purpose=purpose)
    return render(
        request,
        "people/problem.html",
        {"problem": problem, "rows": present(request, table), "caption": caption},
    )
