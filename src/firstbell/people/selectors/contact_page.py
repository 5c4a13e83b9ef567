"""A contact's page: how to reach them, and whose contact they are, through the students one may see."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from firstbell.people.data.opening import FAMILY
from firstbell.people.data.views import ContactOf, ContactPage, Fact
from firstbell.people.models import Contact, CourtOrder, StudentContact
from firstbell.people.selectors.scope import students_in_scope
from firstbell.people.selectors.viewer import running
from firstbell.platform.access import DataClass, NotVisible, Viewer

FIELDS = ("contact_phone", "contact_email", "contact_language", "contact_address")


def contact_page(viewer: Viewer, contact_id: int) -> ContactPage:
    """A contact, as far as the viewer sees contacts of at least one of their students. Raises NotVisible.

    A constant number of queries. Whom an order bars is shown, marked, only to those who see the flag.
    """
    links = StudentContact.objects.filter(contact=contact_id)
    named = students_in_scope(viewer, DataClass.CONTACT, field="contact_name")
    flagged = students_in_scope(viewer, DataClass.CUSTODY)
    barring = CourtOrder.objects.filter(
        running(viewer.today), bars_access=True, contact=contact_id, student=OuterRef("student")
    )
    reached = list(
        links.filter(student__in=named)
        .select_related("student")
        .annotate(
            kept_from=Exists(barring),
            sees_bar=Exists(flagged.filter(pk=OuterRef("student"))),
            shows_rights=Exists(
                students_in_scope(viewer, DataClass.CONTACT, field="contact_rights").filter(
                    pk=OuterRef("student")
                )
            ),
            writes=Exists(
                students_in_scope(viewer, DataClass.CONTACT, write=True, field="contact_rights").filter(
                    pk=OuterRef("student")
                )
            ),
            named=Exists(
                students_in_scope(viewer, DataClass.DIRECTORY, field="name").filter(pk=OuterRef("student"))
            ),
        )
        .order_by("student__last_name", "student__first_name", "student")
    )
    family = is_family(viewer)
    rows = [row for row in reached if not row.kept_from or (row.sees_bar and not family)]
    person = Contact.objects.filter(pk=contact_id).first()
    if person is None or not rows:
        raise NotVisible
    return ContactPage(
        id=person.pk,
        name=person.spoken_name,
        facts=_facts(viewer, person, links, private=family and person.account_id != viewer.account_id),
        students=tuple(_of(viewer, row) for row in rows),
        may_write=any(row.writes for row in rows),
    )


def is_family(viewer: Viewer) -> bool:
    """Whether every role of the viewer that sees contacts does so as oneself or as a guardian."""
    scopes = {scope for _, cell in viewer.cells(DataClass.CONTACT) for scope in cell.scopes}
    return not viewer.purpose and scopes <= FAMILY


def _facts(
    viewer: Viewer, person: Contact, links: QuerySet[StudentContact], *, private: bool
) -> tuple[Fact, ...]:
    hidden = person.confidential and private
    parts = (person.address, person.city, f"{person.state} {person.postal_code}".strip())
    address = ", ".join(part for part in parts if part)
    values = {
        "contact_phone": ("Phone", "" if hidden else ", ".join(filter(None, (person.mobile, person.phone)))),
        "contact_email": ("E-mail", "" if hidden else person.email),
        "contact_language": ("Language", person.language),
        "contact_address": ("Address", "confidential" if person.confidential else address),
    }
    shown = {
        name
        for name in FIELDS
        if links.filter(student__in=students_in_scope(viewer, DataClass.CONTACT, field=name)).exists()
    }
    return tuple(
        Fact(name, label, value, DataClass.CONTACT)
        for name, (label, value) in values.items()
        if name in shown
    )


def _of(viewer: Viewer, row: Any) -> ContactOf:
    full = bool(row.shows_rights)
    barred = bool(row.kept_from)
    return ContactOf(
        student_id=row.student_id,
        student=row.student.display_name if row.named else f"Student {row.student_id}",
        relation=row.relation,
        begin=row.begin if full else None,
        end=row.end if full else None,
        ended=row.end is not None and row.end < viewer.today,
        primary=row.primary and full,
        lives_with=row.lives_with if full else None,
        emergency=row.emergency and full,
        may_pick_up=row.may_pick_up and full and not barred,
        has_rights=row.has_rights and full and not barred,
        portal_access=row.portal_access and full and not barred,
        barred=barred,
        rights_shown=full,
        may_write=bool(row.writes),
    )
