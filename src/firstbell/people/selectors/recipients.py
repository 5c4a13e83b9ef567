"""Who has a right to be written to about a student, and how they are reached.

A contact without rights, one whose relation has ended, or one whom a court order bars is not a
recipient. From the eighteenth birthday on it is the student, and beside them only contacts whose
relation has an end set: a recorded dependency.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef

from firstbell.people.data.writing import Letterhead, Recipient
from firstbell.people.models import CourtOrder, School, Student, StudentContact, StudentDirectory
from firstbell.people.models.person import Reachable
from firstbell.people.selectors.scope import students_in_scope
from firstbell.people.selectors.viewer import begun_or_open, is_adult, running
from firstbell.platform.access import DataClass, Viewer


def recipients_of(viewer: Viewer, students: Iterable[int], day: date) -> dict[int, tuple[Recipient, ...]]:
    """Recipients by student on ``day``, the first to be called first. Two queries and one for the scope.

    Only students whose contacts the viewer may read. Addresses come in full: whoever shows them masks the
    confidential ones.
    """
    rows = {
        row.pk: row
        for row in students_in_scope(viewer, DataClass.CONTACT)
        .filter(pk__in=list(students))
        .select_related("directory", "demographics")
    }
    barring = CourtOrder.objects.filter(
        running(day), bars_access=True, contact=OuterRef("contact"), student=OuterRef("student")
    )
    links = (
        StudentContact.objects.filter(begun_or_open(day), ~Exists(barring), student__in=rows, has_rights=True)
        .filter(contact__ended_on=None)
        .select_related("contact")
    )
    found: dict[int, list[Recipient]] = {student: [] for student in rows}
    for student, row in rows.items():
        if _adult(row, day):
            found[student].append(_student(row))
    for link in links:
        student_row = rows[link.student_id]
        if not _adult(student_row, day) or link.end is not None:
            found[link.student_id].append(_contact(link, getattr(student_row, "directory", None)))
    return {student: tuple(some) for student, some in found.items()}


def letterheads(schools: Iterable[int]) -> dict[int, Letterhead]:
    """How schools name themselves on paper. Public facts, no viewer needed. One query."""
    return {
        row.pk: Letterhead(
            school=row.name,
            agency=row.agency.name,
            address=row.address,
            phone=row.phone,
            website=row.website,
        )
        for row in School.objects.filter(pk__in=list(schools)).select_related("agency")
    }


def _adult(student: Student, day: date) -> bool:
    born = student.demographics.birth_date if hasattr(student, "demographics") else None
    return born is not None and is_adult(born, day)


def _student(student: Student) -> Recipient:
    directory = getattr(student, "directory", None)
    return Recipient(
        contact_id=None,
        name=student.spoken_name,
        relation="Student",
        language="",
        email=directory.email if directory else "",
        address=_lines(directory),
        confidential=bool(directory and directory.confidential),
        primary=True,
    )


def _contact(link: StudentContact, home: StudentDirectory | None) -> Recipient:
    """A contact without an address of their own is reached at the student's home, unless they live apart."""
    own = _lines(link.contact)
    shares = not own and link.lives_with is not False
    return Recipient(
        contact_id=link.contact_id,
        name=link.contact.spoken_name,
        relation=link.relation,
        language=link.contact.language.split("-")[0].lower(),
        email=link.contact.email,
        address=_lines(home) if shares else own,
        confidential=link.contact.confidential or bool(home and home.confidential and link.lives_with),
        primary=link.primary,
    )


def _lines(place: Reachable | None) -> tuple[str, ...]:
    if place is None or not place.address:
        return ()
    town = f"{place.city}, {place.state} {place.postal_code}".strip(" ,")
    return tuple(line for line in (*place.address.splitlines(), town) if line)
