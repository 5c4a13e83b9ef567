"""A student's history: every act, and what was true on one day as known on another."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data.views import ActRow, EnrollmentRow
from firstbell.people.models import RosterAct, SchoolEnrollment, SectionEnrollment
from firstbell.people.selectors.scope import students_in_scope
from firstbell.people.selectors.student_page import _enrollments
from firstbell.platform.access import DataClass, NotVisible, Viewer


def acts_of(viewer: Viewer, student_id: int) -> list[ActRow]:
    """Every act on the student's enrolments, newest first, with what it wrote. Raises NotVisible."""
    _require(viewer, student_id)
    writes = students_in_scope(viewer, DataClass.ENROLLMENT, write=True).filter(pk=student_id).exists()
    schools = list(SchoolEnrollment.objects.filter(student=student_id).select_related("school"))
    sections = list(SectionEnrollment.objects.filter(student=student_id).select_related("section"))
    lines: dict[int, list[str]] = {}
    built_on: set[int] = set()
    for row in schools:
        span = f"{row.entry} to {row.exit or 'open'}"
        lines.setdefault(row.recorded_in_id, []).append(
            f"{row.school.name}, {GradeLevel(row.grade).label}, {span}"
        )
        if row.superseded_in_id:
            built_on.add(row.recorded_in_id)
    for item in sections:
        span = f"{item.begin} to {item.end or 'open'}"
        lines.setdefault(item.recorded_in_id, []).append(f"{item.section.title}, {span}")
        if item.superseded_in_id:
            built_on.add(item.recorded_in_id)
    acts = RosterAct.objects.filter(Q(student=student_id) | Q(pk__in=lines)).select_related("undone_by")
    return [
        ActRow(
            id=act.pk,
            at=act.at,
            verb=act.verb,
            by=act.actor_name,
            reason=act.reason,
            lines=tuple(lines.get(act.pk, ())),
            undone=hasattr(act, "undone_by"),
            may_undo=writes
            and act.student_id is not None
            and not hasattr(act, "undone_by")
            and act.pk not in built_on,
        )
        for act in acts.order_by("-at", "-pk")
    ]


def enrollment_versions(viewer: Viewer, student_id: int) -> list[EnrollmentRow]:
    """Every version of every school enrolment, newest first. Raises NotVisible."""
    _require(viewer, student_id)
    return list(_enrollments(student_id, versions=True))


def enrollments_as(
    viewer: Viewer, student_id: int, *, of: date | None = None, known_on: date | None = None
) -> list[EnrollmentRow]:
    """The enrolments that held on ``of``, as known at the end of ``known_on``. Raises NotVisible."""
    rows = enrollment_versions(viewer, student_id)
    if known_on is not None:
        moment = timezone.make_aware(datetime.combine(known_on + timedelta(days=1), time()))
        rows = [
            row
            for row in rows
            if row.recorded_at < moment and (row.superseded_at is None or row.superseded_at >= moment)
        ]
    else:
        rows = [row for row in rows if row.superseded_at is None]
    if of is not None:
        rows = [row for row in rows if row.entry <= of and (row.exit is None or row.exit >= of)]
    return rows


def _require(viewer: Viewer, student_id: int) -> None:
    if not students_in_scope(viewer, DataClass.ENROLLMENT).filter(pk=student_id).exists():
        raise NotVisible
