"""Known absences: a family reports, the office decides, teachers' rolls show it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from firstbell.attendance import api
from firstbell.attendance.models import DayAttendance, KnownAbsenceRow, SectionAttendance
from firstbell.attendance.testing import take_roll
from firstbell.people.testing import TODAY

pytestmark = pytest.mark.django_db
MONDAY = TODAY + timedelta(days=6)


def report(district, enter, **more):
    path = f"/attendance/students/{district.id('student', 'north-1')}/report/"
    return enter("contact", "c-north-1").post(path, {"begin": str(MONDAY), "comment": "dentist"} | more)


def test_a_report_waits_and_the_family_sees_what_becomes_of_it(district, enter):
    assert report(district, enter).status_code == 302
    clerk = enter("staff", "north-clerk")
    page = clerk.get("/attendance/absences/").content.decode()
    assert "Learner-north, First1" in page
    assert "“dentist”" in page
    row = KnownAbsenceRow.objects.get()
    clerk.post(f"/attendance/absences/{row.pk}/decide/", {"act": "accept", "code": "H"})
    assert DayAttendance.objects.get().office_code == "H"
    family = enter("contact", "c-north-1")
    shown = family.get(f"/attendance/students/{district.id('student', 'north-1')}/report/").content.decode()
    assert "accepted" in shown


def test_a_declined_report_tells_why_and_writes_nothing(district, enter):
    report(district, enter)
    row = KnownAbsenceRow.objects.get()
    clerk = enter("staff", "north-clerk")
    clerk.post(f"/attendance/absences/{row.pk}/decide/", {"act": "decline", "reason": ""})
    row.refresh_from_db()
    assert row.state == "reported"
    clerk.post(f"/attendance/absences/{row.pk}/decide/", {"act": "decline", "reason": "no school then"})
    row.refresh_from_db()
    assert row.state == "declined"
    assert not DayAttendance.objects.exists()


def test_a_day_gone_by_is_explained_with_a_reason(district, enter):
    take_roll(district, "north-x1", {"north-1": "A"})
    key = api.excuse_choices(TODAY)[0][0]
    refused = report(district, enter, begin=str(TODAY - timedelta(days=1)), reason=key)
    assert refused.status_code == 422
    assert "no absence is on record" in refused.content.decode().lower()


def test_the_office_enters_days_or_chosen_periods_and_takes_them_back(district, enter):
    clerk = enter("staff", "north-clerk")
    path = f"/attendance/students/{district.id('student', 'north-1')}/absence/"
    slot = district.id("period", "north-p2")
    sent = {"begin": str(TODAY), "end": "", "code": "H", "periods": [str(slot)], "comment": "dentist"}
    assert clerk.post(path, sent).status_code == 302
    assert SectionAttendance.objects.get().office_code == "H"
    row = KnownAbsenceRow.objects.get()
    assert "Period 2" in clerk.get("/attendance/absences/").content.decode()
    back = f"/attendance/absences/{row.pk}/withdraw/"
    assert clerk.post(back, {"reason": ""}).status_code == 422
    assert clerk.post(back, {"reason": "came after all"}).status_code == 302
    assert not SectionAttendance.objects.exclude(office_code="").exists()


def test_a_span_without_school_is_refused_beside_its_field(district, enter):
    clerk = enter("staff", "north-clerk")
    path = f"/attendance/students/{district.id('student', 'north-1')}/absence/"
    response = clerk.post(path, {"begin": "2026-11-21", "end": "2026-11-22", "code": "H"})
    assert response.status_code == 422
    assert "no school day lies in this span" in response.content.decode().lower()
    assert not KnownAbsenceRow.objects.exists()
