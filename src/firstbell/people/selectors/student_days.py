"""One student's school on a day, and taught days over a span."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from firstbell.people.models import SchoolEnrollment
from firstbell.people.selectors.day_facts import day_facts
from firstbell.people.selectors.viewer import running


def school_on(student_id: int, day: date) -> int | None:
    """The school the student attends on ``day``; the primary one where there are several."""
    rows = SchoolEnrollment.objects.filter(
        running(day, "entry", "exit"), student=student_id, superseded_at=None
    ).values_list("school_id", "status")
    return next((school for school, _ in sorted(rows, key=lambda row: row[1] != "primary")), None)


def taught_days_of(student_id: int, begin: date, end: date) -> list[tuple[int, date]]:
    """(school, day) for each taught day on which the student is enrolled, both ends inclusive."""
    schools = list(
        SchoolEnrollment.objects.filter(
            Q(exit__isnull=True) | Q(exit__gte=begin), student=student_id, superseded_at=None, entry__lte=end
        ).values_list("school_id", flat=True)
    )
    facts = day_facts(schools, begin, end, students=[student_id])
    return sorted(
        {
            (stay.school_id, day)
            for stay in facts.stays.get(student_id, ())
            for day in facts.taught(stay.school_id, stay.track)
            if stay.on(day)
        },
        key=lambda pair: pair[1],
    )
