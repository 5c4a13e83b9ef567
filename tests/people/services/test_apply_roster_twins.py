"""Any two rosters of a small world in a row: what stands is the second, and the difference says so.

The twin counts records of two rosters against each other without a database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people import models as m
from firstbell.people.api import apply_roster, job_viewer
from firstbell.people.data import (
    Demographics,
    Directory,
    MeetingRecord,
    PersonName,
    ProgramKind,
    ProgramParticipationRecord,
    Roster,
    RosterDifference,
)
from firstbell.people.testing import BEGIN, END, SOURCE, TODAY, small_roster
from tests.undone import MODEST, undone

pytestmark = pytest.mark.django_db

JOB = job_viewer("test", TODAY)
YESTERDAY = TODAY - timedelta(days=1)
PEOPLE = (m.Student, m.Contact, m.Staff, m.Section)
PAST, SOON = date(2026, 10, 30), date(2026, 12, 11)


SEEDS = st.integers(0, 2**32)


def roster_of(seed: int) -> Roster:
    """The small world with anybody and anything missing or said otherwise, by chance."""
    chance = Random(seed)
    roster = small_roster(students=3, sections=2)

    def kept(rows: list[Any] | None) -> list[Any]:
        return [row for row in rows or () if chance.random() > 0.15]

    def one(*values: Any) -> Any:
        return chance.choice(values)

    roster.students = [
        replace(
            row,
            name=one(row.name, row.name, PersonName(first="Zoë", last="Núñez")),
            demographics=one(row.demographics, Demographics(birth_date=PAST, sex="X")),
            directory=one(row.directory, Directory(city="Lakeside", phone="1")),
            identifiers=one((), (("SSN", "9"),), (("bus", "7"), ("locker", "12"))),
        )
        for row in kept(roster.students)
    ]
    students = {row.key for row in roster.students}
    roster.contacts = kept(roster.contacts)
    contacts = {row.key for row in roster.contacts}
    roster.student_contacts = [
        replace(row, relation=one("Mother", "Aunt"), portal_access=one(True, False), order=one(1, 2))
        for row in kept(roster.student_contacts)
        if row.student in students and row.contact in contacts
    ]
    roster.courses = [replace(row, title=one(row.title, "Algebra")) for row in roster.courses or ()]
    roster.sections = [
        replace(
            row,
            title=one(row.title, "Renamed"),
            homeroom=one(True, False),
            meetings=one(row.meetings, (), (MeetingRecord(period=f"{row.key[:5]}-p1", letter="A"),)),
        )
        for row in kept(roster.sections)
    ]
    sections = {row.key for row in roster.sections}
    roster.school_enrollments = [
        replace(
            row,
            entry=one(BEGIN, BEGIN, PAST),
            exit=one(None, None, PAST, SOON),
            grade=one(row.grade, GradeLevel.GRADE_12),
            track=one("A", "B"),
        )
        for row in kept(roster.school_enrollments)
        if row.student in students
    ]
    roster.section_enrollments = [
        replace(row, begin=one(BEGIN, PAST), end=one(END, None, PAST, SOON))
        for row in kept(roster.section_enrollments)
        if row.student in students and row.section in sections
    ]
    roster.staff = kept(roster.staff)
    staff = {row.key for row in roster.staff}
    roster.staff_assignments = [
        replace(row, end=one(None, PAST, SOON))
        for row in kept(roster.staff_assignments)
        if row.staff in staff
    ]
    roster.section_staff = [
        row for row in kept(roster.section_staff) if row.staff in staff and row.section in sections
    ]
    roster.program_participations = [
        ProgramParticipationRecord(
            student=key, kind=chance.choice(list(ProgramKind)), begin=BEGIN, end=one(None, PAST)
        )
        for key in kept(sorted(students))
    ]
    roster.calendar_days = [
        replace(row, cycle_letter=one("", "A"), note=one("", "n"))
        for row in kept([row for row in roster.calendar_days or () if row.day.day in (1, 2, 20)])
    ]
    roster.bell_schedules = [
        replace(row, times=one(row.times, row.times[:1])) for row in roster.bell_schedules or ()
    ]
    return roster


# -- what a roster says, and what stands ---------------------------------------------------------------------

Rows = dict[str, set[tuple[Any, ...]]]


def told(roster: Roster) -> Rows:
    """A roster as sets of tuples, one a row that must stand."""
    students, sections = roster.students or (), roster.sections or ()
    return {
        "students": {(r.key, r.name.first, r.name.last, r.local_id, r.state_id) for r in students},
        "demographics": {
            (r.key, r.demographics.birth_date, r.demographics.sex) for r in students if r.demographics
        },
        "directories": {(r.key, r.directory.city, r.directory.phone) for r in students},
        "identifiers": {(r.key, *one) for r in students for one in r.identifiers},
        "contacts": {(r.key, r.name.last) for r in roster.contacts or ()},
        "student_contacts": {
            (r.student, r.contact, r.relation, r.portal_access, r.order, None)
            for r in roster.student_contacts or ()
        },
        "staff": {(r.key, r.name.last) for r in roster.staff or ()},
        "staff_assignments": {
            (r.staff, r.school or None, r.role, r.begin, r.end) for r in roster.staff_assignments or ()
        },
        "courses": {(r.key, r.title) for r in roster.courses or ()},
        "sections": {(r.key, r.title, r.homeroom) for r in sections},
        "meetings": {
            (r.key, one.period, one.letter, one.room or None) for r in sections for one in r.meetings
        },
        "school_enrollments": {
            (r.student, r.school, r.entry, r.exit, r.grade, r.track) for r in roster.school_enrollments or ()
        },
        "section_enrollments": {
            (r.student, r.section, r.begin, r.end) for r in roster.section_enrollments or ()
        },
        "section_staff": {(r.staff, r.section, r.begin, r.end) for r in roster.section_staff or ()},
        "programs": {(r.student, r.kind, r.begin, r.end) for r in roster.program_participations or ()},
        "calendar_days": {(r.calendar, r.day, r.cycle_letter, r.note) for r in roster.calendar_days or ()},
        "bell_times": {(r.key, t.period, t.minutes) for r in roster.bell_schedules or () for t in r.times},
    }


def standing() -> tuple[Rows, Rows]:
    """What stands in the tables under the source's keys, and of it what has ended."""
    keys = {(row.kind, row.object_id): row.key for row in m.SourceKey.objects.filter(source=SOURCE)}
    rows: Rows = {}
    ended: Rows = {}

    def put(name: str, over: bool, *values: Any) -> None:
        rows.setdefault(name, set()).add(values)
        if over:
            ended.setdefault(name, set()).add(values)

    def past(day: date | None) -> bool:
        return day is not None and day < TODAY

    def key(kind: str, row: int | None) -> str | None:
        return None if row is None else keys[kind, row]

    for student in m.Student.objects.select_related("demographics", "directory"):
        own, over = keys["student", student.pk], student.ended_on is not None
        put("students", over, own, student.first_name, student.last_name, student.local_id, student.state_id)
        put("demographics", over, own, student.demographics.birth_date, student.demographics.sex)
        put("directories", over, own, student.directory.city, student.directory.phone)
        for one in student.identifiers.all():
            put("identifiers", over, own, one.system, one.value)
    for name, kind, model in (("contacts", "contact", m.Contact), ("staff", "staff", m.Staff)):
        for person in model.objects.all():
            put(name, person.ended_on is not None, keys[kind, person.pk], person.last_name)
    for link in m.StudentContact.objects.all():
        put(
            "student_contacts", past(link.end), key("student", link.student_id),
            key("contact", link.contact_id), link.relation, link.portal_access, link.order, link.end,
        )  # fmt: skip
    for post in m.StaffAssignment.objects.all():
        put(
            "staff_assignments", past(post.end), key("staff", post.staff_id), key("school", post.school_id),
            post.role, post.begin, post.end,
        )  # fmt: skip
    for course in m.Course.objects.all():
        put("courses", course.ended_on is not None, key("course", course.pk), course.title)
    for section in m.Section.objects.all():
        over = section.ended_on is not None
        put("sections", over, key("section", section.pk), section.title, section.homeroom)
        for meeting in section.meetings.all():
            put(
                "meetings", over, key("section", section.pk), key("period", meeting.period_id),
                meeting.letter, key("room", meeting.room_id),
            )  # fmt: skip
    for stay in m.SchoolEnrollment.objects.filter(superseded_at=None):
        put(
            "school_enrollments", past(stay.exit), key("student", stay.student_id),
            key("school", stay.school_id), stay.entry, stay.exit, stay.grade, stay.track,
        )  # fmt: skip
    for member in m.SectionEnrollment.objects.filter(superseded_at=None):
        put(
            "section_enrollments", past(member.end), key("student", member.student_id),
            key("section", member.section_id), member.begin, member.end,
        )  # fmt: skip
    for link in m.SectionStaff.objects.all():
        put(
            "section_staff", past(link.end), key("staff", link.staff_id), key("section", link.section_id),
            link.begin, link.end,
        )  # fmt: skip
    for program in m.ProgramParticipation.objects.all():
        put(
            "programs", past(program.end), key("student", program.student_id), program.kind, program.begin,
            program.end,
        )  # fmt: skip
    for day in m.CalendarDate.objects.all():
        put("calendar_days", False, key("calendar", day.calendar_id), day.day, day.cycle_letter, day.note)
    for time in m.BellTimeRow.objects.all():
        put(
            "bell_times",
            False,
            key("bell_schedule", time.bell_schedule_id),
            key("period", time.period_id),
            time.minutes,
        )
    return rows, ended


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the room, the log of acts apart."""
    return {
        model.__name__: sorted(map(repr, model.objects.values_list()))
        for model in apps.get_app_config("people").get_models()
    }


def apply(roster: Roster, **more: Any) -> RosterDifference:
    return apply_roster(JOB, roster, source=SOURCE, confirm=True, **more)


def stands(roster: Roster) -> None:
    """Every record of the roster has its row; whatever else is there has ended, but for identifiers of a
    system that the roster does not name."""
    rows, ended = standing()
    said = told(roster)
    systems = {system for _, system, _ in said["identifiers"]}
    for name, wanted in said.items():
        assert wanted <= rows.get(name, set()), name
        more = rows.get(name, set()) - wanted
        if name == "identifiers":
            more = {one for one in more if one[1] in systems}
        assert more <= ended.get(name, set()), name


@MODEST
@given(first_seed=SEEDS, second_seed=SEEDS)
def test_the_second_roster_stands_whatever_came_before(first_seed: int, second_seed: int) -> None:
    first, second = roster_of(first_seed), roster_of(second_seed)
    with undone():
        apply(first)
        stands(first)
        apply(second)
        stands(second)


@MODEST
@given(first_seed=SEEDS, second_seed=SEEDS)
def test_a_roster_applied_again_and_a_dry_run_change_nothing(first_seed: int, second_seed: int) -> None:
    first, second = roster_of(first_seed), roster_of(second_seed)
    with undone():
        apply(first)
        before = everything()
        foretold = apply(second, dry_run=True)
        assert everything() == before
        done = apply(second)
        assert (done.kinds, done.changes) == (foretold.kinds, foretold.changes)
        after = everything()
        again = apply(second)
        assert again.changes == 0
        assert everything() == after


@MODEST
@given(first_seed=SEEDS, second_seed=SEEDS)
def test_who_comes_back_is_who_was_there(first_seed: int, second_seed: int) -> None:
    first, second = roster_of(first_seed), roster_of(second_seed)
    with undone():
        apply(first)
        ids = [set(model.objects.values_list("pk", "sourced_id")) for model in PEOPLE]
        apply(second)
        apply(first)
        stands(first)
        for model, was in zip(PEOPLE, ids, strict=True):
            assert was <= set(model.objects.values_list("pk", "sourced_id"))
            known = {own for _, own in was}
            assert set(model.objects.filter(ended_on=None).values_list("sourced_id", flat=True)) == known


#: what makes two records of a kind one row, and what of it may change
IDENTITY: dict[str, Callable[[Any], Any]] = {
    "students": lambda r: r.key,
    "contacts": lambda r: r.key,
    "staff": lambda r: r.key,
    "courses": lambda r: r.key,
    "sections": lambda r: r.key,
    "student_contacts": lambda r: (r.student, r.contact),
    "staff_assignments": lambda r: (r.staff, r.school, r.role, r.begin, r.title),
    "section_staff": lambda r: (r.staff, r.section, r.begin),
    "program_participations": lambda r: (r.student, r.kind, r.begin),
    "school_enrollments": lambda r: (r.student, r.school, r.entry),
    "section_enrollments": lambda r: (r.student, r.section, r.begin),
}


def compared(kind: str, record: Any) -> Any:
    """The record without what belongs to tables of its own."""
    if kind == "students":
        return replace(record, demographics=None, directory=Directory(), identifiers=())
    if kind == "sections":
        return replace(record, meetings=())
    return record


def ends(kind: str, record: Any) -> bool:
    """Whether a record that the next roster lacks runs on today, so that it ends."""
    last = getattr(record, "exit" if kind == "school_enrollments" else "end", None)
    return last is None or last > YESTERDAY


@MODEST
@given(first_seed=SEEDS, second_seed=SEEDS)
def test_the_difference_counts_exactly_what_differs(first_seed: int, second_seed: int) -> None:
    first, second = roster_of(first_seed), roster_of(second_seed)
    with undone():
        apply(first)
        done = {kind.kind: kind for kind in apply(second).kinds}
    for kind, identity in IDENTITY.items():
        old = {identity(r): compared(kind, r) for r in getattr(first, kind)}
        new = {identity(r): compared(kind, r) for r in getattr(second, kind)}
        one = done[kind]
        assert one.added == len(new.keys() - old.keys()), kind
        assert one.changed == sum(old[key] != new[key] for key in old.keys() & new.keys()), kind
        assert one.ended == sum(ends(kind, old[key]) for key in old.keys() - new.keys()), kind
