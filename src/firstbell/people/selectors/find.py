"""Finding anyone by a few letters of the name, or by number."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data.opening import FAMILY
from firstbell.people.data.views import PersonHit
from firstbell.people.models import (
    Contact,
    NameWord,
    SchoolEnrollment,
    Staff,
    StaffAssignment,
    StudentContact,
)
from firstbell.people.rules.names import search_words
from firstbell.people.selectors.scope import students_in_scope
from firstbell.people.selectors.viewer import begun_or_open, running
from firstbell.platform.access import DataClass, Scope, Viewer

MOST = 20
#: the character after every other: the end of a prefix range
_AFTER = "\U0010ffff"


def may_find(viewer: Viewer) -> bool:
    """Whether the viewer looks people up by name: everybody who works here, and whose role shows names."""
    return sees_staff(viewer) or any(
        cell.shows("name") and not cell.scopes <= FAMILY for _, cell in viewer.cells(DataClass.DIRECTORY)
    )


def find_people(viewer: Viewer, text: str, *, most: int = MOST) -> list[PersonHit]:
    """Students, contacts and staff whose names or numbers begin with every word of ``text``.

    Whose whole number it is comes first, then students who are enrolled today, those who left, staff,
    contacts; a whole word before a beginning. At most ``most`` of them. Nothing for an empty text.
    Three queries at most.
    """
    words = sorted(search_words([text]), key=len, reverse=True)
    if not words:
        return []
    hits = _students(viewer, words, text.strip(), most)
    if len(hits) < most:
        hits += _staff(viewer, words, most - len(hits))
    if len(hits) < most:
        hits += _contacts(viewer, words, most - len(hits))
    return hits


def _named(rows: QuerySet[Any], kind: str, words: list[str]) -> QuerySet[Any]:
    """People of ``rows`` who have a word beginning with each of ``words``."""
    for word in words:
        rows = rows.filter(
            pk__in=NameWord.objects.filter(kind=kind, word__gte=word, word__lt=word + _AFTER).values(
                "object_id"
            )
        )
    whole = NameWord.objects.filter(kind=kind, word=words[0], object_id=OuterRef("pk"))
    named: QuerySet[Any] = rows.annotate(whole=Case(When(Exists(whole), then=Value(0)), default=Value(1)))
    return named


def _students(viewer: Viewer, words: list[str], text: str, most: int) -> list[PersonHit]:
    stays = SchoolEnrollment.objects.filter(superseded_at=None, student=OuterRef("pk")).order_by("-entry")
    now = stays.filter(running(viewer.today, "entry", "exit"))
    seen = students_in_scope(viewer, DataClass.DIRECTORY, field="name")
    rows = (
        _named(seen, "student", words)
        .annotate(
            here=Subquery(now.values("school__name")[:1]),
            grade=Subquery(stays.values("grade")[:1]),
            last_school=Subquery(stays.values("school__name")[:1]),
            away=Case(When(Exists(now), then=Value(0)), default=Value(1)),
            exact=Case(When(Q(local_id=text) | Q(state_id=text), then=Value(0)), default=Value(1)),
            numbered=shown(viewer, "local_id", DataClass.DIRECTORY),
            placed=shown(viewer, "school", DataClass.DIRECTORY, DataClass.ENROLLMENT),
        )
        .order_by("exact", "away", "whole", "last_name", "first_name", "pk")[:most]
    )
    return [_student_hit(row) for row in rows]


def shown(viewer: Viewer, field: str, *data_classes: DataClass, of: str = "pk") -> Any:
    """An annotation: whether the viewer sees that field of the student whose id is in column ``of``.

    Asked of the row only where the viewer's roles differ.
    """
    cells = [cell for data_class in data_classes for _, cell in viewer.cells(data_class) if cell.reads_rows]
    if viewer.purpose or all(cell.shows(field) for cell in cells):
        return Value(1)
    if not any(cell.shows(field) for cell in cells):
        return Value(0)
    reached = Q(pk__in=[])
    for data_class in data_classes:
        reached |= Q(**{f"{of}__in": students_in_scope(viewer, data_class, field=field)})
    return Case(When(reached, then=Value(1)), default=Value(0))


def _student_hit(row: Any) -> PersonHit:
    grade = f"Grade {GradeLevel(row.grade).short}" if row.grade and row.placed else ""
    school = row.here or (f"left {row.last_school}" if row.last_school else "not enrolled")
    number = row.local_id if row.numbered else ""
    parts = (grade, school if row.placed else "", number)
    return PersonHit(
        "student",
        row.pk,
        row.display_name,
        " · ".join(part for part in parts if part),
        inactive=row.placed == 1 and row.here is None,
        grade=GradeLevel(row.grade).short if grade else "",
        school=(row.here or row.last_school or "") if row.placed else "",
        number=number,
        exact=row.exact == 0 and row.numbered == 1,
    )


def sees_staff(viewer: Viewer) -> bool:
    """Everyone who works here may look a colleague up; a role that sees ids only may not by name."""
    return bool(viewer.purpose) or any(
        Scope.OWN in cell.scopes or cell.shows("name") or cell.masked
        for _, cell in viewer.cells(DataClass.STAFF)
        if cell.reads_rows
    )


def _staff(viewer: Viewer, words: list[str], most: int) -> list[PersonHit]:
    """Staff by name, title and school."""
    if not sees_staff(viewer):
        return []
    posts = StaffAssignment.objects.filter(running(viewer.today), staff=OuterRef("pk")).order_by("-primary")
    rows = (
        _named(Staff.objects.all(), "staff", words)
        .annotate(
            title=Subquery(posts.values("title")[:1]),
            role=Subquery(posts.values("role")[:1]),
            school=Subquery(posts.values("school__name")[:1]),
            away=Case(When(Exists(posts), then=Value(0)), default=Value(1)),
        )
        .order_by("away", "whole", "last_name", "first_name", "pk")[:most]
    )
    hits = []
    for row in rows:
        title = row.title or (row.role or "").replace("_", " ").capitalize()
        detail = " · ".join(part for part in (title, row.school or "") if part) or "no post today"
        hits.append(
            PersonHit(
                "staff",
                row.pk,
                row.display_name,
                detail,
                inactive=row.role is None,
                school=row.school or "",
            )
        )
    return hits


def _contacts(viewer: Viewer, words: list[str], most: int) -> list[PersonHit]:
    """Contacts of students whose contacts' names, and whose own names, the viewer may see."""
    reached = students_in_scope(viewer, DataClass.CONTACT, field="contact_name")
    if not (viewer.purpose or viewer.may(DataClass.CONTACT)):
        return []
    links = StudentContact.objects.filter(begun_or_open(viewer.today), student__in=reached)
    rows = _named(Contact.objects.filter(pk__in=links.values("contact")), "contact", words).order_by(
        "whole", "last_name", "first_name", "pk"
    )[:most]
    found = list(rows)
    if not found:
        return []
    named = students_in_scope(viewer, DataClass.DIRECTORY, field="name")
    children: dict[int, list[str]] = {}
    for link in links.filter(contact__in=found, student__in=named).select_related("student"):
        children.setdefault(link.contact_id, []).append(f"{link.relation} of {link.student.spoken_name}")
    return [
        PersonHit("contact", row.pk, row.display_name, "; ".join(children.get(row.pk, [])[:3]))
        for row in found
    ]
