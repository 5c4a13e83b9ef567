"""People's pages in a real browser: axe, both lights, a desk and a phone; the find box by keyboard."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from firstbell.people.models import (
    Contact,
    ProgramParticipation,
    Student,
    StudentContact,
    StudentDirectory,
)
from firstbell.people.services.name_words import index_people
from firstbell.people.testing import TODAY, SmallDistrict
from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.disclosure import Release, record_disclosure
from tests.browser import assert_good_page, browser_page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lively(district: SmallDistrict) -> SmallDistrict:
    """The small district with a student of whom there is much to say."""
    student = district.id("student", "north-0")
    Student.objects.filter(pk=student).update(preferred_first_name="Rosalía", middle_name="Guadalupe")
    index_people({"student": [student]})
    StudentDirectory.objects.filter(student=student).update(
        address="412 Alder Court", city="Riverbend", state="CA", postal_code="95000", confidential=True
    )
    Contact.objects.filter(pk=district.id("contact", "c-north-0")).update(
        mobile="(555) 010-0199", email="parent@example.org", language="es"
    )
    for basis, refused in (("subpoena", ""), ("school_official", ""), ("study", "no agreement")):
        release = Release(
            party="County court",
            basis=basis,
            purpose="A custody case",
            channel="letter",
            data_classes=(DataClass.ENROLLMENT, DataClass.ATTENDANCE),
            refused_reason=refused,
        )
        record_disclosure(Viewer(None, "test", TODAY, purpose="test"), release, [student])
    father = district.id("contact", "c-north-1")
    StudentContact.objects.create(student_id=student, contact_id=father, relation="Father", order=2)
    district.bar("c-north-1", "north-0")
    for kind, ended in (("english_learner", None), ("section_504", TODAY - timedelta(days=30))):
        ProgramParticipation.objects.create(
            student_id=student, kind=kind, begin=TODAY - timedelta(days=400), end=ended
        )
    return district


def sign_in(page: Any, client: Any, live_server: Any) -> None:
    """Give the browser the session of the test client."""
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


ADDRESSES = {
    "find": "/people/find/?q=north",
    "find-nobody": "/people/find/?q=zzz",
    "student": "/people/students/{north-0}/",
    "enrollments": "/people/students/{north-0}/enrollments/?of=2026-10-01",
    "schedule": "/people/students/{north-0}/schedule/",
    "history": "/people/students/{north-0}/history/",
    "disclosures": "/people/students/{north-0}/disclosures/",
    "disclosures-none": "/people/students/{north-1}/disclosures/",
    "disclosure-add": "/people/students/{north-0}/disclosures/add/",
    "open-field": "/people/students/{north-0}/open/D12/court_orders/",
    "contact": "/people/contacts/{c-north-0}/",
    "contact-edit": "/people/contacts/{c-north-0}/edit/",
    "contact-add": "/people/students/{north-0}/contacts/add/",
    "contact-rights": "/people/students/{north-0}/contacts/{c-north-0}/rights/",
    "order-add": "/people/students/{north-0}/orders/add/",
    "student-edit": "/people/students/{north-0}/edit/",
    "enroll": "/people/enroll/",
    "place": "/people/students/{north-0}/enroll/",
    "section-choose": "/people/students/{north-0}/sections/",
    "section-add": "/people/students/{north-0}/sections/{north-x1}/add/",
    "staff": "/people/staff/{north-teacher}/",
    "schools": "/people/schools/",
    "school": "/people/schools/{north}/?day=2026-11-24",
    "school-day": "/people/schools/{north}/days/2026-11-24/",
    "sections": "/people/schools/{north}/sections/",
    "section": "/people/sections/{north-x1}/",
}
#: forms sent, and what stands there then
SENT = {
    "enroll-refused": ("/people/enroll/", {"Legal first name": "Ana"}, "Enroll"),
    "disclosure-refused": (
        "/people/students/{north-0}/disclosures/add/",
        {"To whom": "County court"},
        "Enter the disclosure",
    ),
    "withdraw-shown": (
        "/people/students/{north-0}/withdraw/",
        {"Note": "moved away"},
        "See what changes",
    ),
}


def address(district: SmallDistrict, pattern: str) -> str:
    for (kind, key), number in district.ids.items():
        if kind in ("student", "contact", "staff", "section", "school"):
            pattern = pattern.replace("{" + key + "}", str(number))
    return pattern


@pytest.mark.parametrize("name", ADDRESSES)
def test_pages_are_accessible_in_every_light(name, enter, lively, live_server, monkeypatch):
    client = enter("north-registrar")
    with browser_page(monkeypatch) as page:
        sign_in(page, client, live_server)
        page.goto(live_server.url + address(lively, ADDRESSES[name]))
        assert_good_page(page, f"people-{name}")


@pytest.mark.parametrize("name", SENT)
def test_what_a_form_answers_is_accessible(name, enter, lively, live_server, monkeypatch):
    pattern, typed, button = SENT[name]
    client = enter("north-registrar")
    with browser_page(monkeypatch) as page:
        sign_in(page, client, live_server)
        page.goto(live_server.url + address(lively, pattern))
        for label, text in typed.items():
            page.get_by_label(label).fill(text)
        if name == "withdraw-shown":
            page.get_by_label("Why").select_option("T160")
        page.get_by_role("button", name=button, exact=True).click()
        page.wait_for_load_state()
        page.complaints.clear()  # the answer's own status, 422, is written to the console
        assert_good_page(page, f"people-{name}")


def test_a_familys_pages_are_accessible(enter, lively, live_server, monkeypatch):
    other = lively.id("student", "north-1")
    contact = lively.id("contact", "c-north-0")
    StudentContact.objects.create(student_id=other, contact_id=contact, relation="Mother")
    client = enter("c-north-0", "contact")
    with browser_page(monkeypatch) as page:
        sign_in(page, client, live_server)
        for name, pattern in (
            ("family", "/people/mine/"),
            ("family-student", ADDRESSES["student"]),
            ("family-edit", ADDRESSES["student-edit"]),
        ):
            page.goto(live_server.url + address(lively, pattern))
            assert_good_page(page, f"people-{name}")


def test_a_registrar_finds_a_student_by_keyboard_alone(enter, lively, live_server, monkeypatch):
    client = enter("north-registrar")
    with browser_page(monkeypatch) as page:
        sign_in(page, client, live_server)
        page.goto(live_server.url)
        page.keyboard.press("/")
        page.keyboard.type("rosal")
        page.keyboard.press("Enter")
        page.wait_for_url("**/people/students/*/")
        assert page.get_by_role("heading", level=1).inner_text() == "Learner-north, Rosalía"


def test_the_find_box_is_a_combobox_whose_list_the_arrows_walk(enter, lively, live_server, monkeypatch):
    client = enter("north-registrar")
    with browser_page(monkeypatch) as page:
        sign_in(page, client, live_server)
        page.goto(live_server.url)
        box = page.get_by_role("combobox", name="Find a person")
        box.press_sequentially("learner")
        page.get_by_role("option").nth(5).wait_for()
        assert box.get_attribute("aria-expanded") == "true"
        assert page.locator("#find-status").inner_text() == "6 found"
        box.press("ArrowDown")
        box.press("ArrowDown")
        second = page.get_by_role("option").nth(1)
        assert box.get_attribute("aria-activedescendant") == second.get_attribute("id")
        assert_good_page(page, "find-suggestions")
        page.keyboard.press("Escape")
        assert box.get_attribute("aria-expanded") == "false"
        box.press("ArrowUp")
        wanted = page.locator("[role=option][aria-selected=true]").get_attribute("href")
        box.press("Enter")
        page.wait_for_url(f"**{wanted}")


def test_the_box_finds_without_a_script(enter, lively, live_server, monkeypatch):
    client = enter("north-registrar")
    with browser_page(monkeypatch, java_script_enabled=False) as page:
        sign_in(page, client, live_server)
        page.goto(live_server.url)
        page.get_by_role("searchbox", name="Find a person").fill("learner")
        page.keyboard.press("Enter")
        page.wait_for_url("**/people/find/?q=learner")
        assert page.get_by_role("link", name="Learner-north, First1").is_visible()
