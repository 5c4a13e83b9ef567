"""A student's enrolments, schedule and history, as far as the viewer may see them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data.opening import Openings
from firstbell.people.data.views import ActRow, EnrollmentRow, ScheduleRow
from firstbell.people.models import (
    RosterAct,
    SchoolEnrollment,
    SectionEnrollment,
    SectionMeeting,
    SectionStaff,
)
from firstbell.people.rules.codes import code_words
from firstbell.people.selectors.opening import openings
from firstbell.people.selectors.scope import schools_in_scope, sections_in_scope
from firstbell.platform.access import DataClass, NotVisible, Viewer


def enrollments_as(
    viewer: Viewer, student_id: int, *, of: date | None = None, known_on: date | None = None
) -> list[EnrollmentRow]:
    """The enrolments that held on ``of``, as known at the end of ``known_on``. Raises NotVisible."""
    rows = enrollment_versions(viewer, student_id)
    if known_on is not None:
        moment = timezone.make_aware(datetime.combine(known_on + timedelta(days=1), time()))
        rows = [
            row
            for row in rows
            if row.recorded_at < moment and (row.superseded_at is None or row.superseded_at >= moment)
        ]
    else:
        rows = [row for row in rows if row.superseded_at is None]
    if of is not None:
        rows = [row for row in rows if row.entry <= of and (row.exit is None or row.exit >= of)]
    return rows


def enrollment_versions(viewer: Viewer, student_id: int) -> list[EnrollmentRow]:
    """Every version of every school enrolment, newest first. Raises NotVisible.

    A family reads what was recorded and when, not which clerk did it or what that clerk noted down.
    """
    open_to = _require(viewer, student_id, "entry")
    rows = SchoolEnrollment.objects.filter(student=student_id).select_related("school", "recorded_in")
    mine: set[int] = set()
    if open_to.may_write(DataClass.ENROLLMENT):
        mine = set(schools_in_scope(viewer, DataClass.ENROLLMENT, write=True).values_list("pk", flat=True))
    return [
        EnrollmentRow(
            id=row.pk,
            school_id=row.school_id,
            school=row.school.name,
            school_year=row.school_year,
            grade=GradeLevel(row.grade),
            entry=row.entry,
            entry_code=row.entry_code,
            exit=row.exit,
            exit_code=row.exit_code,
            status=row.status,
            program=row.program,
            track=row.track,
            ada_eligible=row.ada_eligible,
            recorded_at=row.recorded_at,
            recorded_by="" if open_to.family else row.recorded_in.actor_name,
            reason="" if open_to.family else row.recorded_in.reason,
            superseded_at=row.superseded_at,
            entry_words=code_words("entry", row.entry_code),
            exit_words=code_words("exit", row.exit_code),
            may_correct=row.superseded_at is None and row.school_id in mine,
        )
        for row in rows.order_by("-entry", "-recorded_at", "-pk")
    ]


def _require(viewer: Viewer, student_id: int, name: str) -> Openings:
    open_to = openings(viewer, student_id)
    if not open_to.shows(DataClass.ENROLLMENT, name):
        raise NotVisible
    return open_to


def acts_of(viewer: Viewer, student_id: int) -> list[ActRow]:
    """Every act on the student's enrolments, newest first, with what it wrote. Raises NotVisible."""
    open_to = _require(viewer, student_id, "entry")
    lines, built_on = what_acts_wrote(student_id)
    acts = RosterAct.objects.filter(Q(student=student_id) | Q(pk__in=lines)).select_related("undone_by")
    return [
        ActRow(
            id=act.pk,
            at=act.at,
            verb=act.verb,
            by="" if open_to.family else act.actor_name,
            reason="" if open_to.family else act.reason,
            lines=tuple(lines.get(act.pk, ())),
            undone=hasattr(act, "undone_by"),
            may_undo=open_to.may_write(DataClass.ENROLLMENT)
            and act.student_id is not None
            and not hasattr(act, "undone_by")
            and act.pk not in built_on,
        )
        for act in acts.order_by("-at", "-pk")
    ]


def what_acts_wrote(student_id: int) -> tuple[dict[int, list[str]], set[int]]:
    """Lines that each act wrote or took back, and the acts on which a later one built."""
    lines: dict[int, list[str]] = {}
    built_on: set[int] = set()
    written: set[tuple[int, Any]] = set()
    closed = []
    stays = SchoolEnrollment.objects.filter(student=student_id).select_related("school")
    places = SectionEnrollment.objects.filter(student=student_id).select_related("section")
    told: list[tuple[SchoolEnrollment | SectionEnrollment, str]] = [
        (row, f"{row.school.name}, {GradeLevel(row.grade).label}, {_span(row.entry, row.exit)}")
        for row in stays
    ]
    told += [(row, f"{row.section.title}, {_span(row.begin, row.end)}") for row in places]
    for row, line in told:
        lines.setdefault(row.recorded_in_id, []).append(line)
        written.add((row.recorded_in_id, row.sourced_id))
        if row.superseded_in_id:
            built_on.add(row.recorded_in_id)
            closed.append((row.superseded_in_id, row.sourced_id, line))
    for act, fact, line in closed:
        if (act, fact) not in written:
            lines.setdefault(act, []).append(f"taken back: {line}")
    return lines, built_on


def _span(begin: date, end: date | None) -> str:
    first = f"{begin:%b} {begin.day}, {begin.year}"
    if end is None:
        return f"from {first} on"
    if end < begin:
        return f"never came (expected {first})"
    return f"{first} to {end:%b} {end.day}, {end.year}"


def schedule_of(viewer: Viewer, student_id: int) -> list[ScheduleRow]:
    """The student's sections, newest first, with teachers and meetings. Raises NotVisible."""
    _require(viewer, student_id, "section")
    rows = list(
        SectionEnrollment.objects.filter(student=student_id, superseded_at=None)
        .select_related("section__offering__session")
        .order_by("-begin", "section__title", "pk")
    )
    sections = {row.section_id for row in rows}
    meetings, teachers = meetings_of(sections), teachers_of(sections)
    reachable = set(
        sections_in_scope(viewer, DataClass.ENROLLMENT, field="section")
        .filter(pk__in=sections)
        .values_list("pk", flat=True)
    )
    return [
        ScheduleRow(
            section_id=row.section_id,
            title=row.section.title,
            code=row.section.code,
            session=row.section.offering.session.name,
            begin=row.begin,
            end=row.end,
            meetings=", ".join(period for period, _ in meetings.get(row.section_id, ())),
            rooms=", ".join(dict.fromkeys(room for _, room in meetings.get(row.section_id, ()) if room))
            or row.section.location,
            teachers="; ".join(dict.fromkeys(teachers.get(row.section_id, ()))),
            homeroom=row.section.homeroom,
            reachable=row.section_id in reachable,
        )
        for row in rows
    ]


def meetings_of(sections: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Period (with its letter) and room of each meeting, by section, in order of the periods."""
    found: dict[int, list[tuple[str, str]]] = {}
    for section, period, letter, room in (
        SectionMeeting.objects.filter(section__in=sections)
        .order_by("period__order", "letter")
        .values_list("section_id", "period__name", "letter", "room__name")
    ):
        found.setdefault(section, []).append((f"{period} {letter}".strip(), room or ""))
    return found


def teachers_of(sections: Iterable[int]) -> dict[int, list[str]]:
    """Staff of each section, the teacher of record first."""
    found: dict[int, list[str]] = {}
    links = SectionStaff.objects.filter(section__in=sections).select_related("staff")
    for link in sorted(links, key=lambda one: (one.position != "teacher_of_record", one.pk)):
        found.setdefault(link.section_id, []).append(link.staff.display_name)
    return found
