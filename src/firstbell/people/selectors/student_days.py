"""One student's school on a day, and taught days over a span."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from firstbell.people.models import SchoolEnrollment
from firstbell.people.selectors.day_facts import MOST_IN_QUERY, day_facts
from firstbell.people.selectors.viewer import running


def school_on(student_id: int, day: date) -> int | None:
    """The school the student attends on ``day``; the primary one where there are several."""
    return schools_on([student_id], day).get(student_id)


def schools_on(students: Iterable[int], day: date) -> dict[int, int]:
    """As ``school_on``, for many students; who is not enrolled on ``day`` is left out."""
    wanted = set(students)
    rows = SchoolEnrollment.objects.filter(running(day, "entry", "exit"), superseded_at=None)
    if len(wanted) <= MOST_IN_QUERY:
        rows = rows.filter(student__in=wanted)
    found: dict[int, tuple[bool, int]] = {}
    for student, school, status in rows.values_list("student_id", "school_id", "status"):
        if student in wanted:
            here = (status != "primary", school)
            found[student] = min(here, found.get(student, here))
    return {student: school for student, (_, school) in found.items()}


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
