"""Kinds of rows that a source names by its own key, and how a record becomes columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from firstbell.people import models as m
from firstbell.people.data import (
    AgencyRecord,
    BellScheduleRecord,
    CalendarRecord,
    ContactRecord,
    CourseOfferingRecord,
    CourseRecord,
    Directory,
    PeriodRecord,
    PersonName,
    RoomRecord,
    SchoolRecord,
    SectionRecord,
    SessionRecord,
    StaffRecord,
    StudentRecord,
)

#: answers the row id of (kind, key); an empty key answers None
Refer = Callable[[str, str], int | None]


@dataclass(frozen=True)
class Kind:
    """One kind: its list in the roster, its table, how a record becomes columns.

    ``natural`` names the columns by which a row that another source brought is recognized; a row is
    matched so only when every one of them is filled. ``exact`` never merges on names alone.
    """

    name: str
    kind: str
    model: type[m.Agency] | Any
    columns: Callable[[Any, Refer], dict[str, Any]]
    natural: tuple[tuple[str, ...], ...] = ()
    label: Callable[[Any], str] = lambda record: str(record.key)


def _name(name: PersonName) -> dict[str, Any]:
    return {
        "first_name": name.first,
        "middle_name": name.middle,
        "last_name": name.last,
        "suffix": name.suffix,
        "preferred_first_name": name.preferred_first,
        "preferred_middle_name": name.preferred_middle,
        "preferred_last_name": name.preferred_last,
    }


def directory_columns(directory: Directory) -> dict[str, Any]:
    """The columns of ``Reachable``."""
    return {name: getattr(directory, name) for name in DIRECTORY}


DIRECTORY = ("address", "city", "state", "postal_code", "phone", "mobile", "email", "confidential")


def _agency(record: AgencyRecord, refer: Refer) -> dict[str, Any]:
    return {
        "kind": record.kind.value,
        "name": record.name,
        "short_name": record.short_name,
        "state_id": record.state_id,
        "parent_id": refer("agencies", record.parent),
        "address": record.address,
        "phone": record.phone,
        "website": record.website,
    }


def _school(record: SchoolRecord, refer: Refer) -> dict[str, Any]:
    return {
        "agency_id": refer("agencies", record.agency),
        "name": record.name,
        "short_name": record.short_name,
        "state_id": record.state_id,
        "level": record.level,
        "grades": [grade.value for grade in record.grades],
        "address": record.address,
        "phone": record.phone,
        "website": record.website,
    }


def _session(record: SessionRecord, refer: Refer) -> dict[str, Any]:
    return {
        "school_id": refer("schools", record.school),
        "kind": record.kind.value,
        "name": record.name,
        "school_year": record.school_year,
        "begin": record.begin,
        "end": record.end,
        "parent_id": refer("sessions", record.parent),
    }


def _calendar(record: CalendarRecord, refer: Refer) -> dict[str, Any]:
    return {
        "school_id": refer("schools", record.school),
        "school_year": record.school_year,
        "track": record.track,
        "name": record.name,
    }


def _period(record: PeriodRecord, refer: Refer) -> dict[str, Any]:
    return {"school_id": refer("schools", record.school), "name": record.name, "order": record.order}


def _bell_schedule(record: BellScheduleRecord, refer: Refer) -> dict[str, Any]:
    return {
        "school_id": refer("schools", record.school),
        "name": record.name,
        "day_types": [day_type.value for day_type in record.day_types],
        "letters": list(record.letters),
        "grades": [grade.value for grade in record.grades],
    }


def _room(record: RoomRecord, refer: Refer) -> dict[str, Any]:
    return {"school_id": refer("schools", record.school), "name": record.name, "seats": record.seats}


def _student(record: StudentRecord, refer: Refer) -> dict[str, Any]:
    return {
        **_name(record.name),
        "local_id": record.local_id,
        "state_id": record.state_id,
        "username": record.username,
        "reported_grade": record.grade.value if record.grade else "",
    }


def _contact(record: ContactRecord, refer: Refer) -> dict[str, Any]:
    return {
        **_name(record.name),
        **directory_columns(record.directory),
        "local_id": record.local_id,
        "username": record.username,
        "language": record.language,
    }


def _staff(record: StaffRecord, refer: Refer) -> dict[str, Any]:
    return {
        **_name(record.name),
        **directory_columns(record.directory),
        "local_id": record.local_id,
        "state_id": record.state_id,
        "username": record.username,
        "sex": record.sex,
        "birth_date": record.birth_date,
        "hire_date": record.hire_date,
        "end_date": record.end_date,
    }


def _course(record: CourseRecord, refer: Refer) -> dict[str, Any]:
    return {
        "school_id": refer("schools", record.school),
        "code": record.code,
        "title": record.title,
        "description": record.description,
        "subject": record.subject,
        "subject_code": record.subject_code,
        "school_year": record.school_year,
        "grades": [grade.value for grade in record.grades],
    }


def _offering(record: CourseOfferingRecord, refer: Refer) -> dict[str, Any]:
    return {
        "course_id": refer("courses", record.course),
        "school_id": refer("schools", record.school),
        "session_id": refer("sessions", record.session),
        "local_code": record.local_code,
        "title": record.title,
    }


def _section(record: SectionRecord, refer: Refer) -> dict[str, Any]:
    return {
        "offering_id": refer("course_offerings", record.offering),
        "school_id": refer("offering_school", record.offering),
        "code": record.code,
        "title": record.title or record.code,
        "homeroom": record.homeroom,
        "location": record.location,
        "grades": [grade.value for grade in record.grades],
    }


def _person_label(record: StudentRecord | ContactRecord | StaffRecord) -> str:
    return record.local_id or record.key


KINDS: tuple[Kind, ...] = (
    Kind("agencies", "agency", m.Agency, _agency, (("kind", "state_id"),), lambda r: r.name),
    Kind("schools", "school", m.School, _school, (("state_id",),), lambda r: r.name),
    Kind("sessions", "session", m.AcademicSession, _session, (), lambda r: r.name),
    Kind("calendars", "calendar", m.Calendar, _calendar, (("school_id", "school_year", "track"),)),
    Kind("periods", "period", m.ClassPeriod, _period, (("school_id", "name"),), lambda r: r.name),
    Kind("bell_schedules", "bell_schedule", m.BellSchedule, _bell_schedule, (("school_id", "name"),)),
    Kind("rooms", "room", m.Room, _room, (("school_id", "name"),), lambda r: r.name),
    Kind("students", "student", m.Student, _student, (("state_id",), ("local_id",)), _person_label),
    Kind("contacts", "contact", m.Contact, _contact, (("local_id",),), _person_label),
    Kind("staff", "staff", m.Staff, _staff, (("state_id",), ("local_id",)), _person_label),
    Kind("courses", "course", m.Course, _course, (), lambda r: r.title),
    Kind("course_offerings", "course_offering", m.CourseOffering, _offering),
    Kind("sections", "section", m.Section, _section, (), lambda r: r.title or r.code),
)
