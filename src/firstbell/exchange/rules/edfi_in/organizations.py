"""Agencies, schools with their periods and rooms, the course catalogue, programs."""

from __future__ import annotations

import re

from firstbell.exchange.rules.edfi_in.draft import Draft, key
from firstbell.formats.edfi.records import education as e
from firstbell.formats.edfi.records.parts import Address
from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import (
    AgencyKind,
    AgencyRecord,
    CourseRecord,
    PeriodRecord,
    RoomRecord,
    SchoolRecord,
)

_LEADING_NUMBER = re.compile(r"\d{1,4}")


def grade_levels(draft: Draft, words: tuple[str, ...], file: str, line: int) -> tuple[GradeLevel, ...]:
    """Grade levels in order of age."""
    levels = {GradeLevel(draft.words.look("grade_levels", word, file, line)) for word in words}
    return tuple(sorted(levels, key=lambda level: level.ordinal))


def one_line(address: Address | None) -> str:
    """An address as one line."""
    if address is None:
        return ""
    street = " ".join(part for part in (address.street, address.apartment) if part)
    place = " ".join(part for part in (address.state, address.postal_code) if part)
    return ", ".join(part for part in (street, address.city, place) if part)


def _reach(draft: Draft, record: e.Organization) -> dict[str, str]:
    order = draft.words.order("organization_addresses")
    addresses = sorted(record.addresses, key=lambda a: order.index(a.kind) if a.kind in order else len(order))
    order = draft.words.order("institution_telephones")
    phones = sorted(
        (phone for phone in record.telephones if phone.kind in order), key=lambda p: order.index(p.kind)
    )
    return {
        "short_name": record.short_name,
        "website": record.website,
        "address": one_line(addresses[0] if addresses else None),
        "phone": phones[0].number if phones else "",
    }


def state_agency(draft: Draft, record: e.StateEducationAgency) -> None:
    """A state's agency."""
    draft.add(
        "agencies",
        AgencyRecord(
            key=record.number,
            name=record.name,
            kind=AgencyKind.STATE,
            state_id=record.number,
            **_reach(draft, record),
        ),
    )


def service_center(draft: Draft, record: e.EducationServiceCenter) -> None:
    """A regional service centre."""
    draft.add(
        "agencies",
        AgencyRecord(
            key=record.number,
            name=record.name,
            kind=AgencyKind.SERVICE_CENTER,
            state_id=record.number,
            **_reach(draft, record),
        ),
    )


def district(draft: Draft, record: e.LocalEducationAgency) -> None:
    """A district, under its service centre or its state; its address tells the state whose rules hold."""
    draft.states[record.number] = next((one.state for one in record.addresses if one.state), "")
    draft.add(
        "agencies",
        AgencyRecord(
            key=record.number,
            name=record.name,
            kind=AgencyKind.DISTRICT,
            state_id=record.number,
            parent=record.service_center or record.state_agency,
            **_reach(draft, record),
        ),
    )


def school(draft: Draft, record: e.School) -> None:
    """A school, its rooms, and the periods that the file lets schools share: each school gets its own."""
    draft.add(
        "schools",
        SchoolRecord(
            key=record.number,
            name=record.name,
            agency=record.district,
            state_id=record.number,
            level=", ".join(record.levels),
            grades=grade_levels(draft, record.grades, record.file, record.line),
            **_reach(draft, record),
        ),
    )
    for index, period in enumerate(record.periods, start=1):
        number = _LEADING_NUMBER.match(period.name)
        draft.add(
            "periods",
            PeriodRecord(
                key=key(record.number, period.name),
                school=record.number,
                name=period.name,
                order=int(number[0]) if number else index,
            ),
        )
    for room in record.rooms:
        draft.add(
            "rooms",
            RoomRecord(
                key=key(record.number, room.code), school=record.number, name=room.code, seats=room.seats
            ),
        )
    draft.keep("school_attributes", record.number, _school_attributes(record))


def _school_attributes(record: e.School) -> dict[str, object]:
    return {
        "school": record.number,
        "status": record.status,
        "type": record.kind,
        "charter": record.charter,
        "title_one": record.title_one,
        "ratings": [
            {
                "title": rating.title,
                "rating": rating.rating,
                "day": rating.day.isoformat() if rating.day else "",
                "school_year": rating.school_year,
                "organization": rating.organization,
                "program": rating.program,
            }
            for rating in record.ratings
        ],
    }


def course(draft: Draft, record: e.Course) -> None:
    """A catalogue entry of a school; one of the district names no school, which the end decides."""
    draft.set_aside("courses", record)
    draft.keep(
        "course_attributes",
        key(record.organization, record.code),
        {
            "course": key(record.organization, record.code),
            "parts": record.parts,
            "characteristics": record.characteristics,
            "graduation_requirement": record.graduation_requirement,
            "gpa": record.gpa,
            "defined_by": record.defined_by,
        },
    )


def program(draft: Draft, record: e.Program) -> None:
    """A program of the district, for the participations that name it by its type."""
    draft.keep(
        "programs",
        key(record.number, record.kind),
        {"number": record.number, "type": record.kind, "sponsor": record.sponsor},
    )


def finish(draft: Draft) -> None:
    """Courses, once it is known which organizations are schools."""
    schools = {record.key for record in draft.roster.schools or ()}
    agencies = {record.key for record in draft.roster.agencies or ()}
    for record in draft.take_aside("courses"):
        of_district = record.organization in agencies and record.organization not in schools
        draft.add(
            "courses",
            CourseRecord(
                key=key(record.organization, record.code),
                title=record.title,
                code=record.code,
                school="" if of_district else record.organization,
                subject=record.subject,
                grades=grade_levels(draft, record.grades, record.file, record.line),
                description=record.description if record.description != record.title else "",
            ),
        )


TAKES = {
    e.StateEducationAgency: state_agency,
    e.EducationServiceCenter: service_center,
    e.LocalEducationAgency: district,
    e.School: school,
    e.Course: course,
    e.Program: program,
}
