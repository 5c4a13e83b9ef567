"""Finding anyone by a few letters of the name, or by number."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When

from firstbell.kernel.grade_level import GradeLevel
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
from firstbell.platform.access import DataClass, Viewer

MOST = 20
#: the character after every other: the end of a prefix range
_AFTER = "\U0010ffff"


def find_people(viewer: Viewer, text: str, *, most: int = MOST) -> list[PersonHit]:
    """Students, contacts and staff whose names or numbers begin with every word of ``text``.

    Students who are enrolled today come first, then those who left, staff, contacts; a whole word
    before a beginning. At most ``most`` of them. Nothing for an empty text.
    """
    words = sorted(search_words([text]), key=len, reverse=True)
    if not words:
        return []
    hits = _students(viewer, words, most)
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


def _students(viewer: Viewer, words: list[str], most: int) -> list[PersonHit]:
    stays = SchoolEnrollment.objects.filter(superseded_at=None, student=OuterRef("pk")).order_by("-entry")
    now = stays.filter(running(viewer.today, "entry", "exit"))
    rows = (
        _named(students_in_scope(viewer, DataClass.DIRECTORY), "student", words)
        .annotate(
            here=Subquery(now.values("school__name")[:1]),
            grade=Subquery(stays.values("grade")[:1]),
            last_school=Subquery(stays.values("school__name")[:1]),
            away=Case(When(Exists(now), then=Value(0)), default=Value(1)),
        )
        .order_by("away", "whole", "last_name", "first_name", "pk")[:most]
    )
    return [
        PersonHit(
            "student",
            row.pk,
            row.display_name,
            " · ".join(
                part
                for part in (
                    f"Grade {GradeLevel(row.grade).short}" if row.grade else "",
                    row.here or (f"left {row.last_school}" if row.last_school else "not enrolled"),
                    row.local_id,
                )
                if part
            ),
            inactive=row.here is None,
        )
        for row in rows
    ]


def _staff(viewer: Viewer, words: list[str], most: int) -> list[PersonHit]:
    """Staff by name, title and school; everyone who works here may look a colleague up."""
    if not (viewer.purpose or viewer.may(DataClass.STAFF)):
        return []
    posts = StaffAssignment.objects.filter(running(viewer.today), staff=OuterRef("pk")).order_by("-primary")
    rows = (
        _named(Staff.objects.all(), "staff", words)
        .annotate(
            title=Subquery(posts.values("title")[:1]),
            role=Subquery(posts.values("role")[:1]),
            school=Subquery(posts.values("school__name")[:1]),
        )
        .order_by("whole", "last_name", "first_name", "pk")[:most]
    )
    return [
        PersonHit(
            "staff",
            row.pk,
            row.display_name,
            " · ".join(
                part for part in (row.title or (row.role or "").replace("_", " "), row.school or "") if part
            )
            or "no post today",
            inactive=row.role is None,
        )
        for row in rows
    ]


def _contacts(viewer: Viewer, words: list[str], most: int) -> list[PersonHit]:
    """Contacts of students whose contacts the viewer may see."""
    if not (viewer.purpose or viewer.may(DataClass.CONTACT)):
        return []
    links = StudentContact.objects.filter(
        begun_or_open(viewer.today), student__in=students_in_scope(viewer, DataClass.CONTACT)
    )
    rows = _named(Contact.objects.filter(pk__in=links.values("contact")), "contact", words).order_by(
        "whole", "last_name", "first_name", "pk"
    )[:most]
    found = list(rows)
    children: dict[int, list[str]] = {}
    for link in links.filter(contact__in=found).select_related("student"):
        children.setdefault(link.contact_id, []).append(f"{link.relation} of {link.student.spoken_name}")
    return [
        PersonHit("contact", row.pk, row.display_name, "; ".join(children.get(row.pk, [])[:3]))
        for row in found
    ]
