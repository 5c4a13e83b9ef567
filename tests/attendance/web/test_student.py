"""A student's attendance: one page for office, teacher, family, each with what is theirs."""

from __future__ import annotations

import pytest

from firstbell.attendance import api
from firstbell.attendance.models import CaseNote
from firstbell.attendance.testing import take_roll
from firstbell.people.testing import TODAY

pytestmark = pytest.mark.django_db


def page(district, enter, kind, key, student="north-1"):
    return enter(kind, key).get(f"/attendance/students/{district.id('student', student)}/")


@pytest.fixture
def absent(district):
    for n in (1, 2):
        take_roll(district, f"north-x{n}", {"north-1": "A"})
    return district


def test_calendar_counts_and_band_stand_with_their_rule(absent, enter):
    text = page(absent, enter, "staff", "north-teacher").content.decode()
    assert "Tuesday, November 24: Absent, unverified" in text
    assert "of 72 expected days" in text
    assert "chronic from 10 %" in text
    assert f'href="/attendance/students/{absent.id("student", "north-1")}/{TODAY}/"' in text
    assert "Case" not in text.split("</header>")[1], "a teacher sees attendance, not the case made of it"


def test_the_office_sees_the_case_and_adds_a_note(absent, enter):
    clerk = enter("staff", "north-clerk")
    student = absent.id("student", "north-1")
    text = clerk.get(f"/attendance/students/{student}/").content.decode()
    assert "Letter 1 comes after 3 new occasions." in text
    assert "The rows behind it" in text
    assert (
        clerk.post(f"/attendance/students/{student}/notes/", {"kind": "call", "text": " "}).status_code == 422
    )
    sent = {"kind": "call", "text": "Spoke with the mother"}
    assert clerk.post(f"/attendance/students/{student}/notes/", sent).status_code == 302
    assert CaseNote.objects.get().text == "Spoke with the mother"
    assert "Spoke with the mother" in clerk.get(f"/attendance/students/{student}/").content.decode()


def test_the_family_sees_its_own_child_and_may_report(absent, enter):
    text = page(absent, enter, "contact", "c-north-1").content.decode()
    assert "Report an absence" in text
    assert page(absent, enter, "contact", "c-north-1", "north-2").status_code == 404
    own = page(absent, enter, "student", "north-1")
    assert own.status_code == 200
    assert "Report an absence" not in own.content.decode()


def test_a_barred_parent_sees_nothing(absent, enter):
    absent.bar("c-north-1", "north-1")
    assert page(absent, enter, "contact", "c-north-1").status_code == 404


def test_an_empty_year_says_so(district, enter):
    text = page(district, enter, "staff", "north-teacher").content.decode()
    assert "Every day so far was attended in full." in text
    assert (
        api.student_attendance(
            district.viewer("staff", "north-teacher"), district.id("student", "north-1"), TODAY
        ).absent
        == 0
    )
