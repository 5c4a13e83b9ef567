"""Course offerings and sections. A section's code repeats; its natural key has six parts."""

from __future__ import annotations

from collections import Counter

from firstbell.exchange.rules.edfi_in.draft import Draft, key
from firstbell.formats.edfi.records import schedule as e
from firstbell.formats.edfi.records.parts import SectionKey
from firstbell.people.data import CourseOfferingRecord, MeetingRecord, SectionRecord


def offering(draft: Draft, record: e.CourseOffering) -> None:
    """A course that a school offers in a session."""
    draft.set_aside("offerings", record)


def section(draft: Draft, record: e.Section) -> None:
    """A section with its one period and room."""
    own = draft.section_key(
        SectionKey(
            school=record.school,
            course=record.course,
            school_year=record.school_year,
            term=record.term,
            period=record.period,
            room=record.room,
        )
    )
    draft.set_aside("sections", (own, record))
    draft.keep(
        "section_attributes",
        own,
        {
            "section": own,
            "code": record.code,
            "credit": record.credit,
            "environment": record.environment,
            "sequence": record.sequence,
        },
    )


def finish(draft: Draft) -> None:
    """Offerings and sections, once the catalogue is whole, and what is odd about them."""
    _offerings(draft)
    _sections(draft)
    _repeated_codes(draft)
    _empty_offerings(draft)


def _offerings(draft: Draft) -> None:
    known = {record.key for record in draft.roster.courses or ()}
    agency = {record.key: record.agency for record in draft.roster.schools or ()}
    for record in draft.take_aside("offerings"):
        course = key(record.school, record.course)
        of_district = key(agency.get(record.school, ""), record.course)
        draft.add(
            "course_offerings",
            CourseOfferingRecord(
                key=_offering_key(
                    record.school, record.local_code, record.session.school_year, record.session.term
                ),
                course=course if course in known or of_district not in known else of_district,
                school=record.school,
                session=key(record.school, record.session.school_year, record.session.term),
                local_code=record.local_code,
                title=record.title,
            ),
        )


def _offering_key(school: str, code: str, year: str, term: str) -> str:
    return key(school, code, year, term)


def _sections(draft: Draft) -> None:
    titles = {record.key: record.title for record in draft.roster.courses or ()}
    offered = {
        record.key: record.title or titles.get(record.course, "")
        for record in draft.roster.course_offerings or ()
    }
    homerooms = _homerooms(draft)
    for own, record in draft.take_aside("sections"):
        offering_key = _offering_key(record.school, record.course, record.school_year, record.term)
        draft.add(
            "sections",
            SectionRecord(
                key=own,
                offering=offering_key,
                code=record.code,
                title=offered.get(offering_key, ""),
                meetings=(
                    MeetingRecord(
                        period=key(record.school, record.period), room=key(record.school, record.room)
                    ),
                ),
                homeroom=own in homerooms,
            ),
        )


def _homerooms(draft: Draft) -> set[str]:
    """Sections all of whose enrollments carry the homeroom flag."""
    plain = {row.section for row in draft.roster.section_enrollments or () if not row.homeroom}
    return {row.section for row in draft.roster.section_enrollments or ()} - plain


def _repeated_codes(draft: Draft) -> None:
    codes = Counter(record.code for record in draft.roster.sections or ())
    draft.tell(
        "schedule.section_code_repeats",
        "{n} section codes stand for more than one section; sections are told apart by course, term, "
        "period and room",
        "nothing to do; give sections their own codes if people look them up by code",
        ({"code": code, "sections": str(count)} for code, count in codes.items() if count > 1),
    )


def _empty_offerings(draft: Draft) -> None:
    used = {record.offering for record in draft.roster.sections or ()}
    draft.tell(
        "schedule.offering_without_section",
        "{n} course offerings have no section",
        "nothing to do, or end the offering in the source",
        (
            {"offering": record.key}
            for record in draft.roster.course_offerings or ()
            if record.key not in used
        ),
    )


TAKES = {e.CourseOffering: offering, e.Section: section}
