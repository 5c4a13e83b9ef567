"""Naming who answers for a student: counselor, case manager, aide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from firstbell.people.models import Caseload
from firstbell.people.selectors.scope import students_in_scope
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.writing import writing

BATCH = 2_000


def assign_caseload(viewer: Viewer, links: Iterable[tuple[int, int, date]]) -> int:
    """Name staff members for students from a day on, as (staff id, student id, begin); answers how many
    are new. Raises NotVisible for a student whose enrolment the viewer may not write."""
    wanted = set(links)
    with writing():
        if not viewer.purpose:
            mine = students_in_scope(viewer, DataClass.ENROLLMENT, write=True).values_list("id", flat=True)
            if not {student for _, student, _ in wanted} <= set(mine):
                raise NotVisible
        present = set(Caseload.objects.values_list("staff_id", "student_id", "begin"))
        new = sorted(wanted - present)
        Caseload.objects.bulk_create(
            [Caseload(staff_id=staff, student_id=student, begin=begin) for staff, student, begin in new],
            batch_size=BATCH,
        )
        if new:
            audit.record(
                viewer, "caseload.assign", "student", data_classes=[DataClass.ENROLLMENT], count=len(new)
            )
    return len(new)
