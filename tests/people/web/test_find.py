"""Finding anyone."""

from __future__ import annotations

import pytest

from firstbell.people.models import CourtOrder, Student
from firstbell.people.testing import SmallDistrict

FIND = "/people/find/"
HTMX = {"HTTP_HX_REQUEST": "true"}


def names(response):
    return [row.record.name for table in response.context["tables"] for row in table.rows]


def test_the_only_match_opens_at_once(enter, district: SmallDistrict):
    response = enter("north-registrar").get(FIND, {"q": "learn first3"})
    assert response["Location"] == f"/people/students/{district.id('student', 'north-3')}/"


@pytest.mark.parametrize("column", ["local_id", "state_id"])
def test_a_whole_number_opens_its_student_though_others_begin_so(enter, district, column):
    student = district.id("student", "north-3")
    Student.objects.filter(pk=student).update(**{column: "100"})
    from firstbell.people.services.name_words import index_people

    index_people({"student": [student]})
    response = enter("north-registrar").get(FIND, {"q": " 100 "})
    assert response["Location"] == f"/people/students/{student}/"


def test_several_are_listed_by_kind_with_grade_and_school(enter):
    page = enter("north-registrar").get(FIND, {"q": "north"})
    assert [table.caption for table in page.context["tables"]] == ["Students", "Staff", "Contacts"]
    text = page.content.decode()
    assert "North School" in text
    assert "Learner-north, First0" in text
    assert "Mother of First0 Learner-north" in text
    assert "South School" not in text


def test_suggestions_are_the_list_alone(enter):
    part = enter("north-registrar").get(FIND, {"q": "learner"}, **HTMX)
    text = part.content.decode()
    assert "<html" not in text
    assert text.count('role="option"') == 6
    assert 'href="/people/students/' in text


def test_more_than_fit_are_told(enter):
    part = enter("north-registrar").get(FIND, {"q": "north"}, **HTMX).content.decode()
    assert "All that match" in part


@pytest.mark.parametrize("text", ["", "   ", "nobodyhasthis", "'; drop table--", "%", "\x00"])
def test_nobody_found_says_what_to_do(enter, text):
    page = enter("north-registrar").get(FIND, {"q": text})
    assert page.status_code == 200
    assert 'class="empty"' in page.content.decode()


def test_a_teacher_finds_the_own_class_only(enter):
    assert enter("north-teacher").get(FIND, {"q": "learner-south"}).context["tables"] == []
    assert len(names(enter("north-teacher").get(FIND, {"q": "learner"}))) == 6


@pytest.mark.parametrize(("kind", "key"), [("contact", "c-north-0"), ("student", "north-0")])
def test_families_look_nobody_up(enter, kind, key):
    client = enter(key, kind)
    assert client.get(FIND, {"q": "first"}).status_code == 403
    assert b"data-find" not in client.get("/").content


def test_a_chief_sees_no_number_and_a_counselor_no_student_of_others(enter):
    text = enter("chief").get(FIND, {"q": "learner-north"}).content.decode()
    assert "Learner-north, First0" in text
    assert "1000" not in text
    assert names(enter("north-counselor").get(FIND, {"q": "learner"})) == []


def test_whom_an_order_bars_is_not_suggested_the_child(enter, district):
    account = district.account("contact", "c-north-0")
    from firstbell.people.models import Staff

    Staff.objects.filter(pk=district.id("staff", "north-teacher")).update(account=account)
    client = enter("c-north-0", "contact")
    assert len(names(client.get(FIND, {"q": "learner"}))) == 6
    district.bar("c-north-0", "north-0")
    assert CourtOrder.objects.count() == 1
    assert len(names(client.get(FIND, {"q": "learner"}))) == 5
