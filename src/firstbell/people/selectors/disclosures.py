"""To whom outside a student's records went, for those whose role opens that record."""

from __future__ import annotations

from firstbell.people.selectors.opening import openings
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.disclosure import DisclosureLine, disclosures_about


def disclosures_of(viewer: Viewer, student_id: int, *, most: int | None = None) -> list[DisclosureLine]:
    """The student's record of disclosures, newest first (34 CFR 99.32).

    A family reads the copy that the law gives it: without the releases that need no record. Raises
    NotVisible for someone else's student, and for whom the record is closed (Cal. Ed. Code 49064).
    """
    open_to = openings(viewer, student_id)
    if not open_to[DataClass.LOGS].reached:
        raise NotVisible
    return disclosures_about(viewer, student_id, with_exempt=not open_to.family, most=most)
