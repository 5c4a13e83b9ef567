"""The students of a year: where each enters, stays and leaves, and in which classes they sit when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from firstbell.demonstration.rules.chance import stream
from firstbell.demonstration.rules.classes import Class, SchoolClasses, Seat, Term
from firstbell.demonstration.rules.families import Child, Family
from firstbell.demonstration.rules.shape import GRADE_LIST, LEVEL_OF, Level, SchoolPlan
from firstbell.demonstration.rules.stints import LATE, WITHIN, Stint, known, stints
from firstbell.kernel.date_span import ONE_DAY
from firstbell.people.data import SchoolEnrollmentRecord, SectionEnrollmentRecord, SessionKind, SessionRecord


@dataclass(slots=True)
class Pupil:
    """A child with the stints of the whole year and those known so far."""

    child: Child
    family: Family
    history: list[Stint]
    known: list[Stint]
    english_learner: bool = False
    education_plan: bool = False

    @property
    def key(self) -> str:
        """The key of the student."""
        return self.child.key

    def at(self, school: SchoolPlan) -> bool:
        """Whether the student comes to the school at any time of the year."""
        return any(stint.school is school for stint in self.history)


def pupils(
    found: Iterable[Family],
    zones: Sequence[dict[Level, SchoolPlan]],
    others: Callable[[Level], Sequence[SchoolPlan]],
    days: Sequence[date],
    seed: int,
    known_on: date,
) -> Iterator[Pupil]:
    """The children of families with their stints over the planned taught ``days``."""
    for family in found:
        for child in family.children:
            random = stream(seed, "stints", child.key)
            late = random.random() < LATE / (1 + LATE)
            level = LEVEL_OF[child.grade]
            home = zones[family.zone][level]
            beside = [school for school in others(level) if school is not home]
            history = stints(random, home, beside, child.grade, days, late=late)
            yield Pupil(child, family, history, known(history, known_on))


def school_enrollments(
    pupil: Pupil, school_year: int, first_day: date, last_day: date, known_on: date
) -> Iterator[SchoolEnrollmentRecord]:
    """The known enrolments of a student; when the year is over, what was still open has ended with it."""
    before = ""
    for stint in pupil.known:
        leave, code = stint.exit, stint.exit_code
        if leave is None and known_on > last_day:
            leave = last_day
            code = "E230" if stint.grade is GRADE_LIST[-1] else "E155"
        yield SchoolEnrollmentRecord(
            student=pupil.key,
            school=stint.school.key,
            school_year=school_year,
            grade=stint.grade,
            entry=stint.entry,
            entry_code=_entry_code(stint, before, first_day),
            exit=leave,
            exit_code=code,
        )
        before = stint.exit_code


def _entry_code(stint: Stint, before: str, first_day: date) -> str:
    if before == WITHIN:
        return "IN-DIST"
    if before:
        return "RETURN"
    starts = GRADE_LIST.index(stint.grade) < 2
    return "NEW" if starts or stint.entry > first_day else "CONT"


@dataclass(frozen=True)
class Terms:
    """The sessions in which classes meet, by the term's part of their key."""

    sessions: dict[str, SessionRecord]

    @classmethod
    def of(cls, sessions: Iterable[SessionRecord]) -> Terms:
        """The year and its semesters."""
        found = {}
        for session in sessions:
            if session.kind is SessionKind.SCHOOL_YEAR:
                found[Term.YEAR] = session
            elif session.kind is SessionKind.SEMESTER:
                found[Term.FIRST if Term.FIRST not in found else Term.SECOND] = session
        return cls(found)


def seats_of(
    pupil: Pupil, here: SchoolClasses, terms: Terms, days: Sequence[date], known_on: date
) -> Iterator[tuple[int, date, date | None]]:
    """(class by place, first day, last day) of a student at one school as far as known; a class ends with
    its semester."""
    for stint in pupil.known:
        if stint.school is not here.school or stint.no_show:
            continue
        for at, begin, end in _spans(here.seats[pupil.key], stint, days, known_on):
            span = _within(here.classes[at], begin, end, terms, known_on)
            if span is not None:
                yield at, *span


def section_enrollments(
    pupil: Pupil, schools: dict[str, SchoolClasses], terms: Terms, days: Sequence[date], known_on: date
) -> Iterator[SectionEnrollmentRecord]:
    """Who sits in which class from when to when."""
    for key in dict.fromkeys(stint.school.key for stint in pupil.known):
        here = schools[key]
        for at, begin, end in seats_of(pupil, here, terms, days, known_on):
            section = here.classes[at]
            yield SectionEnrollmentRecord(
                student=pupil.key, section=section.key, begin=begin, end=end, homeroom=section.homeroom
            )


def _spans(
    seat: Seat, stint: Stint, days: Sequence[date], known_on: date
) -> Iterator[tuple[int, date, date | None]]:
    """(class, begin, end) of a stint, with the change of class where it lies inside and is known."""
    left: tuple[int, ...] = ()
    if seat.change is not None:
        share, gone, entered = seat.change
        moved = days[int(share * (len(days) - 20)) + 10]
        if stint.entry < moved <= known_on and (stint.exit is None or moved <= stint.exit):
            left = gone
            yield from ((at, stint.entry, moved - ONE_DAY) for at in gone)
            yield from ((at, moved, stint.exit) for at in entered)
    yield from ((at, stint.entry, stint.exit) for at in seat.classes if at not in left)


def _within(
    section: Class, begin: date, end: date | None, terms: Terms, known_on: date
) -> tuple[date, date | None] | None:
    """The part of a span in which the class meets; whoever leaves before a term is not in its classes."""
    term = terms.sessions[section.term]
    first = max(begin, term.begin)
    if section.term == Term.YEAR and term.end >= known_on:
        last = end
    else:
        last = term.end if end is None else min(end, term.end)
    if last is not None and last < first:
        return None
    return first, last
