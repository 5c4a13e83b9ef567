"""Sections a student may be added to: what a counselor or registrar chooses from."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from firstbell.people.data.places import SectionChoice
from firstbell.people.models import SchoolEnrollment, Section, SectionEnrollment, SectionMeeting
from firstbell.people.selectors.scope import schools_to_schedule, students_in_scope
from firstbell.people.selectors.student_record import meetings_of, teachers_of
from firstbell.people.selectors.viewer import running
from firstbell.platform.access import DataClass, NotVisible, Viewer

MOST = 100


def sections_to_choose(
    viewer: Viewer,
    student_id: int,
    day: date,
    *,
    text: str = "",
    period: str = "",
    section_id: int | None = None,
) -> list[SectionChoice]:
    """Sections at the student's schools that are not over on ``day``, at most ``MOST`` + 1 of them.

    ``text`` begins the title, code or teacher's name; ``period`` is a period's name, ``section_id`` asks
    for one, be it the student's own. Each with how full it is and with which of the student's own
    sections it would clash. A constant number of queries. Raises NotVisible where the viewer may not
    change the student's schedule.
    """
    if not students_in_scope(viewer, DataClass.ENROLLMENT, write=True).filter(pk=student_id).exists():
        raise NotVisible
    schools = SchoolEnrollment.objects.filter(
        running(day, "entry", "exit"), student=student_id, superseded_at=None
    ).values("school")
    own = SectionEnrollment.objects.filter(running(day), student=student_id, superseded_at=None)
    sections = Section.objects.filter(
        school__in=schools_to_schedule(viewer).filter(pk__in=schools),
        ended_on=None,
        offering__session__end__gte=day,
    )
    if section_id is not None:
        sections = sections.filter(pk=section_id)
    else:
        sections = sections.exclude(pk__in=own.values("section"))
    return choices_of(narrowed(sections, text, period), own, day, MOST + 1)


def narrowed(sections: QuerySet[Section], text: str, period: str) -> QuerySet[Section]:
    """Sections whose title, code or teacher's name begins with ``text``, that meet in ``period``."""
    if text:
        sections = sections.filter(
            Q(title__istartswith=text)
            | Q(code__istartswith=text)
            | Q(staff_links__staff__last_name__istartswith=text)
        )
    if period:
        sections = sections.filter(meetings__period__name=period)
    return sections


def choices_of(
    sections: QuerySet[Section], own: QuerySet[SectionEnrollment], day: date, most: int
) -> list[SectionChoice]:
    """The first ``most`` of ``sections`` by title: how full each is, with which of ``own`` it clashes."""
    members = (
        SectionEnrollment.objects.filter(running(day), section=OuterRef("pk"), superseded_at=None)
        .order_by()
        .values("section")
        .annotate(n=Count("student", distinct=True))
        .values("n")
    )
    seats = SectionMeeting.objects.filter(section=OuterRef("pk"), room__seats__isnull=False).values(
        "room__seats"
    )
    rows = list(
        sections.select_related("offering__session")
        .annotate(
            taken=Coalesce(Subquery(members, output_field=IntegerField()), 0), seats=Subquery(seats[:1])
        )
        .distinct()
        .order_by("title", "code", "pk")[:most]
    )
    ids = {row.pk for row in rows}
    meetings, teachers = meetings_of(ids), teachers_of(ids)
    busy: dict[str, str] = {}
    titles = dict(own.values_list("section_id", "section__title"))
    for section, met in meetings_of(set(titles)).items():
        busy |= {slot: titles[section] for slot, _ in met}
    return [
        SectionChoice(
            id=row.pk,
            title=row.title,
            code=row.code,
            session=row.offering.session.name,
            meetings=", ".join(slot for slot, _ in meetings.get(row.pk, ())),
            teachers="; ".join(teachers.get(row.pk, ())),
            taken=row.taken,
            seats=row.seats,
            clashes=tuple(sorted({busy[slot] for slot, _ in meetings.get(row.pk, ()) if slot in busy})),
        )
        for row in rows
    ]
