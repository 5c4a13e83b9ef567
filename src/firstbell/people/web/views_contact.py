"""Contacts of students: who they are, their rights, orders of a court."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from firstbell.people import api
from firstbell.people.data import ContactRights, StudentCard
from firstbell.people.web.acting import answer
from firstbell.people.web.forms_contact import (
    PLACE,
    ChangeRightsForm,
    CourtOrderForm,
    EditContactForm,
    EndForm,
    LinkForm,
    NewContactForm,
)
from firstbell.people.web.tables import ContactStudents, action
from firstbell.platform.access import DataClass, NotVisible
from firstbell.platform.ui import present
from firstbell.platform.web.pages import PageRequest, note_read, page


@page()
def contact(request: PageRequest, contact_id: int) -> HttpResponse:
    """How to reach somebody, and whose contact they are."""
    person = api.contact_page(request.viewer, contact_id)
    more: dict[str, Any] = {}
    if person.may_write:
        more["extra_columns"] = action(
            "Change",
            "Rights",
            lambda row: reverse("contact_rights", args=[row.student_id, contact_id]) if row.may_write else "",
        )
    students = ContactStudents(person.students, caption="Contact of", **more)
    return render(
        request, "people/contact.html", {"person": person, "students": present(request, students, size=0)}
    )


def _card(request: PageRequest, student_id: int, data_class: DataClass = DataClass.CONTACT) -> StudentCard:
    """The student, when the viewer may change records of that class."""
    card = api.student_card(request.viewer, student_id)
    if not card.openings.may_write(data_class):
        raise NotVisible
    return card


def _to_student(student_id: int) -> Any:
    return lambda _: reverse("student", args=[student_id])


@page(writes=DataClass.CONTACT)
def contact_add(request: PageRequest, student_id: int) -> HttpResponse:
    """Enter a new contact; whoever is known already by the same name is shown beside."""
    card = _card(request, student_id)
    form = NewContactForm(request.POST or None, initial={"order": 1})
    known = []
    if form.is_bound and form.is_valid():
        text = f"{form.cleaned_data['first_name']} {form.cleaned_data['last_name']}"
        known = [
            (hit, reverse("contact_link", args=[student_id, hit.id]))
            for hit in api.find_people(request.viewer, text)
            if hit.kind == "contact"
        ]
        if known and "anyway" not in request.POST:
            context = {**_context(card, "Add a contact", "Add"), "form": form, "known": known}
            return render(request, "people/contact_form.html", context, status=422)
    return answer(
        request,
        form,
        "people/contact_form.html",
        _context(card, "Add a contact", "Add"),
        write=lambda _: api.add_contact(request.viewer, student_id, form.draft(), form.rights()),
        to=_to_student(student_id),
        done="Added.",
    )


def _context(card: StudentCard, heading: str, verb: str) -> dict[str, Any]:
    return {"card": card, "heading": heading, "verb": verb, "back": reverse("student", args=[card.id])}


@page(writes=DataClass.CONTACT)
def contact_link(request: PageRequest, student_id: int, contact_id: int) -> HttpResponse:
    """Make somebody who is a contact of another student a contact of this one."""
    card = _card(request, student_id)
    person = api.contact_page(request.viewer, contact_id)
    if any(row.student_id == student_id for row in person.students):
        return redirect("contact_rights", student_id, contact_id)
    form = LinkForm(request.POST or None)
    return answer(
        request,
        form,
        "people/act.html",
        _context(card, f"Make {person.name} a contact", "Add"),
        write=lambda _: api.link_contact(request.viewer, student_id, contact_id, form.rights()),
        to=_to_student(student_id),
        done="Added.",
    )


@page(writes=DataClass.CONTACT)
def contact_rights(request: PageRequest, student_id: int, contact_id: int) -> HttpResponse:
    """Change what a contact is to the student and may do."""
    card = _card(request, student_id)
    now = api.contact_rights(request.viewer, student_id, contact_id)
    form = ChangeRightsForm(request.POST or None, initial=_initial(now))
    person = next((row for row in api.contacts_of(request.viewer, student_id) if row.id == contact_id), None)
    return answer(
        request,
        form,
        "people/act.html",
        _context(card, f"Rights of {person.name if person else 'the contact'}", "Change"),
        write=lambda asked: api.change_rights(
            request.viewer, student_id, contact_id, form.rights(), reason=asked["reason"]
        ),
        to=_to_student(student_id),
        done="Changed. It works from the contact's next click on.",
    )


def _initial(rights: ContactRights) -> dict[str, Any]:
    words = {None: "", True: "yes", False: "no"}
    return {**asdict(rights), "lives_with": words[rights.lives_with]}


@page(writes=DataClass.CONTACT)
def contact_edit(request: PageRequest, contact_id: int) -> HttpResponse:
    """Change a contact's name or how to reach them."""
    now = api.contact_draft(request.viewer, contact_id)
    form = EditContactForm(request.POST or None, hides_address=now.confidential, initial=asdict(now))
    keep = PLACE if now.confidential else ()
    person = api.contact_page(request.viewer, contact_id)

    def write(asked: dict[str, Any]) -> int:
        api.edit_contact(request.viewer, contact_id, form.draft(), reason=asked["reason"], keep=keep)
        return contact_id

    return answer(
        request,
        form,
        "people/contact_edit.html",
        {
            "person": person,
            "verb": "Save",
            "back": reverse("contact", args=[contact_id]),
            "confidential": now.confidential,
        },
        write=write,
        to=lambda _: reverse("contact", args=[contact_id]),
        done="Saved. What stood there before is kept.",
    )


@page(writes=DataClass.CUSTODY)
def order_add(request: PageRequest, student_id: int) -> HttpResponse:
    """Enter a court order; while it bars, the contact sees nothing from the next click on."""
    card = _card(request, student_id, DataClass.CUSTODY)
    contacts = api.contact_choices(request.viewer, student_id)
    form = CourtOrderForm(request.POST or None, contacts=contacts, initial={"begin": request.viewer.today})

    def write(asked: dict[str, Any]) -> int:
        return api.add_court_order(request.viewer, student_id, int(asked.pop("contact")), **asked)

    return answer(
        request,
        form,
        "people/act.html",
        _context(card, "Enter a court order", "Enter the order"),
        write=write,
        to=_to_student(student_id),
        done="Entered. It is in force from its first day.",
    )


@page(writes=DataClass.CUSTODY)
def order_end(request: PageRequest, student_id: int, order_id: int) -> HttpResponse:
    """End a court order."""
    card = _card(request, student_id, DataClass.CUSTODY)
    orders = api.student_page(request.viewer, student_id).orders or ()
    if not any(order.id == order_id for order in orders):
        raise NotVisible
    note_read(request, DataClass.CUSTODY, "student", student_id, fields=["court_orders"])
    form = EndForm(request.POST or None, initial={"last_day": request.viewer.today})
    return answer(
        request,
        form,
        "people/act.html",
        _context(card, "End the court order", "End the order"),
        write=lambda asked: api.end_court_order(request.viewer, order_id, **asked),
        to=_to_student(student_id),
        done="Ended. The order stays in the record.",
    )
