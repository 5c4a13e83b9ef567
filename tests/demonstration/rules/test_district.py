"""An invented district is whole: every reference leads somewhere, every span lies where it may."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from datetime import date
from functools import cache

import pytest

from firstbell.demonstration.rules.calendar import year_shown
from firstbell.demonstration.rules.district import Invented, invent
from firstbell.demonstration.rules.shape import Level
from firstbell.people.api import codes_on
from firstbell.people.data import EnrollmentStatus, ProgramKind, SectionPosition, StaffRole
from firstbell.people.rules.enrollment import Stay, exit_is_possible, overlapping

WINTER = date(2027, 2, 9)


@cache
def district(students: int = 2_000, seed: int = 1, known_on: date = WINTER) -> Invented:
    """A district, made once."""
    return invent(students, seed, known_on)


def digest(found: Invented) -> str:
    """A hash of everything that is written down."""
    rows = [getattr(found.roster, kind) for kind in found.roster.kinds()]
    return hashlib.sha256(
        repr((rows, found.court_orders, found.caseloads, found.substitutes)).encode()
    ).hexdigest()


def test_the_same_seed_makes_the_same_district_and_another_seed_another():
    assert digest(invent(400, 7, WINTER)) == digest(invent(400, 7, WINTER))
    assert digest(invent(400, 7, WINTER)) != digest(invent(400, 8, WINTER))


#: list of the roster -> (field, list it refers to)
REFERENCES = {
    "agencies": [("parent", "agencies")],
    "schools": [("agency", "agencies")],
    "sessions": [("school", "schools"), ("parent", "sessions")],
    "calendars": [("school", "schools")],
    "calendar_days": [("calendar", "calendars")],
    "periods": [("school", "schools")],
    "bell_schedules": [("school", "schools")],
    "rooms": [("school", "schools")],
    "student_contacts": [("student", "students"), ("contact", "contacts")],
    "staff_assignments": [("staff", "staff"), ("school", "schools")],
    "courses": [("school", "schools")],
    "course_offerings": [("course", "courses"), ("school", "schools"), ("session", "sessions")],
    "sections": [("offering", "course_offerings")],
    "school_enrollments": [("student", "students"), ("school", "schools")],
    "section_enrollments": [("student", "students"), ("section", "sections")],
    "section_staff": [("staff", "staff"), ("section", "sections")],
    "program_participations": [("student", "students")],
}


@pytest.mark.parametrize("students", [100, 2_000])
def test_no_reference_dangles_and_no_key_stands_twice(students):
    roster = district(students).roster
    keys = {}
    for kind in roster.kinds():
        rows = getattr(roster, kind)
        assert rows is not None or kind not in REFERENCES, kind
        if rows and getattr(rows[0], "key", ""):
            keys[kind] = {row.key for row in rows}
            assert len(keys[kind]) == len(rows), kind
    for kind, fields in REFERENCES.items():
        for name, target in fields:
            named = {getattr(row, name) for row in getattr(roster, kind)} - {""}
            assert named <= keys[target], (kind, name)
    rooms, periods = keys["rooms"], keys["periods"]
    for section in roster.sections:
        assert section.meetings, section.key
        assert {meeting.room for meeting in section.meetings} <= rooms
        assert {meeting.period for meeting in section.meetings} <= periods
    people = keys["students"] | keys["staff"] | keys["contacts"]
    found = district(students)
    assert {order.student for order in found.court_orders} <= people
    assert {order.contact for order in found.court_orders} <= people
    assert {row.staff for row in found.caseloads} | {row.student for row in found.caseloads} <= people


def test_user_names_and_numbers_are_given_once():
    roster = district().roster
    names = [row.username for row in (*roster.students, *roster.staff, *roster.contacts) if row.username]
    assert len(names) == len(set(names))
    assert all(name.isascii() and name == name.lower() for name in names)
    for numbers in (
        [row.local_id for row in roster.students],
        [row.state_id for row in roster.students],
        [row.local_id for row in roster.staff],
    ):
        assert len(numbers) == len(set(numbers))


def test_enrollments_are_such_as_the_registrar_could_have_written():
    roster = district().roster
    stays = defaultdict(list)
    for row in roster.school_enrollments:
        assert row.entry <= WINTER
        assert exit_is_possible(row.entry, row.exit)
        assert row.entry_code in {code.code for code in codes_on("entry", row.entry)}
        if row.exit is not None:
            assert row.exit_code in {code.code for code in codes_on("exit", row.exit)}
        stays[row.student].append(Stay(row.entry, row.exit, EnrollmentStatus.PRIMARY))
    assert all(overlapping(rows) is None for rows in stays.values())
    codes = Counter(row.exit_code for row in roster.school_enrollments if row.exit)
    assert {"T160", "N470"} <= set(codes)
    assert "RETURN" in {row.entry_code for row in roster.school_enrollments}


def test_section_enrollments_lie_inside_stays_and_terms():
    found = district()
    roster = found.roster
    offering = {row.key: row for row in roster.course_offerings}
    session = {row.key: row for row in roster.sessions}
    sections = {row.key: row for row in roster.sections}
    stays = defaultdict(list)
    for row in roster.school_enrollments:
        stays[row.student, row.school].append((row.entry, row.exit))
    for row in roster.section_enrollments:
        where = offering[sections[row.section].offering]
        term = session[where.session]
        assert term.begin <= row.begin
        assert row.end is None or row.begin <= row.end <= term.end
        assert any(
            entry <= row.begin and (leave is None or (row.end is not None and row.end <= leave))
            for entry, leave in stays[row.student, where.school]
        ), row


def test_nobody_sits_or_teaches_in_two_places_at_once():
    roster = district().roster
    sections = {row.key: row for row in roster.sections}
    offering = {row.key: row for row in roster.course_offerings}

    def slots(key: str) -> set[tuple[str, str, str]]:
        session = offering[sections[key].offering].session
        terms = (
            ["-s1", "-s2"] if session.endswith(("2026", "2027")) else [session[-3:]]
        )  # a class of the year meets in both semesters
        return {(m.period, m.letter, term) for m in sections[key].meetings for term in terms}

    for people in (
        [(row.student, row.section) for row in roster.section_enrollments if row.end is None],
        [(row.staff, row.section) for row in roster.section_staff],
    ):
        taken = Counter((who, slot) for who, section in people for slot in slots(section))
        assert [key for key, count in taken.items() if count > 1] == []


def test_classes_have_a_size_that_one_teacher_can_teach():
    found = district()
    sizes = Counter(row.section for row in found.roster.section_enrollments if row.end is None)
    assert max(sizes.values()) <= 45
    assert sum(size < 8 for size in sizes.values()) <= len(sizes) * 0.02
    teachers = Counter(
        row.section for row in found.roster.section_staff if row.position is SectionPosition.TEACHER_OF_RECORD
    )
    assert set(teachers) == {row.key for row in found.roster.sections}
    assert set(teachers.values()) == {1}


def test_there_is_what_the_pages_want_to_show():
    found = district()
    roster = found.roster
    assert {row.role for row in roster.staff_assignments} >= set(StaffRole) - {
        StaffRole.COACH,
        StaffRole.OTHER,
    }
    assert {row.kind for row in roster.program_participations} == set(ProgramKind) - {ProgramKind.OTHER}
    assert found.court_orders
    assert any(row.confidential for row in (s.directory for s in roster.students))
    assert len({row.language for row in roster.contacts}) >= 5
    assert any(row.position is SectionPosition.CO_TEACHER for row in roster.section_staff)
    assert any(
        len({m.letter for m in row.meetings}) == 1 and row.meetings[0].letter for row in roster.sections
    )
    assert any(row.name.preferred_first for row in roster.students)
    barred = {(order.student, order.contact) for order in found.court_orders}
    for link in roster.student_contacts:
        if (link.student, link.contact) in barred:
            assert (link.has_rights, link.may_pick_up, link.portal_access) == (False, False, False)


def test_a_district_grows_as_asked():
    for students in (100, 500, 10_000):
        found = invent(students, 1, WINTER)
        enrolled = sum(row.exit is None for row in found.roster.school_enrollments)
        assert students * 0.94 <= enrolled <= students * 1.04 + 3
        levels = {school.level for school in found.shape.schools}
        assert levels == set(Level)
    assert any(len(school.cycle) == 6 for school in found.shape.schools), "a school of rotating days"
    with pytest.raises(ValueError, match="100 to 250,000"):
        invent(99, 1, WINTER)


def test_what_was_known_stays_known():
    """Whoever was there in November is there in February, with the same entry; later exits are new."""
    early, late = district(500, 3, date(2026, 11, 24)).roster, district(500, 3, WINTER).roster
    for kind in ("students", "contacts", "staff", "sections", "rooms", "student_contacts"):
        assert set(map(repr, getattr(early, kind))) <= set(map(repr, getattr(late, kind))), kind
    entries = {(row.student, row.school, row.entry) for row in late.school_enrollments}
    assert {(row.student, row.school, row.entry) for row in early.school_enrollments} <= entries
    ended = {row.student for row in late.school_enrollments if row.exit}
    assert ended > {row.student for row in early.school_enrollments if row.exit}


@pytest.mark.parametrize(
    ("today", "ending"), [(date(2026, 8, 11), 2026), (date(2026, 8, 12), 2027), (date(2027, 7, 4), 2027)]
)
def test_the_year_shown_is_the_one_whose_instruction_has_begun(today, ending):
    assert year_shown(today).ending == ending


def test_in_summer_the_year_is_over_for_everybody():
    found = invent(300, 1, date(2027, 7, 4))
    last = found.plans.district.taught[-1]
    assert all(row.exit is not None and row.exit <= last for row in found.roster.school_enrollments)
    codes = {row.grade.value: row.exit_code for row in found.roster.school_enrollments if row.exit == last}
    assert codes["12"] == "E230"
    assert codes["05"] == "E155"
