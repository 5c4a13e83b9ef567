"""The walk itself is tried on pages that are wrong, each in one way: it must find every one of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import override_settings
from django.urls import include, path

from firstbell.people.api import student_card, students_in_scope
from firstbell.people.models import Contact, Student
from firstbell.platform.access import DataClass, NotVisible
from firstbell.platform.web.pages import page
from tests.access import walk
from tests.access.routes import Operation, operations
from tests.access.table import Expected
from tests.access.world import World

pytestmark = pytest.mark.django_db


@page(reads=DataClass.ENROLLMENT)
def right(request: Any, student_id: int) -> HttpResponse:
    if not students_in_scope(request.viewer, DataClass.ENROLLMENT).filter(pk=student_id).exists():
        raise NotVisible
    return HttpResponse("enrolled")


@page(reads=DataClass.ENROLLMENT)
def forgets_the_row(request: Any, student_id: int) -> HttpResponse:
    if not Student.objects.filter(pk=student_id).exists():
        raise NotVisible
    return HttpResponse("enrolled")


@page()
def forgets_the_role(request: Any, student_id: int) -> HttpResponse:
    return HttpResponse("enrolled")


@page(reads=DataClass.ENROLLMENT)
def tells_that_there_is_a_row(request: Any, student_id: int) -> HttpResponse:
    if not Student.objects.filter(pk=student_id).exists():
        raise Http404
    if not students_in_scope(request.viewer, DataClass.ENROLLMENT).filter(pk=student_id).exists():
        raise PermissionDenied
    return HttpResponse("enrolled")


@page(reads=DataClass.ENROLLMENT)
def answers_a_hidden_row_in_other_words(request: Any, student_id: int) -> HttpResponse:
    if not students_in_scope(request.viewer, DataClass.ENROLLMENT).filter(pk=student_id).exists():
        there = Student.objects.filter(pk=student_id).exists()
        return HttpResponse("not yours" if there else "nobody", status=404)
    return HttpResponse("enrolled")


@page(reads=DataClass.ENROLLMENT)
def shows_a_field_too_many(request: Any, student_id: int) -> HttpResponse:
    right(request, student_id)
    phones = Contact.objects.filter(student_links__student=student_id).values_list("phone", flat=True)
    return HttpResponse(", ".join(phones))


@page(reads=DataClass.ENROLLMENT)
def names_the_barred(request: Any) -> HttpResponse:
    names = Student.objects.filter(first_name="First").values_list("last_name", flat=True)
    return HttpResponse(", ".join(names))


@page(writes=DataClass.ENROLLMENT)
def looks_at_the_form_first(request: Any, student_id: int) -> HttpResponse:
    if request.method == "POST" and "code" not in request.POST:
        return HttpResponse("a code is missing")
    student_card(request.viewer, student_id)
    if not students_in_scope(request.viewer, DataClass.ENROLLMENT, write=True).filter(pk=student_id).exists():
        raise NotVisible
    return HttpResponse("a form")


VIEWS = [
    right,
    forgets_the_row,
    forgets_the_role,
    tells_that_there_is_a_row,
    answers_a_hidden_row_in_other_words,
    shows_a_field_too_many,
    looks_at_the_form_first,
]
urlpatterns = [
    *(path(f"{view.__name__}/<int:student_id>/", view, name=view.__name__) for view in VIEWS),
    path("names_the_barred/", names_the_barred, name="names_the_barred"),
    path("", right, name="home"),
    path("accounts/", include("firstbell.platform.web.urls")),
]
SOME = ("nobody", "guardian", "teacher", "aide", "registrar", "board_member")
READS = {"reads": DataClass.ENROLLMENT}


@pytest.fixture
def found(world: World, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What the walk finds on a view, with its row of the table."""
    monkeypatch.setattr(walk, "WHOLE", True)

    def walked(name: str, **row: Any) -> str:
        with override_settings(ROOT_URLCONF=__name__, FIRSTBELL_SHELL=""):
            known: dict[str, Operation] = {one.name: one for one in operations()}
            return "\n".join(walk.faults(world, known[name], Expected(name=name, **row), SOME))

    return walked


def test_a_right_page_has_no_fault(found: Any) -> None:
    assert found("right", **READS) == ""


def test_a_page_that_forgets_to_ask_whose_row_it_is(found: Any) -> None:
    told = found("forgets_the_row", **READS)
    assert "teacher get elsewhere: open, not absent" in told
    assert "teacher get dropped: open, not absent" in told
    assert "guardian get barred: open, not absent" in told
    assert "registrar get elsewhere: open, not absent" in told


def test_a_page_that_forgets_to_ask_for_the_role(found: Any) -> None:
    told = found("forgets_the_role", **READS)
    assert "nobody get related: open, not refused" in told
    assert "board_member get missing: open, not refused" in told


def test_a_refusal_that_tells_of_a_row(found: Any) -> None:
    assert "teacher get elsewhere: refused, not absent" in found("tells_that_there_is_a_row", **READS)


def test_an_absence_that_tells_of_a_row(found: Any) -> None:
    told = found("answers_a_hidden_row_in_other_words", **READS)
    assert "teacher: a hidden row and one that does not exist answer differently" in told


def test_a_field_that_the_cell_does_not_allow(found: Any) -> None:
    told = found("shows_a_field_too_many", **READS)
    assert "aide get related shows D2 contact_phone of north-0" in told
    assert "registrar" not in told


def test_a_list_that_names_whom_it_may_not(found: Any) -> None:
    told = found("names_the_barred", **READS)
    assert "registrar get /names_the_barred/ shows D1 name of north-3" in told
    assert "registrar get /names_the_barred/ shows D1 name of south-0" in told
    assert "registrar get /names_the_barred/ shows D1 name of north-0" not in told


def test_a_form_that_answers_before_it_asks(found: Any) -> None:
    told = found("looks_at_the_form_first", writes=DataClass.ENROLLMENT, post={"code": "x"})
    assert "registrar post elsewhere: open, not absent" in told
    assert "registrar get elsewhere" not in told
