"""Contacts of a student: who they are, how to reach them, which rights they have, and orders of a court."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from firstbell.kernel.date_span import ONE_DAY
from firstbell.kernel.finding import Finding, Refused, error
from firstbell.people.data import ContactDraft, ContactRights
from firstbell.people.models import Contact, CourtOrder, Revision, StudentContact
from firstbell.people.models.source import sourced_id
from firstbell.people.selectors.contact_page import contact_page
from firstbell.people.selectors.opening import openings
from firstbell.people.services.acts import DISTRICT
from firstbell.people.services.holding import hold_for_act
from firstbell.people.services.name_words import index_people
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.writing import writing


def add_contact(viewer: Viewer, student_id: int, draft: ContactDraft, rights: ContactRights) -> int:
    """Enter a new contact of the student. Answers the contact's id.

    Raises Refused when the name or every way to reach them is missing, or the dates cannot be;
    NotVisible for someone else's student; NotAllowed where contacts are not the viewer's to change.
    """
    _require(viewer, student_id)
    with writing():
        findings = [*_gaps(draft), *_impossible(rights)]
        if findings:
            raise Refused(findings)
        person = Contact.objects.create(sourced_id=sourced_id("contact", uuid.uuid4().hex), **asdict(draft))
        index_people({"contact": [person.pk]})
        _link(student_id, person.pk, rights)
        _record(viewer, "contact.add", student_id, [*asdict(draft), *asdict(rights)])
    return person.pk


def link_contact(viewer: Viewer, student_id: int, contact_id: int, rights: ContactRights) -> int:
    """Make somebody who is a contact already (of a sibling) a contact of this student too.

    Answers the contact's id.

    Raises Refused when they are, NotVisible for a student or a contact that the viewer does not see.
    """
    _require(viewer, student_id)
    contact_page(viewer, contact_id)
    with writing():
        hold_for_act(student_id)
        findings = list(_impossible(rights))
        if StudentContact.objects.filter(student=student_id, contact=contact_id).exists():
            findings.append(
                error(
                    "contact.linked",
                    "this person is a contact of the student already",
                    "change the rights there",
                    column="contact",
                )
            )
        if findings:
            raise Refused(findings)
        _link(student_id, contact_id, rights)
        _record(viewer, "contact.link", student_id, asdict(rights))
    return contact_id


def change_rights(
    viewer: Viewer, student_id: int, contact_id: int, rights: ContactRights, *, reason: str
) -> int:
    """Change relation, rights and dates of a contact of the student; the old ones stay readable.

    Access changes with the contact's next request. Answers the contact's id. Raises Refused, NotVisible,
    NotAllowed.
    """
    _require(viewer, student_id)
    with writing():
        hold_for_act(student_id)
        link = StudentContact.objects.filter(student=student_id, contact=contact_id).first()
        if link is None:
            raise NotVisible
        findings = list(_impossible(rights))
        if not reason.strip():
            findings.append(
                error(
                    "act.reason",
                    "a change of rights needs a reason",
                    "say in a few words why",
                    column="reason",
                )
            )
        if findings:
            raise Refused(findings)
        changed = _assign(link, asdict(rights))
        if changed:
            _revise(viewer, "student_contact", link.pk, changed, reason)
            _record(viewer, "contact.rights", student_id, changed)
    return contact_id


def edit_contact(
    viewer: Viewer, contact_id: int, draft: ContactDraft, *, reason: str = "", keep: Collection[str] = ()
) -> list[str]:
    """Change a contact's name or ways to reach them, but for the columns in ``keep``.

    Answers the fields that changed. Raises Refused for a name that is missing, NotVisible and NotAllowed.
    """
    if not contact_page(viewer, contact_id).may_write:
        raise NotVisible
    findings = list(_gaps(draft))
    if findings:
        raise Refused(findings)
    with writing():
        person = Contact.objects.get(pk=contact_id)
        values = {name: value for name, value in asdict(draft).items() if name not in keep}
        changed = _assign(person, values)
        if changed:
            _revise(viewer, "contact", contact_id, changed, reason)
            index_people({"contact": [contact_id]})
            audit.record(
                viewer,
                "contact.edit",
                "contact",
                contact_id,
                data_classes=[DataClass.CONTACT],
                fields=sorted(changed),
            )
    return sorted(changed)


def add_court_order(
    viewer: Viewer,
    student_id: int,
    contact_id: int,
    *,
    begin: date,
    end: date | None = None,
    reference: str,
    note: str = "",
    bars_access: bool = True,
) -> int:
    """Enter a court order about the student and a contact. While it bars, the contact sees and gets nothing.

    Answers the order's id. Raises Refused without court and case number or with impossible dates,
    NotVisible for a student or contact that the viewer does not see, NotAllowed without the right.
    """
    _require(viewer, student_id, DataClass.CUSTODY)
    if not StudentContact.objects.filter(student=student_id, contact=contact_id).exists():
        raise NotVisible
    findings = list(_backwards(begin, end))
    if not reference.strip():
        findings.append(
            error(
                "order.reference",
                "court and case number are missing",
                "copy them from the order; the paper itself is looked at, not uploaded",
                column="reference",
            )
        )
    if findings:
        raise Refused(findings)
    with writing():
        order = CourtOrder.objects.create(
            student_id=student_id,
            contact_id=contact_id,
            bars_access=bars_access,
            begin=begin,
            end=end,
            reference=reference.strip(),
            note=note.strip(),
        )
        _record(viewer, "order.add", student_id, ["court_orders"], DataClass.CUSTODY)
    return order.pk


def end_court_order(viewer: Viewer, order_id: int, *, last_day: date, reason: str) -> int:
    """End a court order with ``last_day`` (inclusive). Answers the student's id.

    Raises Refused without a reason, or for a day before it began; NotVisible and NotAllowed.
    """
    order = CourtOrder.objects.filter(pk=order_id).first()
    if order is None:
        raise NotVisible
    _require(viewer, order.student_id, DataClass.CUSTODY)
    findings = list(_backwards(order.begin, last_day + ONE_DAY, column="last_day"))
    if not reason.strip():
        findings.append(
            error(
                "act.reason", "ending an order needs a reason", "name the paper that ends it", column="reason"
            )
        )
    if findings:
        raise Refused(findings)
    with writing():
        changed = _assign(order, {"end": last_day})
        _revise(viewer, "court_order", order_id, changed, reason)
        _record(viewer, "order.end", order.student_id, ["court_orders"], DataClass.CUSTODY)
    return order.student_id


def _require(viewer: Viewer, student_id: int, data_class: DataClass = DataClass.CONTACT) -> None:
    if not openings(viewer, student_id).may_write(data_class):
        raise NotAllowed(f"changing {data_class.name.lower()} records")


def _link(student_id: int, contact_id: int, rights: ContactRights) -> None:
    StudentContact.objects.create(
        student_id=student_id, contact_id=contact_id, source=DISTRICT, **asdict(rights)
    )


def _gaps(draft: ContactDraft) -> list[Finding]:
    found = []
    for column, value in (("first_name", draft.first_name), ("last_name", draft.last_name)):
        if not value.strip():
            found.append(
                error("contact.name", "the name is not complete", "enter first and last name", column=column)
            )
    return found


def _impossible(rights: ContactRights) -> list[Finding]:
    found = []
    if not rights.relation.strip():
        found.append(
            error(
                "contact.relation",
                "the relation is missing",
                "say who they are to the student",
                column="relation",
            )
        )
    if rights.begin is not None:
        found += _backwards(rights.begin, rights.end)
    return found


def _backwards(begin: date, end: date | None, column: str = "end") -> list[Finding]:
    if end is None or end >= begin:
        return []
    return [
        error(
            "dates.backwards",
            f"the last day lies before the first, {begin}",
            "correct one of the two dates",
            column=column,
        )
    ]


def _assign(row: Any, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    changed = {}
    for column, value in values.items():
        old = getattr(row, column)
        if old != value:
            changed[column] = (old, value)
            setattr(row, column, value)
    if changed:
        stamped = ["changed_at"] if isinstance(row, Contact) else []
        row.save(update_fields=[*changed, *stamped])
    return changed


def _revise(
    viewer: Viewer, kind: str, object_id: int, changed: dict[str, tuple[Any, Any]], reason: str
) -> None:
    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    Revision.objects.create(
        kind=kind,
        object_id=object_id,
        account_id=viewer.account_id,
        source=DISTRICT,
        reason=reason.strip(),
        before={key: plain(old) for key, (old, _) in changed.items()},
        after={key: plain(new) for key, (_, new) in changed.items()},
    )


def _record(
    viewer: Viewer,
    action: str,
    student_id: int,
    fields: Any,
    data_class: DataClass = DataClass.CONTACT,
) -> None:
    audit.record(viewer, action, "student", student_id, data_classes=[data_class], fields=sorted(fields))
