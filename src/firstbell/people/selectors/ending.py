"""What a source would end, by name as far as the viewer may read names."""

from __future__ import annotations

from collections.abc import Iterable

from firstbell.people.models import School, Staff
from firstbell.people.selectors.labels import section_titles
from firstbell.people.selectors.names import names_of
from firstbell.platform.access import DataClass, Viewer

BATCH = 900


def ending_labels(viewer: Viewer, kind: str, ids: Iterable[int]) -> dict[int, str]:
    """How rows of ``kind`` (schools, students, staff, sections) are called, by id.

    People have a name for those who read names everywhere, a number for everybody else; a school and a
    section have theirs for all. Other kinds have none. A constant number of queries for each 900 rows.
    """
    wanted = sorted(set(ids))
    if kind == "students":
        if viewer.purpose or viewer.shows_everywhere(DataClass.DIRECTORY, "name"):
            return names_of(wanted)
        return {row: f"Student {row}" for row in wanted}
    found: dict[int, str] = {}
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        if kind == "staff":
            named = viewer.purpose or viewer.shows_everywhere(DataClass.STAFF, "name")
            for person in Staff.objects.filter(pk__in=batch):
                found[person.pk] = person.display_name if named else f"Staff member {person.pk}"
        elif kind == "schools":
            found |= dict(School.objects.filter(pk__in=batch).values_list("pk", "name"))
        elif kind == "sections":
            found |= section_titles(batch)
    return found
