"""Arranging who takes the classes of an absent teacher on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from firstbell.people.models import Section, Substitution
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.writing import writing

#: who arranges substitutes at a school
ARRANGES = ("principal", "attendance_clerk")
BATCH = 2_000


def arrange_substitutes(viewer: Viewer, rows: Iterable[tuple[int, int, int | None, date]]) -> int:
    """Give sections to substitutes for a day each, as (section id, substitute's staff id, staff id of the
    teacher acted for, day); answers how many are new. Raises NotVisible for a section of a school whose
    office the viewer is not."""
    wanted = {(section, staff, day): acting for section, staff, acting, day in rows}
    with writing():
        if not viewer.purpose:
            here = Section.objects.filter(school__in=viewer.schools(*ARRANGES)).values_list("id", flat=True)
            if not {section for section, _, _ in wanted} <= set(here):
                raise NotVisible
        days = {day for _, _, day in wanted}
        present = (
            set(
                Substitution.objects.filter(day__range=(min(days), max(days))).values_list(
                    "section_id", "staff_id", "day"
                )
            )
            if days
            else set()
        )
        new = [
            Substitution(section_id=section, staff_id=staff, acting_for_id=acting, day=day)
            for (section, staff, day), acting in wanted.items()
            if (section, staff, day) not in present
        ]
        Substitution.objects.bulk_create(new, batch_size=BATCH)
        if new:
            audit.record(
                viewer, "substitute.arrange", "section", data_classes=[DataClass.STAFF], count=len(new)
            )
    return len(new)
