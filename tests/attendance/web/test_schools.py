"""Schools' figures: today, trend, who to watch, periods down to students; the same from page and file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from firstbell.attendance.models import AttendanceLock
from firstbell.attendance.testing import absent_on, take_roll
from firstbell.people.models import CalendarDate
from firstbell.people.testing import BEGIN, TODAY
from firstbell.platform.models import AuditEntry

pytestmark = pytest.mark.django_db


def school(district, rest="", key="north"):
    return f"/attendance/schools/{district.id('school', key)}/{rest}"


def days(count):
    found, day = [], TODAY
    while len(found) < count:
        if day.weekday() < 5:
            found.append(day)
        day -= timedelta(days=1)
    return found


def test_the_district_sees_every_school_and_a_school_its_own(district, enter):
    chief = enter("staff", "chief").get("/attendance/schools/").content.decode()
    assert "North School" in chief
    assert "South School" in chief
    principal = enter("staff", "north-principal").get("/attendance/schools/").content.decode()
    assert "South School" not in principal


def test_the_trend_has_a_table_beside_the_drawing(district, enter):
    absent_on(district, ["north-1", "north-2", "north-3"], [TODAY])
    text = enter("staff", "north-principal").get(school(district)).content.decode()
    assert "Attendance by week" in text
    assert "Show as a table" in text
    # six students, two of the week's days so far, three of them absent on one: 9 of 12 pupil-days
    assert "the latest week stands at 75.0" in text


def test_the_watch_list_is_the_same_on_the_page_and_in_the_file(district, enter):
    absent_on(district, ["north-1"], days(8))  # 8 of 72 expected days: 11.1 percent
    principal = enter("staff", "north-principal")
    page = principal.get(school(district, "watch/"))
    assert [(row.record.name, row.record.band) for row in page.context["rows"].rows] == [
        ("Learner-north, First1", "chronic")
    ]
    assert "11.1" in page.content.decode()
    file = principal.get(school(district, "watch/?format=csv"))
    assert "Learner-north, First1" in file.content.decode()
    assert AuditEntry.objects.filter(action="record.export").exists()
    assert (
        "Nobody is in these bands" in principal.get(school(district, "watch/?band=severe")).content.decode()
    )


def test_a_reader_of_counts_sees_no_student(district, enter):
    absent_on(district, ["north-1"], days(8))
    chief = enter("staff", "chief")
    for rest in ("watch/", "watch/?format=csv", "periods/month-1/students/"):
        assert "Learner" not in chief.get(school(district, rest)).content.decode()


def test_a_period_is_walked_down_and_closed(district, enter):
    rows = list(CalendarDate.objects.all())
    for row in rows:
        row.school_month = (row.day - BEGIN).days // 28 + 1
    CalendarDate.objects.bulk_update(rows, ["school_month"])
    clerk = enter("staff", "north-clerk")
    assert "month 1" in clerk.get(school(district, "periods/")).content.decode()
    live = clerk.get(school(district, "periods/month-1/"))
    assert "6.00" in live.content.decode()
    students = clerk.get(school(district, "periods/month-1/students/")).content.decode()
    assert students.count("Learner-north") == 6
    refused = clerk.post(school(district, "periods/month-1/close/"), {"reason": ""})
    assert refused.status_code == 422
    assert not AttendanceLock.objects.exists()
    closed = clerk.post(school(district, "periods/month-1/close/"), {"reason": "first year here"})
    text = clerk.get(closed["Location"]).content.decode()
    assert "version 1" in text
    assert "first year here" in text
    again = clerk.post(closed["Location"] + "amend/", {"reason": "check"}, follow=True)
    assert "there is no new version" in again.content.decode()


@pytest.mark.parametrize("period", ["P-3", "month-99", "month-x", "year"])
def test_a_period_that_is_none_is_no_page(district, enter, period):
    assert enter("staff", "north-clerk").get(school(district, f"periods/{period}/")).status_code == 404


def test_a_period_that_runs_offers_no_closing(district, enter):
    take_roll(district, "north-x1")
    text = enter("staff", "north-clerk").get(school(district, "periods/annual/")).content.decode()
    assert "Close this period" not in text
