"""What a roll needs to know of a section on a day, for any room that counts who was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from firstbell.people.data.words import DayType
from firstbell.people.models import (
    CalendarDate,
    SchoolEnrollment,
    SectionEnrollment,
    Substitution,
)
from firstbell.people.selectors.section_roster import barred_from
from firstbell.people.selectors.viewer import running
from firstbell.platform.access import Viewer

TAUGHT = tuple(kind.value for kind in DayType if kind.taught)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """Students (ids) in the section and in its school, and for whom the substitute acts."""

    students: tuple[int, ...]
    acting_for: str


def meeting_facts(viewer: Viewer, section_id: int, school: int, day: date) -> MeetingFacts:
    """The facts of a section of ``school`` on ``day``; the caller has checked that its viewer reaches it.

    A student from whom a court order bars the viewer is not among them. One query, two for a substitute.
    """
    here = SchoolEnrollment.objects.filter(
        running(day, "entry", "exit"), superseded_at=None, student=OuterRef("student"), school=school
    )
    students = (
        SectionEnrollment.objects.filter(running(day), Exists(here), section=section_id, superseded_at=None)
        .exclude(barred_from(viewer))
        .order_by("student")
        .values_list("student_id", flat=True)
        .distinct()
    )
    names = None
    if viewer.holds("substitute"):
        acting = Substitution.objects.filter(
            section=section_id, day=day, staff__account=viewer.account_id
        ).values_list("acting_for__first_name", "acting_for__last_name")
        names = acting.first()
    return MeetingFacts(
        students=tuple(students), acting_for=" ".join(part for part in names if part) if names else ""
    )


def taught_between(school: int, first: date, last: date) -> int:
    """How many taught days a school has after ``first`` up to and including ``last``. One query."""
    return (
        CalendarDate.objects.filter(
            calendar__school=school, day_type__in=TAUGHT, day__gt=first, day__lte=last
        )
        .values("day")
        .distinct()
        .count()
    )
