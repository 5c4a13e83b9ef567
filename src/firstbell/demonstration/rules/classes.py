"""The classes of a school: what meets when, who teaches it, and who sits in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from firstbell.demonstration.rules.bells import ADVISORY, DAY, blocks, every_day, meetings
from firstbell.demonstration.rules.chance import stream
from firstbell.demonstration.rules.homerooms import homerooms
from firstbell.demonstration.rules.shape import Level, SchoolPlan
from firstbell.demonstration.rules.staffing import Staffing, teach_groups
from firstbell.demonstration.rules.timetable import (
    Group,
    open_groups,
    other_group,
    place,
    requests,
    without_tiny_electives,
)
from firstbell.demonstration.rules.vocabulary import Catalogue, Course, catalogue, homeroom_courses
from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import MeetingRecord, StaffRole

#: schools with fewer students offer few electives
SMALL_SCHOOL = 450
#: blocks a teacher teaches at most
TEACHES = {Level.MIDDLE: 5, Level.HIGH: 6}
#: share of grade 12 that has one block free
FREE_BLOCK = 0.25
#: share of secondary students who change a class during the year
CHANGES = 0.05
_CO_TAUGHT = frozenset({"English", "Mathematics"})


class Term:
    """Which part of the year a class meets in."""

    YEAR, FIRST, SECOND = "", "-s1", "-s2"


@dataclass(slots=True, eq=False)
class Class:
    """A section to be: ``term`` is a part of the session's key, ``block`` its place in the timetable."""

    key: str
    school: SchoolPlan
    course: tuple[str, str, str]
    title: str
    meetings: tuple[MeetingRecord, ...]
    teacher: str
    term: str = Term.YEAR
    grades: tuple[GradeLevel, ...] = ()
    homeroom: bool = False
    co_teacher: str = ""

    @property
    def code(self) -> str:
        """The section's code in its school."""
        return self.key.partition("-")[2]


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a student sits all year, as places in the list of classes; ``change`` moves one of them.

    ``change`` is (place in the year's days as a share, classes left, classes entered).
    """

    classes: tuple[int, ...]
    change: tuple[float, tuple[int, ...], tuple[int, ...]] | None = None


@dataclass
class SchoolClasses:
    """The classes of one school and the seat of each student (by key)."""

    school: SchoolPlan
    classes: list[Class] = field(default_factory=list)
    seats: dict[str, Seat] = field(default_factory=dict)
    teachers: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Learner:
    """What a timetable must know of a student."""

    key: str
    grade: GradeLevel
    english_learner: bool


def school_classes(
    staffing: Staffing, school: SchoolPlan, learners: Sequence[Learner], specialists: Sequence[str], seed: int
) -> SchoolClasses:
    """All classes of a school for everybody who comes to it during the year; hires who teaches them."""
    if school.level is Level.ELEMENTARY:
        return _elementary(staffing, school, learners)
    return _secondary(staffing, school, learners, specialists, seed)


def _elementary(staffing: Staffing, school: SchoolPlan, learners: Sequence[Learner]) -> SchoolClasses:
    found = SchoolClasses(school)
    by_grade: dict[GradeLevel, list[str]] = defaultdict(list)
    for learner in learners:
        by_grade[learner.grade].append(learner.key)
    courses = homeroom_courses()
    for room in homerooms(by_grade, courses):
        first = courses[room.grades[0]]
        title = first.title
        if len(room.grades) > 1:
            title += "/" + "/".join(grade.short for grade in room.grades[1:])
        teacher = staffing.hire(StaffRole.TEACHER, school, f"Teacher, {title}")
        number = sum(one.course[0] == first.code for one in found.classes) + 1
        for key in room.students:
            found.seats[key] = Seat((len(found.classes),))
        found.classes.append(
            Class(
                key=f"{school.key}-{first.code}-{number}",
                school=school,
                course=(first.code, first.title, first.subject),
                title=f"{title}, {staffing.last_name(teacher)}",
                meetings=every_day(school, DAY, staffing.room(school, 32)),
                teacher=teacher,
                grades=room.grades,
                homeroom=True,
            )
        )
        found.teachers.append(teacher)
    return found


def _secondary(
    staffing: Staffing, school: SchoolPlan, learners: Sequence[Learner], specialists: Sequence[str], seed: int
) -> SchoolClasses:
    found = SchoolClasses(school)
    book = catalogue(school.level.value)
    random = stream(seed, "timetable", school.key)
    count = blocks(school)
    small = len(learners) < SMALL_SCHOOL
    asked = {
        one.key: requests(
            stream(seed, "courses", one.key, school.key),
            book,
            one.grade,
            count,
            small=small,
            learner=one.english_learner,
        )
        for one in learners
    }
    asked = without_tiny_electives(asked, book, _core(book))
    groups = open_groups(random, asked, book, count)
    free = {
        one.key
        for one in learners
        if one.grade is GradeLevel.GRADE_12 and stream(seed, "free block", one.key).random() < FREE_BLOCK
    }
    timetable = place(random, asked, groups, book, count, free)
    rows = [group for course in sorted(groups) for group in groups[course]]
    found.teachers = teach_groups(staffing, school, rows, TEACHES[school.level])
    places = _lay_out(found, rows, specialists)
    for one in learners:
        mine = [group for group in timetable[one.key] if group is not None]
        found.seats[one.key] = _seat(seed, one.key, school, mine, groups, places)
    if book.advisory is not None:
        _advisory(staffing, found, learners, book.advisory)
    return found


def _core(book: Catalogue) -> set[str]:
    return {code for choices in book.core.values() for choice in choices for code in choice.values}


def _lay_out(
    found: SchoolClasses, groups: Iterable[Group], specialists: Sequence[str]
) -> dict[Group, tuple[int, ...]]:
    """A class for every group, two where the course changes at the semester; every sixth core group has
    an education specialist beside the teacher, who is in one place at a time."""
    places: dict[Group, tuple[int, ...]] = {}
    busy: set[tuple[str, int]] = set()
    for group in groups:
        helper = ""
        if group.course.subject in _CO_TAUGHT and group.number % 6 == 2:
            helper = next((one for one in specialists if (one, group.block) not in busy), "")
            busy.add((helper, group.block))
        course = group.course
        halves = [(Term.YEAR, course.code, course.title)]
        if course.then is not None:
            halves = [(Term.FIRST, course.code, course.title), (Term.SECOND, *course.then)]
        mine = []
        for term, code, title in halves:
            mine.append(len(found.classes))
            found.classes.append(
                Class(
                    key=f"{found.school.key}-{code}-{group.number}",
                    school=found.school,
                    course=(code, title, course.subject),
                    title=title,
                    meetings=meetings(found.school, group.block, group.room),
                    teacher=group.teacher,
                    term=term,
                    grades=course.grades,
                    co_teacher=helper,
                )
            )
        places[group] = tuple(mine)
    return places


def _seat(
    seed: int,
    student: str,
    school: SchoolPlan,
    mine: Sequence[Group],
    groups: Mapping[str, list[Group]],
    places: Mapping[Group, tuple[int, ...]],
) -> Seat:
    """The student's classes; a few change one of them for another in the same block."""
    random = stream(seed, "change of class", student, school.key)
    classes = tuple(at for group in mine for at in places[group])
    if random.random() >= CHANGES or not mine:
        return Seat(classes)
    left = mine[random.randrange(len(mine))]
    entered = other_group(groups, left)
    if entered is None or entered in mine or any(one.course.code == entered.course.code for one in mine):
        return Seat(classes)
    left.filled, entered.filled = left.filled - 1, entered.filled + 1
    return Seat(classes, (random.random(), places[left], places[entered]))


def _advisory(staffing: Staffing, found: SchoolClasses, learners: Sequence[Learner], course: Course) -> None:
    """Advisories by grade, each with a teacher of its own where there are enough."""
    by_grade: dict[GradeLevel, list[str]] = defaultdict(list)
    for learner in learners:
        by_grade[learner.grade].append(learner.key)
    number = 0
    for grade in sorted(by_grade, key=lambda grade: grade.ordinal):
        students = by_grade[grade]
        share = max(1, len(found.teachers) * len(students) // max(1, len(learners)))
        count = min(ceil(len(students) / course.seats), share)
        begin = len(found.classes)
        for _ in range(count):
            number += 1
            teacher = found.teachers[(number - 1) % len(found.teachers)]
            found.classes.append(
                Class(
                    key=f"{found.school.key}-{course.code}-{number}",
                    school=found.school,
                    course=(course.code, course.title, course.subject),
                    title=f"{course.title} {grade.short}, {staffing.last_name(teacher)}",
                    meetings=every_day(found.school, ADVISORY, staffing.room_of(teacher)),
                    teacher=teacher,
                    grades=(grade,),
                    homeroom=True,
                )
            )
        for at, student in enumerate(students):
            seat = found.seats[student]
            found.seats[student] = Seat((*seat.classes, begin + at % count), seat.change)
