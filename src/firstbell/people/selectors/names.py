"""Names of students whom the caller has already narrowed to its viewer."""

from __future__ import annotations

from collections.abc import Iterable

from firstbell.people.models import Student

BATCH = 900


def names_of(students: Iterable[int], *, spoken: bool = False) -> dict[int, str]:
    """``Last, First`` (``spoken``: ``First Last``) by student id.

    The caller answers for the viewer: ids come from a scoped read.
    """
    ids = sorted(set(students))
    names = {}
    for start in range(0, len(ids), BATCH):
        for student in Student.objects.filter(pk__in=ids[start : start + BATCH]):
            names[student.pk] = student.spoken_name if spoken else student.display_name
    return names
