"""Contacts, their rights, court orders, programmes and a student's own facts, as pages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from firstbell.people.models import (
    Caseload,
    Contact,
    CourtOrder,
    ProgramParticipation,
    Revision,
    Student,
    StudentContact,
    StudentDirectory,
)
from firstbell.people.testing import BEGIN, TODAY, SmallDistrict
from firstbell.platform.models import AuditEntry
from tests.people.web.test_registrar_pages import send, student_url

ADULT = {
    "first_name": "Marta",
    "last_name": "Delgado",
    "mobile": "555-0100",
    "relation": "Aunt",
    "order": "3",
    "may_pick_up": "on",
}


def test_a_contact_is_added_and_found_at_once(enter, district):
    client = enter("north-registrar")
    url = student_url(district, "north-0", "contacts/add/")
    assert send(client, url, ADULT)["Location"] == student_url(district, "north-0")
    link = StudentContact.objects.get(contact__last_name="Delgado")
    assert (link.relation, link.may_pick_up, link.has_rights, link.portal_access) == (
        "Aunt",
        True,
        False,
        False,
    )
    assert client.get("/people/find/", {"q": "marta delg"})["Location"] == (
        f"/people/contacts/{link.contact_id}/"
    )


def test_somebody_known_is_offered_before_a_second_entry(enter, district):
    client = enter("north-registrar")
    url = student_url(district, "north-0", "contacts/add/")
    twin = ADULT | {"first_name": "Parent", "last_name": "Of-north-1"}
    page = send(client, url, twin)
    assert page.status_code == 422
    link = student_url(district, "north-0", f"contacts/{district.id('contact', 'c-north-1')}/link/")
    assert link in page.content.decode()
    send(client, link, {"relation": "Father", "order": "2", "has_rights": "on"})
    assert StudentContact.objects.filter(student=district.id("student", "north-0")).count() == 2
    assert send(client, url, twin | {"anyway": "1"}).status_code == 302
    assert Contact.objects.filter(first_name="Parent", last_name="Of-north-1").count() == 2


def test_rights_change_with_a_reason_and_work_at_once(enter, district: SmallDistrict):
    contact = district.id("contact", "c-north-0")
    parent = enter("c-north-0", "contact")
    assert parent.get(student_url(district, "north-0")).status_code == 200
    registrar = enter("north-registrar")
    url = student_url(district, "north-0", f"contacts/{contact}/rights/")
    values = {"relation": "Mother", "order": "1"}
    assert send(registrar, url, values).context["form"].errors["reason"]
    send(registrar, url, values | {"reason": "court paper of Nov 20"})
    assert enter("c-north-0", "contact").get(student_url(district, "north-0")).status_code == 404
    kept = Revision.objects.get(kind="student_contact")
    assert kept.before["has_rights"] is True
    assert kept.reason == "court paper of Nov 20"


def test_a_court_order_bars_from_the_next_click_on_and_ends_by_another_paper(enter, district):
    client = enter("north-registrar")
    url = student_url(district, "north-0", "orders/add/")
    order = {
        "contact": str(district.id("contact", "c-north-0")),
        "bars_access": "on",
        "reference": "",
        "begin": TODAY.isoformat(),
    }
    assert send(client, url, order).context["form"].errors["reference"]
    send(client, url, order | {"reference": "Superior Court 26-1234"})
    assert enter("c-north-0", "contact").get(student_url(district, "north-0")).status_code == 404
    client = enter("north-registrar")
    page = client.get(student_url(district, "north-0")).content.decode()
    assert "Do not release" in page
    assert "26-1234" not in page, "masked until a reason is typed"
    row = CourtOrder.objects.get()
    end = student_url(district, "north-0", f"orders/{row.pk}/end/")
    assert client.get(end).status_code == 404, "whoever may not see the order does not know of it"
    opening = student_url(district, "north-0", "open/D12/court_orders/")
    client.post(opening, {"code": "custody", "reason": "The order was lifted"})
    assert "26-1234" in client.get(student_url(district, "north-0")).content.decode()
    send(client, end, {"last_day": (TODAY - timedelta(days=1)).isoformat(), "reason": "lifted"})
    assert enter("c-north-0", "contact").get(student_url(district, "north-0")).status_code == 200


def test_opening_a_masked_field_takes_a_reason_and_leaves_a_row(enter, district):
    client = enter("north-principal")
    url = student_url(district, "north-0", "open/D12/court_orders/")
    assert client.post(url, {"code": "custody", "reason": "x"}).status_code == 422
    assert client.post(url, {"code": "custody", "reason": "Father at the door"}).status_code == 302
    row = AuditEntry.objects.get(action="field.open")
    assert (row.object_id, row.fields) == (str(district.id("student", "north-0")), "court_orders")
    assert row.reason == "custody: Father at the door"
    assert client.get(url).status_code == 404, "it is open: there is nothing left to open"


def test_a_confidential_address_is_nowhere_in_the_page_nor_in_the_form_and_survives_it(enter, district):
    student = district.id("student", "north-0")
    StudentDirectory.objects.filter(student=student).update(
        address="412 Alder Court", city="Riverbend", confidential=True
    )
    client = enter("north-registrar")
    for part in ("", "edit/"):
        assert "Alder" not in client.get(student_url(district, "north-0", part)).content.decode()
    form = client.get(student_url(district, "north-0", "edit/")).context["form"]
    values = {field.name: field.value() for field in form if field.value() not in (None, "", False)}
    send(client, student_url(district, "north-0", "edit/"), values | {"phone": "555-0111"})
    kept = StudentDirectory.objects.get(student=student)
    assert (kept.address, kept.city, kept.phone) == ("412 Alder Court", "Riverbend", "555-0111")


def test_a_correction_of_a_name_keeps_the_old_one_and_finds_by_the_new(enter, district):
    client = enter("north-registrar")
    url = student_url(district, "north-0", "edit/")
    form = client.get(url).context["form"]
    values = {field.name: field.value() for field in form if field.value() not in (None, "", False)}
    send(client, url, values | {"last_name": "Okafor", "reason": "adoption"})
    assert Student.objects.get(pk=district.id("student", "north-0")).last_name == "Okafor"
    assert Revision.objects.get(kind="student").before == {"last_name": "Learner-north"}
    assert client.get("/people/find/", {"q": "okafor"}).status_code == 302


def test_a_family_corrects_how_it_is_reached_and_nothing_else(enter, district):
    client = enter("c-north-0", "contact")
    url = student_url(district, "north-0", "edit/")
    form = client.get(url).context["form"]
    assert {"first_name", "last_name", "birth_date", "state_id", "confidential"}.isdisjoint(form.fields)
    send(client, url, {"phone": "555-0177", "last_name": "Changed", "birth_date": "2000-01-01"})
    row = Student.objects.select_related("directory", "demographics").get(
        pk=district.id("student", "north-0")
    )
    assert row.directory.phone == "555-0177"
    assert row.last_name == "Learner-north"
    assert row.demographics.birth_date.year == 2012


@pytest.mark.parametrize("rest", ["contacts/add/", "orders/add/", "programs/add/", "edit/"])
def test_a_teacher_changes_none_of_it(enter, district, rest):
    assert enter("north-teacher").get(student_url(district, "north-0", rest)).status_code == 403


def test_a_case_manager_keeps_the_programs_of_the_caseload(enter, district):
    staff = district.id("staff", "north-counselor")
    from firstbell.people.models import StaffAssignment

    StaffAssignment.objects.filter(staff=staff).update(role="case_manager")
    Caseload.objects.create(staff_id=staff, student_id=district.id("student", "north-0"), begin=BEGIN)
    client = enter("north-counselor")
    url = student_url(district, "north-0", "programs/add/")
    offered = dict(client.get(url).context["form"].fields["kind"].choices)
    assert "meals" not in offered
    values = {"kind": "section_504", "begin": BEGIN.isoformat(), "detail": "extra time"}
    send(client, url, values)
    assert send(client, url, values).context["form"].errors["begin"], "not twice at one time"
    row = ProgramParticipation.objects.get()
    end = student_url(district, "north-0", f"programs/{row.pk}/end/")
    send(client, end, {"last_day": TODAY.isoformat(), "reason": "plan ended"})
    assert ProgramParticipation.objects.get().end == TODAY
