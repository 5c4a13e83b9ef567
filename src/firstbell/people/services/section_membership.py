"""Adding a student to a section, and dropping one."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from firstbell.kernel.date_span import ONE_DAY
from firstbell.kernel.finding import Refused, error
from firstbell.people.data.events import EnrollmentChanged
from firstbell.people.models import SchoolEnrollment, Section, SectionEnrollment
from firstbell.people.selectors.scope import schools_to_schedule, students_in_scope
from firstbell.people.services.acts import Act
from firstbell.people.services.holding import hold_for_act
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.events import publish
from firstbell.platform.writing import writing


def add_to_section(viewer: Viewer, student_id: int, section_id: int, *, begin: date) -> int:
    """Add the student to the section from ``begin`` on, to the end of its session. Answers the act's id.

    Raises Refused when the student is in it already or is not enrolled at the school then; NotVisible.
    """
    with writing():
        hold_for_act(student_id)
        section = _section(viewer, student_id, section_id)
        last = section.offering.session.end
        enrolled = SchoolEnrollment.objects.filter(
            Q(exit__isnull=True) | Q(exit__gte=begin),
            student=student_id,
            school=section.school_id,
            entry__lte=begin,
            superseded_at=None,
        )
        if not enrolled.exists():
            raise Refused(
                [
                    error(
                        "section.not_enrolled",
                        f"the student is not enrolled at {section.school.name} on {begin}",
                        "enroll the student at the school first, or choose a later date",
                        column="begin",
                    )
                ]
            )
        if _present(student_id, section_id, begin).exists():
            raise Refused(
                [
                    error(
                        "section.already",
                        "the student is in this section already",
                        "nothing needs to be done; to change dates, drop and add",
                        column="section",
                    )
                ]
            )
        if begin > last:
            raise Refused(
                [
                    error(
                        "section.over",
                        f"the section ends on {last}, before {begin}",
                        "choose an earlier date or a section of a later session",
                        column="begin",
                    )
                ]
            )
        act = Act(viewer, "section_add", student_id)
        act.add(
            SectionEnrollment,
            student_id=student_id,
            section_id=section_id,
            begin=begin,
            end=last,
            homeroom=section.homeroom,
        )
        publish(EnrollmentChanged(student_id, begin))
        return act.finish().pk


def drop_from_section(viewer: Viewer, student_id: int, section_id: int, *, last_day: date) -> int:
    """End the student's time in the section with ``last_day`` (inclusive). Answers the act's id.

    A last day before the begin takes the membership back entirely. Raises Refused and NotVisible.
    """
    with writing():
        hold_for_act(student_id)
        _section(viewer, student_id, section_id)
        row = _present(student_id, section_id, last_day + ONE_DAY).order_by("begin").last()
        if row is None:
            raise Refused(
                [
                    error(
                        "section.none",
                        "the student is not in this section after that day",
                        "look at the section's list for the day in question",
                        column="last_day",
                    )
                ]
            )
        act = Act(viewer, "section_drop", student_id)
        if row.begin > last_day:
            act.close(row)
        else:
            act.replace(row, end=last_day)
        publish(EnrollmentChanged(student_id, last_day))
        return act.finish().pk


def change_section(viewer: Viewer, student_id: int, *, old: int, new: int, begin: date) -> int:
    """Take the student out of section ``old`` and into ``new`` from ``begin`` on, as one.

    Answers the act's id. Raises Refused and NotVisible as dropping and adding do.
    """
    with writing():
        drop_from_section(viewer, student_id, old, last_day=begin - ONE_DAY)
        return add_to_section(viewer, student_id, new, begin=begin)


def _section(viewer: Viewer, student_id: int, section_id: int) -> Section:
    section = (
        Section.objects.select_related("school", "offering__session")
        .filter(pk=section_id, school__in=schools_to_schedule(viewer))
        .first()
    )
    reachable = students_in_scope(viewer, DataClass.ENROLLMENT, write=True).filter(pk=student_id)
    if section is None or not reachable.exists():
        raise NotVisible
    return section


def _present(student_id: int, section_id: int, day: date) -> QuerySet[SectionEnrollment]:
    return SectionEnrollment.objects.filter(
        Q(end__isnull=True) | Q(end__gte=day), student=student_id, section=section_id, superseded_at=None
    )
