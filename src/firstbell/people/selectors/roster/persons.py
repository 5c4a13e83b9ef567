"""Students, contacts and staff as records."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import (
    ContactRecord,
    Demographics,
    Directory,
    PersonName,
    Roster,
    StaffRecord,
    StudentContactRecord,
    StudentRecord,
)
from firstbell.people.models import (
    Contact,
    CourtOrder,
    SectionStaff,
    Staff,
    StudentContact,
    StudentDemographics,
    StudentDirectory,
    StudentIdentifier,
)
from firstbell.people.selectors.roster.leave import Leave
from firstbell.people.selectors.viewer import begun_or_open, running

_DEMOGRAPHICS = tuple(Demographics.__dataclass_fields__)
_NAME = {
    "first": "first_name",
    "last": "last_name",
    "middle": "middle_name",
    "suffix": "suffix",
    "preferred_first": "preferred_first_name",
    "preferred_last": "preferred_last_name",
    "preferred_middle": "preferred_middle_name",
}
_REACH = tuple(name for name in Directory.__dataclass_fields__ if name != "confidential")


def fill(roster: Roster, leave: Leave) -> None:
    """People and who answers for whom."""
    _students(roster, leave)
    _contacts(roster, leave)
    _staff(roster, leave)


def _name(row: Any) -> PersonName:
    return PersonName(**{field: getattr(row, column) for field, column in _NAME.items()})


def _directory(row: Any) -> Directory:
    """How to reach a person; nothing of it where the address is confidential."""
    if row.confidential:
        return Directory(confidential=True)
    return Directory(**{name: getattr(row, name) for name in _REACH})


def _students(roster: Roster, leave: Leave) -> None:
    rows = list(leave.students)
    described = leave.described
    demographics = {
        row.pk: Demographics(**{name: getattr(row, name) for name in _DEMOGRAPHICS})
        for row in StudentDemographics.objects.all()
        if row.pk in described
    }
    directories = {row.pk: _directory(row) for row in StudentDirectory.objects.all() if row.pk in described}
    identifiers: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for student, system, value in StudentIdentifier.objects.filter(restricted=False).values_list(
        "student_id", "system", "value"
    ):
        identifiers[student].append((system, value))
    roster.students = [
        StudentRecord(
            key=leave.name("students", row.pk, row.sourced_id),
            name=_name(row),
            local_id=row.local_id,
            state_id=row.state_id,
            username=row.username,
            demographics=demographics.get(row.pk, Demographics()),
            directory=directories.get(row.pk, Directory()),
            identifiers=tuple(sorted(identifiers[row.pk])),
            grade=GradeLevel(row.reported_grade) if row.reported_grade else None,
        )
        for row in rows
    ]


def _links(leave: Leave) -> QuerySet[StudentContact]:
    """Relations that hold today, those that a court order bars left out."""
    barred = CourtOrder.objects.filter(
        running(leave.today), bars_access=True, contact=OuterRef("contact"), student=OuterRef("student")
    )
    return StudentContact.objects.filter(
        begun_or_open(leave.today), ~Exists(barred), contact__ended_on=None
    ).order_by("student_id", "order", "id")


def _contacts(roster: Roster, leave: Leave) -> None:
    links = [
        row
        for row in _links(leave)
        if row.student_id in leave.described and leave.key("students", row.student_id)
    ]
    wanted = {row.contact_id for row in links}
    roster.contacts = [
        ContactRecord(
            key=leave.name("contacts", row.pk, row.sourced_id),
            name=_name(row),
            username=row.username,
            local_id=row.local_id,
            language=row.language,
            directory=_directory(row),
        )
        for row in Contact.objects.filter(ended_on=None)
        if row.pk in wanted
    ]
    roster.student_contacts = [
        StudentContactRecord(
            student=leave.key("students", row.student_id),
            contact=leave.key("contacts", row.contact_id),
            relation=row.relation,
            has_rights=row.has_rights,
            primary=row.primary,
            lives_with=row.lives_with,
            emergency=row.emergency,
            may_pick_up=row.may_pick_up,
            portal_access=row.portal_access,
            order=row.order,
        )
        for row in links
    ]


def _staff(roster: Roster, leave: Leave) -> None:
    """All staff with what HR knows, or the names and school addresses of those who teach what leaves."""
    rows = Staff.objects.filter(ended_on=None)
    if not leave.posts:
        taught = SectionStaff.objects.filter(
            Q(end=None) | Q(end__gte=leave.today), section__in=leave.sections.values("pk")
        )
        rows = rows.filter(pk__in=taught.values("staff"))
    roster.staff = [
        StaffRecord(
            key=leave.name("staff", row.pk, row.sourced_id),
            name=_name(row),
            local_id=row.local_id if leave.posts else "",
            state_id=row.state_id if leave.posts else "",
            username=row.username,
            directory=_directory(row) if leave.posts else Directory(email=row.email),
            sex=row.sex if leave.posts else "",
            birth_date=row.birth_date if leave.posts else None,
            hire_date=row.hire_date if leave.posts else None,
            end_date=row.end_date if leave.posts else None,
        )
        for row in rows
    ]
