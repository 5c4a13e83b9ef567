"""Who is on a section's list on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

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
    lists = section_rosters(viewer, [section_id], day, data_class=data_class, recent_days=recent_days)
    if section_id not in lists:
        raise NotVisible
    return lists[section_id]


def section_rosters(
    viewer: Viewer,
    sections: Iterable[int],
    day: date,
    *,
    data_class: DataClass = DataClass.ENROLLMENT,
    recent_days: int = 0,
) -> dict[int, list[RosterRow]]:
    """As ``section_roster`` for many sections, those that the viewer does not reach left out. Two queries."""
    reached = sections_in_scope(viewer, data_class).filter(pk__in=list(sections))
    lists: dict[int, list[SectionEnrollment]] = {pk: [] for pk in reached.values_list("id", flat=True)}
    since = day - timedelta(days=recent_days)
    barring = CourtOrder.objects.filter(running(day), bars_access=True, student=OuterRef("student"))
    stays = SchoolEnrollment.objects.filter(
        running(day, "entry", "exit"), superseded_at=None, student=OuterRef("student")
    )
    rows = (
        SectionEnrollment.objects.filter(
            Q(end__isnull=True) | Q(end__gte=since if recent_days else day),
            section__in=lists,
            superseded_at=None,
            begin__lte=day,
        )
        .exclude(barred_from(viewer))
        .select_related("student")
        .annotate(
            guarded=Exists(barring),
            grade=Subquery(stays.values("grade")[:1]),
            enrolled=Exists(stays),
        )
    )
    for row in rows:
        lists[row.section_id].append(row)
    return {section: _listed(some, day, since if recent_days else None) for section, some in lists.items()}


def _listed(rows: list[Any], day: date, since: date | None) -> list[RosterRow]:
    first = min((row.begin for row in rows), default=day)
    found = []
    for row in rows:
        dropped = row.end is not None and row.end < day
        if not dropped and not row.enrolled:
            continue
        # nobody was "added" on the day the section's list began
        added = since is not None and row.begin >= since and row.begin > first
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


def barred_from(viewer: Viewer) -> Exists:
    """Whether a court order keeps the student of a row from the viewer."""
    orders = CourtOrder.objects.filter(
        running(viewer.today), bars_access=True, contact__account=viewer.account_id
    )
    return Exists((orders if viewer.account_id else orders.none()).filter(student=OuterRef("student")))
