"""What a roll needs to know of a section on a day, for any room that counts who was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from firstbell.people.data.words import DayType
from firstbell.people.models import (
    CalendarDate,
    SchoolEnrollment,
    Section,
    SectionEnrollment,
    Substitution,
)
from firstbell.people.selectors.viewer import running

#: days on either side for which taught days are answered
AROUND = timedelta(days=75)
TAUGHT = tuple(kind.value for kind in DayType if kind.taught)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """School, students (ids) in the section and in its school, and taught days around the date."""

    school_id: int
    students: tuple[int, ...]
    acting_for: str
    taught_days: tuple[date, ...]


def meeting_facts(section_id: int, day: date, *, substitute: int | None = None) -> MeetingFacts:
    """The facts of a section on ``day``; the caller has checked that its viewer reaches the section.

    ``substitute`` is the account that may act for the teacher that day. Four queries whatever the size.
    """
    school = Section.objects.values_list("school_id", flat=True).get(pk=section_id)
    here = SchoolEnrollment.objects.filter(
        running(day, "entry", "exit"), superseded_at=None, student=OuterRef("student"), school=school
    )
    students = (
        SectionEnrollment.objects.filter(running(day), Exists(here), section=section_id, superseded_at=None)
        .order_by("student")
        .values_list("student_id", flat=True)
        .distinct()
    )
    acting = Substitution.objects.filter(section=section_id, day=day, staff__account=substitute).values_list(
        "acting_for__first_name", "acting_for__last_name"
    )
    names = acting.first() if substitute is not None else None
    taught = (
        CalendarDate.objects.filter(
            calendar__school=school, day_type__in=TAUGHT, day__range=(day - AROUND, day + AROUND)
        )
        .order_by("day")
        .values_list("day", flat=True)
        .distinct()
    )
    return MeetingFacts(
        school_id=school,
        students=tuple(students),
        acting_for=" ".join(part for part in names if part) if names else "",
        taught_days=tuple(taught),
    )
