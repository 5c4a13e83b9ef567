"""What does not add up in the roster as it stands, counted by school, each with whom to look at.

A problem is a rule over rows that are each valid by themselves. One entry in ``PROBLEMS`` is all it takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data.problems import ProblemCount, ProblemKind, ProblemRow
from firstbell.people.models import (
    BellSchedule,
    Calendar,
    School,
    SchoolEnrollment,
    Section,
    SectionEnrollment,
    SectionStaff,
    StudentContact,
    StudentDemographics,
)
from firstbell.people.selectors.scope import schools_in_scope, students_in_scope
from firstbell.people.selectors.viewer import TEACHING, begun_or_open, running
from firstbell.platform.access import DataClass, NotVisible, Viewer

MOST = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """A kind of problem and the rows that have it on a day, each with a ``school``."""

    kind: ProblemKind
    rows: Callable[[date], QuerySet[Any]]


def _here(day: date) -> QuerySet[SchoolEnrollment]:
    return SchoolEnrollment.objects.filter(
        running(day, "entry", "exit"), superseded_at=None, status="primary"
    ).order_by()


def _without_section(day: date) -> QuerySet[Any]:
    sections = SectionEnrollment.objects.filter(
        running(day), superseded_at=None, student=OuterRef("student"), section__school=OuterRef("school")
    )
    return _here(day).filter(~Exists(sections))


def _without_contact(day: date) -> QuerySet[Any]:
    links = StudentContact.objects.filter(begun_or_open(day), has_rights=True, student=OuterRef("student"))
    return _here(day).filter(~Exists(links))


def _in_two_schools(day: date) -> QuerySet[Any]:
    other = _here(day).filter(student=OuterRef("student")).exclude(school=OuterRef("school"))
    return _here(day).filter(Exists(other))


def _without_birth_date(day: date) -> QuerySet[Any]:
    born = StudentDemographics.objects.filter(student=OuterRef("student"), birth_date__isnull=False)
    return _here(day).filter(~Exists(born))


def _without_teacher(day: date) -> QuerySet[Any]:
    teachers = SectionStaff.objects.filter(running(day), position__in=TEACHING, section=OuterRef("pk"))
    students = SectionEnrollment.objects.filter(running(day), superseded_at=None, section=OuterRef("pk"))
    return Section.objects.filter(
        ~Exists(teachers),
        Exists(students),
        ended_on=None,
        offering__session__begin__lte=day,
        offering__session__end__gte=day,
    ).order_by()


PROBLEMS: dict[str, Problem] = {
    kind.code: Problem(kind, rows)
    for kind, rows in (
        (
            ProblemKind(
                "without_section",
                "Enrolled, in no section",
                "student is in no section today|students are in no section today",
                "Put them into sections, or end the enrollment of those who never came.",
                "student",
            ),
            _without_section,
        ),
        (
            ProblemKind(
                "without_contact",
                "No contact with rights",
                "student has no contact with rights|students have no contact with rights",
                "Ask the family; a student without anybody to call is nobody's to release.",
                "student",
            ),
            _without_contact,
        ),
        (
            ProblemKind(
                "in_two_schools",
                "Enrolled in two schools",
                "student is enrolled in two schools at once|students are enrolled in two schools at once",
                "End the enrollment at the school they left; both count them today.",
                "student",
            ),
            _in_two_schools,
        ),
        (
            ProblemKind(
                "without_birth_date",
                "No birth date",
                "student has no birth date|students have no birth date",
                "Look at the birth certificate and enter the date.",
                "student",
            ),
            _without_birth_date,
        ),
        (
            ProblemKind(
                "without_teacher",
                "Section without a teacher",
                "section with students has no teacher|sections with students have no teacher",
                "Assign a teacher; until then nobody can take its roll but the office.",
                "section",
            ),
            _without_teacher,
        ),
    )
}


def roster_problems(viewer: Viewer) -> list[ProblemCount]:
    """Problems at the viewer's schools, by kind and school; no row for none. One query a kind."""
    schools = dict(schools_in_scope(viewer, DataClass.ENROLLMENT).values_list("id", "name"))
    found = []
    for problem in PROBLEMS.values() if schools else ():
        rows = problem.rows(viewer.today).filter(school__in=schools)
        for school, number in rows.values_list("school_id").annotate(number=Count("pk")).order_by():
            found.append(ProblemCount(problem.kind, school, schools[school], number))
    return sorted(found, key=lambda row: (list(PROBLEMS).index(row.kind.code), row.school))


def problem_rows(viewer: Viewer, code: str, school_id: int) -> tuple[ProblemCount, list[ProblemRow]]:
    """Whom or what one problem is about at one school: at most 500. Raises NotVisible.

    Students only whose enrolment the viewer may write: who reads counts sees no row.
    """
    problem = PROBLEMS.get(code)
    writes = schools_in_scope(viewer, DataClass.ENROLLMENT, write=True)
    school = writes.filter(pk=school_id).values_list("name", flat=True).first()
    if problem is None or school is None:
        raise NotVisible
    rows = problem.rows(viewer.today).filter(school=school_id)
    if problem.kind.about == "student":
        rows = rows.filter(student__in=students_in_scope(viewer, DataClass.ENROLLMENT, write=True))
        named = rows.select_related("student").order_by(
            "student__last_name", "student__first_name", "student"
        )
        found = [
            ProblemRow("student", row.student_id, row.student.display_name, row.student.local_id)
            for row in named[:MOST]
        ]
    else:
        found = [
            ProblemRow("section", row.pk, row.title, row.code) for row in rows.order_by("title", "pk")[:MOST]
        ]
    return ProblemCount(problem.kind, school_id, school, rows.count()), found


def schools_unset(viewer: Viewer) -> list[tuple[int, str, str]]:
    """Schools that cannot take attendance yet, with what is missing: (id, name, words). Two queries."""
    year = SchoolYear.of(viewer.today).ending
    calendars = Calendar.objects.filter(school=OuterRef("pk"), school_year=year, dates__isnull=False)
    bells = BellSchedule.objects.filter(school=OuterRef("pk"), ended_on=None)
    rows = (
        schools_in_scope(viewer, DataClass.ENROLLMENT)
        .annotate(has_calendar=Exists(calendars), has_bells=Exists(bells))
        .filter(Q(has_calendar=False) | Q(has_bells=False))
        .order_by("name")
    )
    return [(row.pk, row.name, _lacks(row)) for row in rows]


def _lacks(row: Any) -> str:
    lacking = [
        words
        for there, words in ((row.has_calendar, "a calendar of this year"), (row.has_bells, "bell times"))
        if not there
    ]
    return " and ".join(lacking)


def anything_set_up() -> bool:
    """Whether the district has a school at all. A public fact: no viewer is asked."""
    return School.objects.filter(ended_on=None).exists()
