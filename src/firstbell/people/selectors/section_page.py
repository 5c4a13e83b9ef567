"""A section's page: when and where it meets, who teaches it, and who is on its list on a day."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, Subquery

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data.places import RosterRow, SectionPage
from firstbell.people.models import CourtOrder, SchoolEnrollment, Section, SectionEnrollment, SectionStaff
from firstbell.people.selectors.find import shown
from firstbell.people.selectors.scope import sections_in_scope, students_in_scope
from firstbell.people.selectors.student_record import meetings_of
from firstbell.people.selectors.viewer import running
from firstbell.platform.access import DataClass, NotVisible, Viewer

#: days for which the list marks who came and who left
RECENT = timedelta(days=14)


def section_page(viewer: Viewer, section_id: int, day: date) -> SectionPage:
    """The section with its list on ``day``; students who were dropped lately stand marked at the end.

    Only students the viewer reaches are on it: a teacher no longer sees who left. Raises NotVisible.
    A constant number of queries.
    """
    section = (
        sections_in_scope(viewer, DataClass.ENROLLMENT, field="section")
        .select_related("school", "offering__session", "offering__course")
        .filter(pk=section_id)
        .first()
    )
    if section is None:
        raise NotVisible
    staff = [
        (link.staff_id, link.staff.display_name, link.position.replace("_", " "))
        for link in SectionStaff.objects.filter(running(day), section=section).select_related("staff")
    ]
    met = meetings_of({section.pk}).get(section.pk, [])
    session = section.offering.session
    return SectionPage(
        id=section.pk,
        title=section.title,
        code=section.code,
        course=section.offering.course.title,
        school_id=section.school_id,
        school=section.school.name,
        session=session.name,
        begin=session.begin,
        end=session.end,
        meetings=", ".join(period for period, _ in met),
        rooms=", ".join(dict.fromkeys(room for _, room in met if room)) or section.location,
        staff=tuple(sorted(staff, key=lambda one: (one[2] != "teacher of record", one[1]))),
        roster=tuple(_roster(viewer, section, day)),
    )


def _roster(viewer: Viewer, section: Section, day: date) -> list[RosterRow]:
    since = day - RECENT
    barring = CourtOrder.objects.filter(running(day), bars_access=True, student=OuterRef("student"))
    stays = SchoolEnrollment.objects.filter(
        running(day, "entry", "exit"), superseded_at=None, student=OuterRef("student")
    )
    named = students_in_scope(viewer, DataClass.DIRECTORY, field="name")
    flagged = students_in_scope(viewer, DataClass.CUSTODY).filter(pk=OuterRef("student"))
    rows = list(
        SectionEnrollment.objects.filter(
            Q(end__isnull=True) | Q(end__gte=since),
            section=section,
            superseded_at=None,
            begin__lte=day,
            student__in=named,
        )
        .select_related("student")
        .annotate(
            guarded=Exists(barring),
            sees_flag=Exists(flagged),
            grade=Subquery(stays.values("grade")[:1]),
            enrolled=Exists(stays),
            numbered=shown(viewer, "local_id", DataClass.DIRECTORY, of="student"),
            placed=shown(viewer, "grade", DataClass.DIRECTORY, DataClass.ENROLLMENT, of="student"),
        )
    )
    first = min((row.begin for row in rows), default=day)
    found = []
    for row in rows:
        dropped = (row.end is not None and row.end < day) or not row.enrolled
        added = row.begin >= since and row.begin > first
        found.append(
            RosterRow(
                student_id=row.student_id,
                name=row.student.display_name,
                local_id=row.student.local_id if row.numbered else "",
                grade=GradeLevel(row.grade).short if row.grade and row.placed else "",
                begin=row.begin,
                end=row.end,
                recently="dropped" if dropped else "added" if added else "",
                do_not_release=row.guarded and row.sees_flag,
            )
        )
    still = {row.student_id for row in found if row.recently != "dropped"}
    found = [row for row in found if row.recently != "dropped" or row.student_id not in still]
    return sorted(found, key=lambda r: (r.recently == "dropped", r.name.casefold(), r.student_id))
