"""Agencies, schools, sessions, periods, rooms, courses and sections as records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import (
    AgencyKind,
    AgencyRecord,
    CourseOfferingRecord,
    CourseRecord,
    MeetingRecord,
    PeriodRecord,
    RoomRecord,
    Roster,
    SchoolRecord,
    SectionRecord,
    SessionKind,
    SessionRecord,
)
from firstbell.people.models import (
    AcademicSession,
    Agency,
    ClassPeriod,
    Course,
    CourseOffering,
    Room,
    School,
    SectionMeeting,
    SectionSession,
)
from firstbell.people.selectors.roster.leave import Leave


def fill(roster: Roster, leave: Leave) -> None:
    """What is no person's: where, when and what is taught."""
    _organizations(roster, leave)
    _sessions(roster, leave)
    _periods_and_rooms(roster, leave)
    _courses(roster, leave)
    _sections(roster, leave)


def _grades(codes: Iterable[str]) -> tuple[GradeLevel, ...]:
    return tuple(GradeLevel(code) for code in codes)


def _organizations(roster: Roster, leave: Leave) -> None:
    agencies = list(Agency.objects.filter(ended_on=None))
    for row in agencies:
        leave.name("agencies", row.pk, row.sourced_id)
    roster.agencies = [
        AgencyRecord(
            key=leave.key("agencies", row.pk),
            name=row.name,
            kind=AgencyKind(row.kind),
            state_id=row.state_id,
            short_name=row.short_name,
            parent=leave.key("agencies", row.parent_id),
            address=row.address,
            phone=row.phone,
            website=row.website,
        )
        for row in agencies
    ]
    roster.schools = [
        SchoolRecord(
            key=leave.name("schools", row.pk, row.sourced_id),
            name=row.name,
            agency=leave.key("agencies", row.agency_id),
            state_id=row.state_id,
            short_name=row.short_name,
            level=row.level,
            grades=_grades(row.grades),
            address=row.address,
            phone=row.phone,
            website=row.website,
        )
        for row in School.objects.filter(ended_on=None)
    ]


def _sessions(roster: Roster, leave: Leave) -> None:
    rows = list(AcademicSession.objects.filter(ended_on=None))
    for row in rows:
        leave.name("sessions", row.pk, row.sourced_id)
    roster.sessions = [
        SessionRecord(
            key=leave.key("sessions", row.pk),
            name=row.name,
            kind=SessionKind(row.kind),
            school_year=row.school_year,
            begin=row.begin,
            end=row.end,
            school=leave.key("schools", row.school_id),
            parent=leave.key("sessions", row.parent_id),
        )
        for row in rows
        if not row.school_id or leave.key("schools", row.school_id)
    ]


def _periods_and_rooms(roster: Roster, leave: Leave) -> None:
    roster.periods = [
        PeriodRecord(
            key=leave.name("periods", row.pk, row.sourced_id),
            school=leave.key("schools", row.school_id),
            name=row.name,
            order=row.order,
        )
        for row in ClassPeriod.objects.filter(ended_on=None, school__ended_on=None)
    ]
    roster.rooms = [
        RoomRecord(
            key=leave.name("rooms", row.pk, row.sourced_id),
            school=leave.key("schools", row.school_id),
            name=row.name,
            seats=row.seats,
        )
        for row in Room.objects.filter(ended_on=None, school__ended_on=None)
    ]


def _courses(roster: Roster, leave: Leave) -> None:
    roster.courses = [
        CourseRecord(
            key=leave.name("courses", row.pk, row.sourced_id),
            title=row.title,
            code=row.code,
            school=leave.key("schools", row.school_id),
            subject=row.subject,
            subject_code=row.subject_code,
            school_year=row.school_year,
            grades=_grades(row.grades),
            description=row.description,
        )
        for row in Course.objects.filter(ended_on=None)
    ]
    roster.course_offerings = [
        CourseOfferingRecord(
            key=leave.name("course_offerings", row.pk, row.sourced_id),
            course=leave.key("courses", row.course_id),
            school=leave.key("schools", row.school_id),
            session=leave.key("sessions", row.session_id),
            local_code=row.local_code,
            title=row.title,
        )
        for row in CourseOffering.objects.filter(ended_on=None)
        if leave.key("schools", row.school_id)
    ]


def _sections(roster: Roster, leave: Leave) -> None:
    meetings: dict[int, list[MeetingRecord]] = defaultdict(list)
    for section, period, letter, room in SectionMeeting.objects.order_by(
        "period__order", "letter", "id"
    ).values_list("section_id", "period_id", "letter", "room_id"):
        if key := leave.key("periods", period):
            meetings[section].append(MeetingRecord(period=key, letter=letter, room=leave.key("rooms", room)))
    sessions: dict[int, list[str]] = defaultdict(list)
    for section, session in SectionSession.objects.order_by("session__begin", "session_id").values_list(
        "section_id", "session_id"
    ):
        if key := leave.key("sessions", session):
            sessions[section].append(key)
    roster.sections = [
        SectionRecord(
            key=leave.name("sections", row.pk, row.sourced_id),
            offering=leave.key("course_offerings", row.offering_id),
            code=row.code,
            title=row.title,
            meetings=tuple(meetings[row.pk]),
            homeroom=row.homeroom,
            sessions=tuple(sessions[row.pk]),
            location=row.location,
            grades=_grades(row.grades),
        )
        for row in leave.sections
    ]
