"""The nightly proof: stored pupil-days equal the days derived anew. What differs is told, mended on word."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from firstbell.attendance.models import DayProof
from firstbell.attendance.selectors.letter_access import may_decide
from firstbell.attendance.services.recompute import compare_schools, recompute_schools
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.api import schools_in_scope
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.writing import writing

SAMPLE = 20


def prove_days(viewer: Viewer, *, through: date | None = None) -> dict[str, int]:
    """Hold every school's stored days of the school year against derived ones, school by school.

    Writes nothing but the proof. Answers schools, days compared, days that differ. For the job.
    """
    last = through or viewer.today
    begin = SchoolYear.of(last).span.begin
    counts = {"schools": 0, "compared": 0, "differing": 0}
    for school in schools_in_scope(viewer, DataClass.ATTENDANCE).values_list("id", flat=True):
        found = compare_schools([school], begin=begin, end=last)
        sample = sorted((day.isoformat(), student) for student, _, day in found.wrong)[:SAMPLE]
        DayProof.objects.update_or_create(
            school_id=school,
            defaults={
                "at": timezone.now(),
                "begin": begin,
                "through": last,
                "compared": found.compared + len(found.added),
                "differing": len(found.wrong),
                "sample": [[student, day] for day, student in sample],
            },
        )
        counts["schools"] += 1
        counts["compared"] += found.compared + len(found.added)
        counts["differing"] += len(found.wrong)
    return counts


def mend_days(viewer: Viewer, school_id: int) -> int:
    """Derive a school's days of the school year anew and store them; answers how many changed.

    Raises NotVisible, NotAllowed for whoever is not of the school's office.
    """
    if not schools_in_scope(viewer, DataClass.ATTENDANCE).filter(pk=school_id).exists():
        raise NotVisible
    if not may_decide(viewer, school_id):
        raise NotAllowed("mending this school's days")
    begin = SchoolYear.of(viewer.today).span.begin
    with writing():
        changed = recompute_schools([school_id], begin=begin)
        DayProof.objects.filter(school=school_id).update(differing=0, sample=[], at=timezone.now())
        audit.record(
            viewer,
            "attendance.mend_days",
            "school",
            school_id,
            data_classes=[DataClass.ATTENDANCE],
            count=changed,
        )
    return changed
