"""Who is on a section's list on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data.places import RosterRow
from firstbell.people.models import CourtOrder, SchoolEnrollment, SectionEnrollment
from firstbell.people.selectors.scope import sections_in_scope
from firstbell.people.selectors.viewer import running
from firstbell.platform.access import DataClass, NotVisible, Viewer


def section_roster(
    viewer: Viewer,
    section_id: int,
    day: date,
    *,
    data_class: DataClass = DataClass.ENROLLMENT,
    recent_days: int = 0,
) -> list[RosterRow]:
    """Students in the section on ``day``, by name; with ``recent_days`` also who was dropped that lately.

    A student from whom a court order bars the viewer is not on it. Two queries whatever the size of the
    class. Raises NotVisible for a section the viewer does not reach.
    """
    if not sections_in_scope(viewer, data_class).filter(pk=section_id).exists():
        raise NotVisible
    since = day - timedelta(days=recent_days)
    barring = CourtOrder.objects.filter(running(day), bars_access=True, student=OuterRef("student"))
    stays = SchoolEnrollment.objects.filter(
        running(day, "entry", "exit"), superseded_at=None, student=OuterRef("student")
    )
    rows = (
        SectionEnrollment.objects.filter(
            Q(end__isnull=True) | Q(end__gte=since if recent_days else day),
            section=section_id,
            superseded_at=None,
            begin__lte=day,
        )
        .exclude(_barred(viewer))
        .select_related("student")
        .annotate(
            guarded=Exists(barring),
            grade=Subquery(stays.values("grade")[:1]),
            enrolled=Exists(stays),
        )
    )
    found = []
    for row in rows:
        dropped = row.end is not None and row.end < day
        if not dropped and not row.enrolled:
            continue
        added = recent_days > 0 and row.begin >= since and row.begin > _first(rows)
        found.append(
            RosterRow(
                student_id=row.student_id,
                name=row.student.display_name,
                local_id=row.student.local_id,
                grade=GradeLevel(row.grade).short if row.grade else "",
                begin=row.begin,
                end=row.end,
                recently="dropped" if dropped else "added" if added else "",
                do_not_release=row.guarded,
            )
        )
    still = {row.student_id for row in found if row.recently != "dropped"}
    found = [row for row in found if row.recently != "dropped" or row.student_id not in still]
    return sorted(found, key=lambda r: (r.recently == "dropped", r.name.casefold(), r.student_id))


def _barred(viewer: Viewer) -> Exists:
    """Whether a court order keeps the student of a row from the viewer."""
    orders = CourtOrder.objects.filter(
        running(viewer.today), bars_access=True, contact__account=viewer.account_id
    )
    return Exists((orders if viewer.account_id else orders.none()).filter(student=OuterRef("student")))


def _first(rows: Iterable[SectionEnrollment]) -> date:
    """The day the section's list began: nobody was "added" then."""
    return min(row.begin for row in rows)
