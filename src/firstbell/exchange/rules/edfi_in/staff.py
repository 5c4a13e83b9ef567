"""Staff with their posts and sections; employment, leave and credentials kept for the rooms to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from firstbell.exchange.rules.edfi_in.draft import Draft, key
from firstbell.exchange.rules.edfi_in.people import directory, further, person_name
from firstbell.formats.edfi.records import staff as e
from firstbell.people.data import (
    SectionPosition,
    SectionStaffRecord,
    StaffAssignmentRecord,
    StaffRecord,
    StaffRole,
)


def member(draft: Draft, record: e.Staff) -> None:
    """A staff member; employment dates come with the employments."""
    words = draft.words
    draft.set_aside(
        "staff",
        StaffRecord(
            key=record.number,
            name=person_name(record.name),
            state_id=record.number,
            directory=directory(draft, "staff", record.addresses, record.telephones, record.emails),
            sex=words.look("sexes", record.sex, record.file, record.line) if record.sex else "",
            birth_date=record.birth_date,
        ),
    )
    draft.keep(
        "staff_attributes",
        record.number,
        {
            "staff": record.number,
            "hispanic": record.hispanic,
            "old_ethnicity": record.old_ethnicity,
            "races": [words.look("races", race, record.file, record.line) for race in record.races],
            "education": record.education,
            "years_professional": record.years_professional,
            "years_teaching": record.years_teaching,
            "highly_qualified": record.highly_qualified if isinstance(record, e.Teacher) else None,
            "credentials": [_credential(one) for one in record.credentials],
            **further(record.name, record.addresses, record.telephones, record.emails),
        },
    )


def _credential(one: e.Credential) -> dict[str, str]:
    return {
        "type": one.kind,
        "field": one.field,
        "field_code": one.field_code,
        "level": one.level,
        "teaching_type": one.teaching_kind,
        "issued": one.issued.isoformat() if one.issued else "",
        "expires": one.expires.isoformat() if one.expires else "",
        "basis": one.basis,
    }


def full_time_share(percentage: Decimal | None) -> Decimal | None:
    """The share of a full-time position; Ed-Fi 1.0 writes it in percent.

    >>> full_time_share(Decimal('50'))
    Decimal('0.5')
    """
    return None if percentage is None else percentage / 100


def employment(draft: Draft, record: e.StaffEducationOrgEmploymentAssociation) -> None:
    """An employment."""
    draft.set_aside("employments", record)
    hired = record.hired.isoformat() if record.hired else ""
    draft.keep(
        "staff_employments",
        key(record.staff, record.organization, record.status, hired),
        {
            "staff": record.staff,
            "organization": record.organization,
            "status": record.status,
            "hired": record.hired,
            "ended": record.ended,
            "separation": record.separation,
            "department": record.department,
            "full_time_share": full_time_share(record.full_time),
        },
    )


def assignment(draft: Draft, record: e.StaffEducationOrgAssignmentAssociation) -> None:
    """A post, at a school or at the district."""
    draft.set_aside("assignments", record)


def teacher_school(draft: Draft, record: e.TeacherSchoolAssociation) -> None:
    """What a teacher teaches at a school."""
    words = draft.words
    draft.keep(
        "staff_schools",
        key(record.staff, record.school, record.program),
        {
            "staff": record.staff,
            "school": record.school,
            "program": record.program,
            "grades": [
                words.look("grade_levels", grade, record.file, record.line) for grade in record.grades
            ],
            "subjects": record.subjects,
        },
    )


def teacher_section(draft: Draft, record: e.TeacherSectionAssociation) -> None:
    """A teacher in a section."""
    draft.set_aside("section_staff", record)


def leave(draft: Draft, record: e.LeaveEvent) -> None:
    """A day of leave."""
    draft.keep(
        "leave_events",
        key(record.staff, record.day.isoformat(), record.category),
        {
            "staff": record.staff,
            "day": record.day,
            "category": record.category,
            "reason": record.reason,
            "hours": record.hours,
        },
    )


def credential_field(draft: Draft, record: e.CredentialFieldDescriptor) -> None:
    """A field in which a teacher can be certified."""
    draft.keep(
        "credential_descriptors",
        key(record.organization, record.code),
        {
            "code": record.code,
            "description": record.description,
            "subject": record.subject,
            "organization": record.organization,
        },
    )


def finish(draft: Draft) -> None:
    """Staff with their dates, posts by role, section staff with their spans."""
    _staff(draft)
    _assignments(draft)
    _section_staff(draft)
    draft.tell(
        "people.staff_without_email",
        "{n} staff have no e-mail",
        "add it before they are to sign in; usernames are made without it",
        ({"staff": record.key} for record in draft.roster.staff or () if not record.directory.email),
    )


def _staff(draft: Draft) -> None:
    hired: dict[str, date] = {}
    ended: dict[str, list[date | None]] = {}
    for one in draft.take_aside("employments"):
        if one.hired is not None:
            hired[one.staff] = min(one.hired, hired.get(one.staff, one.hired))
        ended.setdefault(one.staff, []).append(one.ended)
    for record in draft.take_aside("staff"):
        ends = ended.get(record.key, [])
        last = max((end for end in ends if end), default=None) if None not in ends else None
        draft.add("staff", replace(record, hire_date=hired.get(record.key), end_date=last))


def _assignments(draft: Draft) -> None:
    schools = {record.key for record in draft.roster.schools or ()}
    agencies = {record.key for record in draft.roster.agencies or ()}
    for record in draft.take_aside("assignments"):
        role = draft.words.look("staff_classifications", record.classification, record.file, record.line)
        of_district = record.organization in agencies and record.organization not in schools
        draft.add(
            "staff_assignments",
            StaffAssignmentRecord(
                staff=record.staff,
                role=StaffRole(role),
                begin=record.begin,
                end=record.end,
                school="" if of_district else record.organization,
                title=record.title,
                classification=record.classification,
            ),
        )


def _section_staff(draft: Draft) -> None:
    sessions = {record.key: record for record in draft.roster.sessions or ()}
    for record in draft.take_aside("section_staff"):
        where = record.section
        session = sessions.get(key(where.school, where.school_year, where.term))
        begin = record.begin or (session.begin if session else None)
        if begin is None:
            draft.tell(
                "edfi.no_begin",
                "{n} teacher has no begin date in a section whose session is unknown, and was left out",
                "add the begin date or the session to the source",
                [{"staff": record.staff, "section": draft.section_key(where)}],
            )
            continue
        position = draft.words.look("classroom_positions", record.position, record.file, record.line)
        draft.add(
            "section_staff",
            SectionStaffRecord(
                staff=record.staff,
                section=draft.section_key(where),
                begin=begin,
                position=SectionPosition(position),
                end=record.end,
            ),
        )


TAKES = {
    e.Staff: member,
    e.Teacher: member,
    e.StaffEducationOrgEmploymentAssociation: employment,
    e.StaffEducationOrgAssignmentAssociation: assignment,
    e.TeacherSchoolAssociation: teacher_school,
    e.TeacherSectionAssociation: teacher_section,
    e.LeaveEvent: leave,
    e.CredentialFieldDescriptor: credential_field,
}
