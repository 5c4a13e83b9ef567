"""The registrar's acts as pages: shown before they are done, written once, refused beside the field."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from firstbell.people.models import (
    RosterAct,
    SchoolEnrollment,
    SectionEnrollment,
    StaffAssignment,
    Student,
    StudentDemographics,
)
from firstbell.people.testing import BEGIN, TODAY, SmallDistrict

NEWCOMER = {
    "first_name": "Rosa",
    "last_name": "Delgado",
    "birth_date": "2012-05-06",
    "grade": "09",
    "entry": TODAY.isoformat(),
    "entry_code": "NEW",
    "status": "primary",
    "program": "regular",
    "track": "A",
    "ada_eligible": "on",
}


def hidden(page: Any) -> dict[str, str]:
    """The form's own hidden fields, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page.content.decode())
    return {name: value for name, value in found if name in ("form_id", "seen")}


def send(client: Any, url: str, values: dict[str, Any], page: Any = None) -> Any:
    """Send a form as it stands on ``page`` (fetched when not given)."""
    return client.post(url, values | hidden(page or client.get(url)))


def do(client: Any, url: str, values: dict[str, Any]) -> tuple[Any, Any]:
    """Send, look at what would change, confirm. Answers both pages."""
    shown = send(client, url, values)
    return shown, send(client, url, values, shown)


def student_url(district: SmallDistrict, key: str, rest: str = "") -> str:
    return f"/people/students/{district.id('student', key)}/{rest}"


def newcomer(district: SmallDistrict, **changes: str) -> dict[str, str]:
    return NEWCOMER | {"school": str(district.id("school", "north"))} | changes


def placement(district: SmallDistrict) -> dict[str, str]:
    who = ("first_name", "last_name", "birth_date")
    return {name: value for name, value in newcomer(district).items() if name not in who}


# enroll


def test_a_new_student_is_enrolled_and_the_page_of_the_student_follows(enter, district):
    answer = send(enter("north-registrar"), "/people/enroll/", newcomer(district))
    student = Student.objects.get(last_name="Delgado")
    assert answer["Location"] == f"/people/students/{student.pk}/"
    assert student.local_id == "1012"


def test_the_same_form_sent_twice_enrolls_once(enter, district):
    client = enter("north-registrar")
    page = client.get("/people/enroll/")
    first = send(client, "/people/enroll/", newcomer(district), page)
    again = send(client, "/people/enroll/", newcomer(district), page)
    assert first["Location"] == again["Location"]
    assert Student.objects.filter(last_name="Delgado").count() == 1


def test_a_student_of_another_school_is_shown_before_anything_is_saved_and_received(enter, district):
    """The receiving registrar learns of a student elsewhere only by typing who it is."""
    south = district.id("student", "south-2")
    Student.objects.filter(pk=south).update(first_name="Rosa María", last_name="Delgado-Ruiz")
    StudentDemographics.objects.filter(student=south).update(birth_date=date(2012, 5, 6))
    client = enter("north-registrar")
    assert client.get(f"/people/students/{south}/").status_code == 404
    page = send(client, "/people/enroll/", newcomer(district))
    assert page.status_code == 422
    text = page.content.decode()
    assert "Delgado-Ruiz, Rosa María" in text
    assert "South School" in text
    assert 'value="Rosa"' in text, "what was typed is kept"
    link = re.search(r'href="(/people/enroll/known/[^"]+)"', text)
    assert link
    place = {
        k: v for k, v in newcomer(district).items() if k not in ("first_name", "last_name", "birth_date")
    }
    shown, done = do(client, link[1], place | {"entry_code": "IN-DIST", "exit_code": "T-DIST"})
    assert "South School, Grade 4, Aug 17, 2026 to Nov 23, 2026" in shown.content.decode()
    assert done.status_code == 302
    stays = SchoolEnrollment.objects.filter(student=south, superseded_at=None).order_by("entry")
    assert [(s.school.name, s.exit) for s in stays] == [
        ("South School", TODAY - timedelta(days=1)),
        ("North School", None),
    ]


def test_the_way_to_a_known_student_is_nobody_elses(enter, district):
    south = district.id("student", "south-2")
    StudentDemographics.objects.filter(student=south).update(birth_date=date(2012, 5, 6))
    Student.objects.filter(pk=south).update(first_name="Rosa", last_name="Delgado")
    text = send(enter("north-registrar"), "/people/enroll/", newcomer(district)).content.decode()
    link = re.search(r'href="(/people/enroll/known/[^"]+)"', text)
    assert link
    assert enter("south-registrar").get(link[1]).status_code == 404
    assert enter("north-registrar").get("/people/enroll/known/made-up/").status_code == 404


def test_a_twin_in_name_is_enrolled_once_somebody_looked(enter, district):
    client = enter("north-registrar")
    assert send(client, "/people/enroll/", newcomer(district)).status_code == 302
    assert send(client, "/people/enroll/", newcomer(district)).status_code == 422
    assert send(client, "/people/enroll/", newcomer(district, is_another="on")).status_code == 302
    assert Student.objects.filter(last_name="Delgado").count() == 2


def test_no_tick_enters_a_number_twice(enter, district):
    page = send(
        enter("north-registrar"),
        "/people/enroll/",
        newcomer(district, state_id="9000000000", is_another="on"),
    )
    assert page.status_code == 422
    assert not Student.objects.filter(last_name="Delgado").exists()


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"grade": "04"}, "04 is not one of the available choices"),
        ({"birth_date": "2012-13-40"}, "Enter a valid date"),
        ({"last_name": ""}, "This field is required"),
        ({"entry_code": "T160"}, "T160 is not one of the available choices"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field_and_nothing_is_saved(enter, district, change, where):
    page = send(enter("north-registrar"), "/people/enroll/", newcomer(district, **change))
    assert page.status_code == 422
    assert where in page.content.decode()
    assert 'value="Rosa"' in page.content.decode()
    assert not Student.objects.filter(first_name="Rosa").exists()


def test_a_school_of_others_cannot_be_chosen(enter, district):
    page = send(
        enter("north-registrar"),
        "/people/enroll/",
        newcomer(district, school=str(district.id("school", "south"))),
    )
    assert page.status_code == 422
    assert "not one of the available choices" in page.content.decode()


# withdraw, enroll again, transfer, undo


def test_withdrawing_is_shown_first_then_done_then_undone(enter, district):
    client = enter("north-registrar")
    url = student_url(district, "north-0", "withdraw/")
    values = {"last_day": TODAY.isoformat(), "exit_code": "T160", "reason": "moved to Reno"}
    shown = send(client, url, values)
    text = shown.content.decode()
    assert "North School, Grade 9, Aug 17, 2026 to Nov 24, 2026" in text
    assert text.count("Mathematics") == 2, "the sections end too"
    assert SchoolEnrollment.objects.filter(superseded_at__isnull=False).count() == 0
    assert RosterAct.objects.filter(verb="withdraw").count() == 0
    done = send(client, url, values, shown)
    assert done["Location"] == student_url(district, "north-0", "enrollments/")
    history = client.get(student_url(district, "north-0", "history/")).content.decode()
    assert "moved to Reno" in history
    undo = re.search(r'href="([^"]+/undo/\d+/)"', history)
    assert undo
    do(client, undo[1], {})
    stay = SchoolEnrollment.objects.get(student=district.id("student", "north-0"), superseded_at=None)
    assert stay.exit is None


def test_what_is_confirmed_is_what_was_shown(enter, district):
    client = enter("north-registrar")
    url = student_url(district, "north-0", "withdraw/")
    values = {"last_day": TODAY.isoformat(), "exit_code": "T160"}
    shown = send(client, url, values)
    other = send(client, url, values | {"last_day": (TODAY - timedelta(days=7)).isoformat()}, shown)
    assert other.status_code == 200
    assert "to Nov 17, 2026" in other.content.decode()
    assert not RosterAct.objects.filter(verb="withdraw").exists()


def test_a_last_day_before_the_first_is_refused_beside_the_date(enter, district):
    page = send(
        enter("north-registrar"),
        student_url(district, "north-0", "withdraw/"),
        {"last_day": "2026-08-01", "exit_code": "T160"},
    )
    assert page.status_code == 422
    assert page.context["form"].errors["last_day"]
    assert page.context["form"].data["last_day"] == "2026-08-01"


def test_a_leaver_is_enrolled_again(enter, district):
    client = enter("north-registrar")
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    do(
        client,
        student_url(district, "north-0", "withdraw/"),
        {"last_day": yesterday, "exit_code": "T160"},
    )
    assert "Enroll again" in client.get(student_url(district, "north-0", "enrollments/")).content.decode()
    place = {
        k: v for k, v in newcomer(district).items() if k not in ("first_name", "last_name", "birth_date")
    }
    do(client, student_url(district, "north-0", "enroll/"), place | {"entry_code": "RETURN"})
    stays = SchoolEnrollment.objects.filter(student=district.id("student", "north-0"), superseded_at=None)
    assert stays.count() == 2


def test_a_registrar_of_two_schools_transfers(enter, district):
    StaffAssignment.objects.create(
        staff_id=district.id("staff", "north-registrar"),
        school_id=district.id("school", "south"),
        role="registrar",
        begin=BEGIN,
    )
    place = newcomer(district, school=str(district.id("school", "south")), grade="04")
    shown, done = do(
        enter("north-registrar"),
        student_url(district, "north-0", "enroll/"),
        place | {"entry_code": "IN-DIST", "exit_code": "T-DIST"},
    )
    assert "South School, Grade 4, from Nov 24, 2026 on" in shown.content.decode()
    assert done.status_code == 302


# correct


def current(district: SmallDistrict, key: str) -> SchoolEnrollment:
    return SchoolEnrollment.objects.get(student=district.id("student", key), superseded_at=None)


def test_a_correction_closes_the_old_version_and_asks_why(enter, district):
    client = enter("north-registrar")
    row = current(district, "north-0")
    url = student_url(district, "north-0", f"enrollments/{row.pk}/correct/")
    page = client.get(url)
    values = {k: v for k, v in page.context["form"].initial.items() if v not in (None, "", False)}
    values |= {"entry": "2026-09-01", "ada_eligible": "on"}
    refused = send(client, url, values)
    assert refused.context["form"].errors["reason"]
    do(client, url, values | {"reason": "came late"})
    assert current(district, "north-0").entry == date(2026, 9, 1)
    versions = client.get(student_url(district, "north-0", "enrollments/")).content.decode()
    assert "came late" in versions
    assert "Every version" in versions


def test_a_version_that_somebody_replaced_meanwhile_is_not_corrected(enter, district):
    client = enter("north-registrar")
    row = current(district, "north-0")
    url = student_url(district, "north-0", f"enrollments/{row.pk}/correct/")
    values = {k: v for k, v in client.get(url).context["form"].initial.items() if v not in (None, "", False)}
    do(client, url, values | {"entry": "2026-09-01", "reason": "came late", "ada_eligible": "on"})
    late = send(client, url, values | {"entry": "2026-09-02", "reason": "came later", "ada_eligible": "on"})
    assert late.status_code == 422
    assert "somebody corrected this enrollment" in late.content.decode().lower()


# sections


def test_a_section_is_dropped_and_joined_again(enter, district):
    client = enter("north-registrar")
    section = district.id("section", "north-x1")
    drop = student_url(district, "north-0", f"sections/{section}/drop/")
    do(client, drop, {"last_day": (TODAY - timedelta(days=1)).isoformat()})
    chooser = client.get(student_url(district, "north-0", "sections/"))
    assert "Mathematics 1" in chooser.content.decode()
    assert "5 of 30" in chooser.content.decode()
    add = student_url(district, "north-0", f"sections/{section}/add/")
    do(client, add, {"begin": TODAY.isoformat(), "instead_of": str(district.id("section", "north-x2"))})
    rows = SectionEnrollment.objects.filter(student=district.id("student", "north-0"), superseded_at=None)
    lasting = [row.section_id for row in rows if row.end and row.end >= TODAY]
    assert lasting == [section]


def test_a_section_of_another_school_is_not_there(enter, district):
    other = district.id("section", "south-x1")
    client = enter("north-registrar")
    assert client.get(student_url(district, "north-0", f"sections/{other}/add/")).status_code == 404
    assert client.get(student_url(district, "north-0", f"sections/{other}/drop/")).status_code == 404


def test_a_counselor_changes_the_schedule_of_the_own_caseload_only(enter, district):
    from firstbell.people.models import Caseload

    Caseload.objects.create(
        staff_id=district.id("staff", "north-counselor"),
        student_id=district.id("student", "north-0"),
        begin=BEGIN,
    )
    client = enter("north-counselor")
    section = district.id("section", "north-x1")
    _, done = do(
        client, student_url(district, "north-0", f"sections/{section}/drop/"), {"last_day": "2026-11-23"}
    )
    assert done.status_code == 302
    assert client.get(student_url(district, "north-1", "sections/")).status_code == 404
    assert client.get("/people/enroll/").status_code == 403
