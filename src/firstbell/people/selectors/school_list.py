"""Schools one may choose from."""

from __future__ import annotations

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data.places import SchoolChoice
from firstbell.people.models import Calendar
from firstbell.people.selectors.scope import schools_in_scope
from firstbell.platform.access import DataClass, Viewer


def may_enroll(viewer: Viewer) -> bool:
    """Whether the viewer enrolls students at any school."""
    return bool(viewer.buildings(DataClass.ENROLLMENT, write=True)) or viewer.sees_whole_district(
        DataClass.ENROLLMENT, write=True
    )


def schools_to_enroll(viewer: Viewer) -> list[SchoolChoice]:
    """Schools at which the viewer enrolls students, with grades and tracks. Two queries."""
    schools = list(schools_in_scope(viewer, DataClass.ENROLLMENT, write=True).order_by("name"))
    tracks: dict[int, list[str]] = {}
    for school, track in (
        Calendar.objects.filter(school__in=schools)
        .order_by("track")
        .values_list("school_id", "track")
        .distinct()
    ):
        tracks.setdefault(school, []).append(track)
    return [
        SchoolChoice(
            school.pk,
            school.name,
            school.short_name,
            tuple(GradeLevel(grade) for grade in school.grades),
            tuple(tracks.get(school.pk, ())),
        )
        for school in schools
    ]
