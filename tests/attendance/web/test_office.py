"""The counter: found in a few letters, set in a few keys; the office outranks, both words stay readable."""

from __future__ import annotations

from datetime import time

import pytest

from firstbell.attendance import api
from firstbell.attendance.models import AttendanceLock, DayAttendance, SectionAttendance
from firstbell.attendance.testing import take_roll
from firstbell.kernel.finding import Refused
from firstbell.people.testing import TODAY
from firstbell.platform.access import NotAllowed, NotVisible

pytestmark = pytest.mark.django_db


def day(district, key="north-1", act=""):
    return f"/attendance/students/{district.id('student', key)}/{TODAY}/{act}"


def words(district, key="north-1"):
    rows = SectionAttendance.objects.filter(student=district.id("student", key)).order_by("slot")
    return [(row.teacher_code, row.office_code, row.office_comment) for row in rows]


def test_the_only_one_found_is_opened_at_once(district, enter):
    clerk = enter("staff", "north-clerk")
    response = clerk.get("/attendance/counter/?q=first1 learner-north")
    assert response["Location"] == day(district) + "?from=counter"
    assert (
        clerk.get("/attendance/counter/?q=learner-north").content.decode().count("Learner-north, First") == 6
    )
    assert "Nobody is found" in clerk.get("/attendance/counter/?q=learner-south").content.decode()


def test_a_letter_sets_the_day_and_leads_back_to_the_queue(district, enter):
    clerk = enter("staff", "north-clerk")
    path = day(district, act="mark/") + "?from=counter"
    response = clerk.post(path, {"act": "mark", "code": "h", "of": "day", "comment": "fever"})
    assert response["Location"] == "/attendance/counter/"
    assert DayAttendance.objects.get().office_code == "H"
    page = clerk.get(day(district)).content.decode()
    assert "Whole day, by the office: Ill or medical" in page
    assert "“fever”" in page


def test_one_class_is_set_and_cleared_and_the_teacher_s_word_is_kept(district, enter):
    take_roll(district, "north-x1", {"north-1": "A"})
    clerk = enter("staff", "north-clerk")
    meeting = f"{district.id('section', 'north-x1')}/{district.id('period', 'north-p1')}"
    clerk.post(day(district, act="mark/"), {"act": "mark", "code": "E", "of": meeting})
    assert words(district) == [("A", "E", "")]
    text = clerk.get(day(district)).content.decode()
    assert "Absent, unverified (north-teacher" in text
    assert "Excused (north-clerk" in text
    assert "Earlier versions" in text
    clerk.post(day(district, act="mark/"), {"act": "mark", "code": "", "of": meeting})
    assert words(district) == [("A", "", "")]


def test_what_cannot_be_is_refused_beside_its_field(district, enter):
    clerk = enter("staff", "north-clerk")
    response = clerk.post(day(district, act="mark/"), {"act": "mark", "code": "ZZ", "of": "day"})
    assert response.status_code == 422
    assert "is no code on this day" in response.content.decode()
    AttendanceLock.objects.create(
        school_id=district.id("school", "north"),
        school_year=2027,
        begin=TODAY,
        through=TODAY,
        name="P-1",
    )
    assert "This day is closed" in clerk.get(day(district)).content.decode()
    assert (
        clerk.post(day(district, act="mark/"), {"act": "mark", "code": "H", "of": "day"}).status_code == 422
    )
    assert not DayAttendance.objects.exists()
    sent = {"act": "mark", "code": "H", "of": "day", "reason": "note found"}
    assert clerk.post(day(district, act="mark/"), sent).status_code == 302


@pytest.fixture
def clerk(district):
    return district.viewer("staff", "north-clerk")


def test_signing_in_sets_tardy_in_the_class_that_runs(district, clerk):
    student = district.id("student", "north-1")
    take_roll(district, "north-x1", {"north-1": "A"})
    assert api.sign_in(clerk, student, now=time(9, 20)) == ["Period 2: T"]
    assert words(district) == [("A", "", ""), ("", "T", "signed in 09:20")]


def test_a_call_from_home_becomes_the_word_for_the_classes_missed(district, clerk):
    student = district.id("student", "north-1")
    api.office_mark_day(clerk, student, TODAY, "H")
    assert api.sign_in(clerk, student, now=time(9, 20)) == ["Period 1: H", "Period 2: T"]
    assert not DayAttendance.objects.exists()


def test_signing_out_sets_left_early_and_what_is_missed(district, clerk):
    student = district.id("student", "north-1")
    assert api.sign_out(clerk, student, "E", now=time(8, 30)) == ["Period 1: L", "Period 2: E"]
    assert [word[1] for word in words(district)] == ["L", "E"]
    with pytest.raises(Refused):
        api.sign_out(clerk, student, "ZZ", now=time(8, 30))


def test_the_counter_s_buttons_do_it(district, enter):
    response = enter("staff", "north-clerk").post(
        day(district, act="mark/"), {"act": "sign_out", "after": "E"}
    )
    assert response.status_code == 302
    response = enter("staff", "north-clerk").post(day(district, act="mark/"), {"act": "sign_in"}, follow=True)
    assert "signed in" in response.content.decode()


@pytest.mark.parametrize(
    ("key", "refusal"), [("south-clerk", NotVisible), ("north-teacher", NotAllowed), ("chief", NotVisible)]
)
def test_only_the_school_s_office_signs_anybody_in(district, key, refusal):
    with pytest.raises(refusal):
        api.sign_in(district.viewer("staff", key), district.id("student", "north-1"))


def test_a_day_without_enrollment_and_one_without_school_say_so(district, enter):
    teacher = enter("staff", "north-teacher")
    student = district.id("student", "north-1")
    assert (
        "Not enrolled on this day"
        in teacher.get(f"/attendance/students/{student}/2026-08-03/").content.decode()
    )
    assert (
        "No school on this day" in teacher.get(f"/attendance/students/{student}/2026-11-22/").content.decode()
    )


def test_a_day_walks_back_to_its_rules(district, enter):
    for n in (1, 2):
        take_roll(district, f"north-x{n}", {"north-1": "A"})
    text = enter("staff", "north-teacher").get(day(district)).content.decode()
    assert "Any attendance makes the day (EC 46010.3)" in text
    assert "1 occasion: the full day without a valid excuse" in text
    assert "EC 48260" in text
    assert "not attended" in text
