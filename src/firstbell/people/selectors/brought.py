"""What a source brought earlier, so that a delta of it can be understood."""

from __future__ import annotations

from datetime import date

from firstbell.people.data import Brought, SessionKind, SessionRecord
from firstbell.people.models import (
    AcademicSession,
    SchoolEnrollment,
    Section,
    SectionSession,
    StaffAssignment,
    StudentContact,
)
from firstbell.people.selectors.source_ids import source_ids
from firstbell.platform.access import NotAllowed, Viewer


def brought_by(viewer: Viewer, source: str) -> Brought:
    """What ``source`` brought and did not end, by its own keys. Raises NotAllowed but for a job."""
    if not viewer.purpose:
        raise NotAllowed("reading what a source brought")
    keys = {
        kind: {row: key for key, row in source_ids(source, kind).items()}
        for kind in ("agency", "school", "student", "contact", "staff", "session", "section")
    }
    sessions = {
        keys["session"][row.pk]: SessionRecord(
            key=keys["session"][row.pk],
            name=row.name,
            kind=SessionKind(row.kind),
            school_year=row.school_year,
            begin=row.begin,
            end=row.end,
        )
        for row in AcademicSession.objects.filter(ended_on=None)
        if row.pk in keys["session"]
    }
    return Brought(
        on=viewer.today,
        relations=_relations(source, keys["student"], keys["contact"]),
        **{
            name: frozenset(keys[kind].values())
            for name, kind in (
                ("agencies", "agency"),
                ("schools", "school"),
                ("students", "student"),
                ("contacts", "contact"),
                ("staff", "staff"),
            )
        },
        sessions=sessions,
        sections=_sections(keys["section"]),
        stays=_stays(source, keys["student"], keys["school"]),
        posts=_posts(source, keys["staff"], keys["school"]),
    )


def _sections(keys: dict[int, str]) -> dict[str, date]:
    first: dict[str, date] = {}
    for rows in (
        Section.objects.values_list("pk", "offering__session__begin"),
        SectionSession.objects.values_list("section_id", "session__begin"),
    ):
        for row, begin in rows:
            if row in keys:
                first[keys[row]] = min(begin, first.get(keys[row], begin))
    return first


def _stays(source: str, students: dict[int, str], schools: dict[int, str]) -> dict[tuple[str, str], date]:
    rows = SchoolEnrollment.objects.filter(source=source, superseded_at=None).order_by("entry")
    return {
        (students[student], schools[school]): entry
        for student, school, entry in rows.values_list("student_id", "school_id", "entry")
        if student in students and school in schools
    }


def _posts(source: str, staff: dict[int, str], schools: dict[int, str]) -> dict[tuple[str, str], date]:
    rows = StaffAssignment.objects.filter(source=source).order_by("begin")
    return {
        (staff[person], schools.get(school, "")): begin
        for person, school, begin in rows.values_list("staff_id", "school_id", "begin")
        if person in staff
    }


def _relations(
    source: str, students: dict[int, str], contacts: dict[int, str]
) -> dict[tuple[str, str], tuple[str, int]]:
    rows = StudentContact.objects.filter(source=source, end=None)
    return {
        (students[student], contacts[contact]): (relation, order)
        for student, contact, relation, order in rows.values_list(
            "student_id", "contact_id", "relation", "order"
        )
        if student in students and contact in contacts
    }
