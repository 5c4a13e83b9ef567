"""A whole district from a size, a seed and a day."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from firstbell.demonstration.data import Caseload, CourtOrder
from firstbell.demonstration.rules.calendar import plan_year, sessions, year_shown
from firstbell.demonstration.rules.chance import stream
from firstbell.demonstration.rules.classes import Class, Learner, SchoolClasses, school_classes
from firstbell.demonstration.rules.families import families
from firstbell.demonstration.rules.organization import Plans, organize, plans
from firstbell.demonstration.rules.persons import Usernames, household
from firstbell.demonstration.rules.programs import participations
from firstbell.demonstration.rules.pupils import (
    Pupil,
    Terms,
    pupils,
    school_enrollments,
    section_enrollments,
)
from firstbell.demonstration.rules.shape import Shape, shape
from firstbell.demonstration.rules.staffing import (
    Staffing,
    central_office,
    school_office,
    substitutes,
)
from firstbell.demonstration.rules.stints import LATE
from firstbell.people.data import (
    CourseOfferingRecord,
    CourseRecord,
    ProgramKind,
    ProgramParticipationRecord,
    Roster,
    SectionPosition,
    SectionRecord,
    SectionStaffRecord,
    StaffRole,
)


@dataclass
class Invented:
    """An invented district as known on ``known_on``: the roster and what no roster speaks of.

    ``days`` are the dates planned to be taught, emergencies unforeseen; ``offices`` the staff of each
    school (by key) by role.
    """

    seed: int
    known_on: date
    shape: Shape
    plans: Plans
    days: tuple[date, ...]
    roster: Roster = field(default_factory=Roster)
    pupils: list[Pupil] = field(default_factory=list)
    schools: dict[str, SchoolClasses] = field(default_factory=dict)
    offices: dict[str, dict[StaffRole, list[str]]] = field(default_factory=dict)
    substitutes: list[str] = field(default_factory=list)
    court_orders: list[CourtOrder] = field(default_factory=list)
    caseloads: list[Caseload] = field(default_factory=list)


def invent(students: int, seed: int, known_on: date) -> Invented:
    """The district of ``students`` on its first day, with all that is known on ``known_on``.

    What happened before a day is the same whichever later day is asked for. Raises ValueError outside
    100 to 250,000 students.
    """
    year = year_shown(known_on)
    form = shape(students, seed)
    planned = plan_year(year, {})
    found = Invented(seed, known_on, form, plans(form, year, seed, known_on), planned.taught)
    organize(found.roster, form, found.plans, seed)
    taken = Usernames()
    staffing = Staffing(seed, year.span.begin, taken)
    central_office(staffing)
    _people(found, round(students * (1 + LATE)), taken)
    _schools(found, staffing)
    found.substitutes = substitutes(staffing, sum(len(one.teachers) for one in found.schools.values()))
    found.roster.staff, found.roster.staff_assignments = staffing.staff, staffing.assignments
    found.roster.rooms = staffing.rooms
    _sections(found)
    _belonging(found)
    found.caseloads = list(_caseloads(found))
    return found


def plan_digest(found: Invented) -> str:
    """Tells two plans apart: who sits where when, and who teaches it (SHA-256, hex). Another version of the
    house may invent another district for the same seed."""
    roster = found.roster
    digest = hashlib.sha256()
    for rows in (roster.section_enrollments, roster.section_staff, roster.sections):
        for row in rows or ():
            digest.update(repr(row).encode())
    return digest.hexdigest()


def _people(found: Invented, students: int, taken: Usernames) -> None:
    """Families, their households and programmes; only those are in the roster of whom a child is known."""
    year = found.plans.district.year
    roster = found.roster
    born = list(families(students, found.seed, found.days[0], found.shape))
    zones = found.shape.by_zone()
    found.pupils = list(pupils(born, zones, found.shape.of, found.days, found.seed, found.known_on))
    known = {pupil.key for pupil in found.pupils if pupil.known}
    roster.students, roster.contacts, roster.student_contacts = [], [], []
    for family in born:
        records = household(family, found.seed, taken, year.span.begin, lambda child: child.key in known)
        roster.students += records.students
        roster.contacts += records.contacts
        roster.student_contacts += records.links
        found.court_orders += records.orders
    roster.program_participations = []
    for pupil in found.pupils:
        rows = list(_programs(found, pupil))
        kinds = {row.kind for row in rows if row.end is None}
        pupil.english_learner = ProgramKind.ENGLISH_LEARNER in kinds
        pupil.education_plan = ProgramKind.SPECIAL_EDUCATION in kinds
        if pupil.known:
            roster.program_participations += rows


def _programs(found: Invented, pupil: Pupil) -> Iterator[ProgramParticipationRecord]:
    random = stream(found.seed, "programs", pupil.key)
    begin = found.plans.district.year.span.begin
    return participations(random, pupil.family, pupil.child, begin, found.days[0])


def _schools(found: Invented, staffing: Staffing) -> None:
    """Offices and classes of every school, for all who come to it during the year."""
    coming: dict[str, list[Pupil]] = defaultdict(list)
    for pupil in found.pupils:
        for key in dict.fromkeys(stint.school.key for stint in pupil.history):
            coming[key].append(pupil)
    for school in found.shape.schools:
        here = coming[school.key]
        office = school_office(staffing, school, len(here))
        learners = [Learner(one.key, one.child.grade, one.english_learner) for one in here]
        found.offices[school.key] = office
        found.schools[school.key] = school_classes(
            staffing, school, learners, office[StaffRole.CASE_MANAGER], found.seed
        )


def _sections(found: Invented) -> None:
    """Courses of the district, offered by school and term, the sections and who teaches them."""
    year = found.plans.district.year
    term_key = f"sy{year.ending}"
    courses: dict[str, CourseRecord] = {}
    offerings: dict[str, CourseOfferingRecord] = {}
    roster = found.roster
    roster.sections, roster.section_staff = [], []
    for here in found.schools.values():
        for section in here.classes:
            code, title, subject = section.course
            courses.setdefault(
                code,
                CourseRecord(
                    key=f"course-{code}", title=title, code=code, subject=subject, school_year=year.ending
                ),
            )
            offering = f"{section.school.key}-{code}-offered{section.term}"
            offerings.setdefault(
                offering,
                CourseOfferingRecord(
                    key=offering,
                    course=f"course-{code}",
                    school=section.school.key,
                    session=f"{term_key}{section.term}",
                    local_code=code,
                    title=title,
                ),
            )
            roster.sections.append(
                SectionRecord(
                    key=section.key,
                    offering=offering,
                    code=section.code,
                    title=section.title,
                    meetings=section.meetings,
                    homeroom=section.homeroom,
                    grades=section.grades,
                )
            )
            roster.section_staff += _teachers(section, found.days[0])
    roster.courses, roster.course_offerings = list(courses.values()), list(offerings.values())


def _teachers(section: Class, begin: date) -> Iterator[SectionStaffRecord]:
    yield SectionStaffRecord(staff=section.teacher, section=section.key, begin=begin)
    if section.co_teacher:
        yield SectionStaffRecord(
            staff=section.co_teacher,
            section=section.key,
            begin=begin,
            position=SectionPosition.CO_TEACHER,
        )


def _belonging(found: Invented) -> None:
    year = found.plans.district.year
    last = found.plans.district.taught[-1]
    terms = Terms.of(sessions(found.plans.district))
    roster = found.roster
    roster.school_enrollments, roster.section_enrollments = [], []
    for pupil in found.pupils:
        roster.school_enrollments += school_enrollments(
            pupil, year.ending, found.days[0], last, found.known_on
        )
        roster.section_enrollments += section_enrollments(
            pupil, found.schools, terms, found.days, found.known_on
        )


def _caseloads(found: Invented) -> Iterator[Caseload]:
    """Counselors share the alphabet; case managers and aides those with an education plan."""
    here: dict[str, list[Pupil]] = defaultdict(list)
    for pupil in found.pupils:
        if pupil.known and pupil.known[-1].exit is None:
            here[pupil.known[-1].school.key].append(pupil)
    for key, rows in here.items():
        office = found.offices[key]
        rows.sort(key=lambda one: (one.child.last, one.child.first, one.key))
        yield from _shared(office[StaffRole.COUNSELOR], rows)
        plans_ = [one for one in rows if one.education_plan]
        yield from _shared(office[StaffRole.CASE_MANAGER], plans_)
        yield from _shared(office[StaffRole.AIDE], plans_[::4])


def _shared(staff: Sequence[str], rows: Iterable[Pupil]) -> Iterator[Caseload]:
    pupils_ = list(rows)
    for place, pupil in enumerate(pupils_):
        who = staff[place * len(staff) // len(pupils_)]
        yield Caseload(staff=who, student=pupil.key, begin=pupil.known[-1].entry)
