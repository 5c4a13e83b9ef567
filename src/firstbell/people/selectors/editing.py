"""What stands now, for a form that is to change it."""

from __future__ import annotations

from typing import Any

from firstbell.people.data import ContactDraft, ContactRights, Demographics, Directory, PersonName
from firstbell.people.data.opening import Openings
from firstbell.people.models import Contact, Student, StudentContact
from firstbell.people.selectors.contact_page import contact_page
from firstbell.people.selectors.opening import openings
from firstbell.platform.access import DataClass, NotVisible, Viewer


def contact_draft(viewer: Viewer, contact_id: int) -> ContactDraft:
    """A contact as it stands; a confidential address is left out. Raises NotVisible."""
    if not contact_page(viewer, contact_id).may_write:
        raise NotVisible
    person = Contact.objects.get(pk=contact_id)
    hidden = {"address", "city", "state", "postal_code"} if person.confidential else set()
    values: dict[str, Any] = {
        name: "" if name in hidden else getattr(person, name) for name in ContactDraft.__slots__
    }
    return ContactDraft(**values)


def contact_rights(viewer: Viewer, student_id: int, contact_id: int) -> ContactRights:
    """What a contact is to the student and may do. Raises NotVisible."""
    if not openings(viewer, student_id).may_write(DataClass.CONTACT):
        raise NotVisible
    link = StudentContact.objects.filter(student=student_id, contact=contact_id).first()
    if link is None:
        raise NotVisible
    return ContactRights(**{name: getattr(link, name) for name in ContactRights.__slots__})


def contact_choices(viewer: Viewer, student_id: int) -> list[tuple[int, str]]:
    """Contacts of the student by id and name, for one who writes court orders.

    Raises NotVisible.
    """
    if not openings(viewer, student_id).may_write(DataClass.CUSTODY):
        raise NotVisible
    links = StudentContact.objects.filter(student=student_id).select_related("contact").order_by("order")
    return [(link.contact_id, f"{link.contact.spoken_name}, {link.relation}") for link in links]


def student_values(
    viewer: Viewer, student_id: int
) -> tuple[PersonName, Demographics, Directory, str, Openings]:
    """Name, description, home and state id as they stand, for one who may change some of it.

    An address that is masked to the viewer is left out. Raises NotVisible, also where nothing
    is the viewer's to change.
    """
    open_to = openings(viewer, student_id)
    contact = open_to[DataClass.CONTACT]
    if not (contact.writes_everything or contact.written_fields):
        raise NotVisible
    row = Student.objects.select_related("demographics", "directory").get(pk=student_id)
    name = PersonName(
        first=row.first_name,
        middle=row.middle_name,
        last=row.last_name,
        suffix=row.suffix,
        preferred_first=row.preferred_first_name,
        preferred_middle=row.preferred_middle_name,
        preferred_last=row.preferred_last_name,
    )
    described = {name: getattr(row.demographics, name) for name in Demographics.__slots__}
    home: dict[str, Any] = {name: getattr(row.directory, name) for name in Directory.__slots__}
    if home["confidential"] and not open_to.shows(DataClass.CUSTODY, "address"):
        home |= dict.fromkeys(("address", "city", "state", "postal_code"), "")
    return name, Demographics(**described), Directory(**home), row.state_id, open_to
