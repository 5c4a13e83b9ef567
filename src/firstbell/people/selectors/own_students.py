"""Oneself, or one's own children: what a family starts from."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, Subquery

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data.opening import FAMILY
from firstbell.people.data.views import PersonHit
from firstbell.people.models import SchoolEnrollment, Student
from firstbell.people.selectors.scope import barred, related
from firstbell.people.selectors.viewer import running
from firstbell.platform.access import DataClass, Viewer


def own_students(viewer: Viewer) -> list[PersonHit]:
    """The viewer as a student, and the students whose guardian the viewer is today, by name. One query."""
    reached = Q(pk__in=[])
    for held, cell in viewer.cells(DataClass.DIRECTORY):
        for scope in sorted(cell.scopes & FAMILY):
            reached |= related(viewer, held, scope)
    stays = SchoolEnrollment.objects.filter(superseded_at=None, student=OuterRef("pk")).order_by("-entry")
    now = stays.filter(running(viewer.today, "entry", "exit"))
    rows = (
        Student.objects.filter(reached)
        .exclude(barred(viewer))
        .annotate(
            here=Exists(now),
            grade=Subquery(stays.values("grade")[:1]),
            school=Subquery(stays.values("school__name")[:1]),
        )
        .order_by("first_name", "last_name", "pk")
    )
    return [
        PersonHit(
            "student",
            row.pk,
            row.spoken_name,
            " · ".join(
                part for part in (GradeLevel(row.grade).label if row.grade else "", row.school or "") if part
            ),
            inactive=not row.here,
            grade=GradeLevel(row.grade).label if row.grade else "",
            school=row.school or "",
        )
        for row in rows
    ]
