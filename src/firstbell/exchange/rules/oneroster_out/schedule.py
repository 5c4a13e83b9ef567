"""Courses, and sections as classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from firstbell.exchange.rules.oneroster_out.book import Book
from firstbell.exchange.rules.oneroster_out.organizations import Terms
from firstbell.exchange.rules.oneroster_words import one_item, pack
from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import CourseRecord, SectionRecord, SessionKind


def write(book: Book) -> None:
    """Courses and classes."""
    courses = {record.key: record for record in book.roster.courses or ()}
    book.open("courses")
    for course in courses.values():
        _course(book, course)
    book.open("classes")
    classes = _Classes(book, courses)
    for section in book.roster.sections or ():
        classes.put(section)


def _subjects(course: CourseRecord) -> dict[str, str]:
    """Subject and code: codes stand beside subjects or not at all."""
    subject = one_item(course.subject)
    return {"subjects": subject, "subjectCodes": one_item(course.subject_code) if subject else ""}


def ordered(grades: Iterable[GradeLevel]) -> str:
    """Grades as a list cell, the youngest first."""
    return ",".join(grade.value for grade in sorted(set(grades), key=lambda grade: grade.ordinal))


def _course(book: Book, course: CourseRecord) -> None:
    book.put(
        "courses",
        course.key,
        {
            "schoolYearSourcedId": _school_year(book, course),
            "title": course.title,
            "courseCode": course.code,
            "grades": ordered(course.grades),
            "orgSourcedId": book.org(course.school),
            **_subjects(course),
            "subject": course.subject if course.subject != one_item(course.subject) else "",
            "subjectCode": course.subject_code
            if course.subject_code != _subjects(course)["subjectCodes"]
            else "",
            "description": course.description,
        },
    )


def _school_year(book: Book, course: CourseRecord) -> str:
    """The session of the course's school year: its school's own before the district's."""
    if course.school_year is None:
        return ""
    years = [
        (record.school != course.school, record.key)
        for record in book.roster.sessions or ()
        if record.kind is SessionKind.SCHOOL_YEAR
        and record.school_year == course.school_year
        and record.school in ("", course.school)
    ]
    return min(years)[1] if years else ""


class _Classes:
    """Sections, with what is known of them from elsewhere."""

    def __init__(self, book: Book, courses: dict[str, CourseRecord]) -> None:
        self.book = book
        self.courses = courses
        self.terms = Terms(book)
        self.periods = {record.key: record.name for record in book.roster.periods or ()}
        self.rooms = {record.key: record.name for record in book.roster.rooms or ()}
        self.grades: dict[str, set[GradeLevel]] = defaultdict(set)
        self.homeroom: dict[str, list[bool]] = defaultdict(list)
        for _, record in book.student_rows:
            self.homeroom[record.section].append(record.homeroom)
            if grade := book.grades.get(record.student):
                self.grades[record.section].add(GradeLevel(grade))

    def put(self, section: SectionRecord) -> None:
        """One class; a section whose offering or session the roster lacks is told and left out."""
        book = self.book
        offering = book.offerings.get(section.offering)
        course = self.courses.get(offering.course) if offering else None
        terms = self.terms.of(section.sessions or (offering.session,), offering.school) if offering else []
        if offering is None or course is None or not terms:
            book.warn(
                "export.class_without_course_or_session",
                f"section {section.key} has no course or session and was left out",
                "give the section a course and a session",
                file="classes",
            )
            return
        all_homeroom = self.homeroom.get(section.key)
        homeroom = section.homeroom or (bool(all_homeroom) and all(all_homeroom or ()))
        periods = dict.fromkeys(self.periods.get(m.period, "") for m in section.meetings)
        rooms = dict.fromkeys(self.rooms.get(m.room, "") for m in section.meetings)
        book.put(
            "classes",
            section.key,
            {
                "title": section.title or course.title,
                "grades": ordered(self.grades.get(section.key) or section.grades),
                "courseSourcedId": course.key,
                "classCode": section.code,
                "classType": "homeroom" if homeroom else "scheduled",
                "location": section.location or ", ".join(room for room in rooms if room),
                "schoolSourcedId": offering.school,
                "termSourcedIds": ",".join(terms),
                **_subjects(course),
                "periods": ",".join(one_item(name) for name in periods if name),
                "meetings": self._meetings(section),
            },
        )

    def _meetings(self, section: SectionRecord) -> str:
        """Period, letter and room of each meeting, where periods alone do not say it."""
        parts = [
            [self.periods.get(m.period, ""), m.letter, self.rooms.get(m.room, "")] for m in section.meetings
        ]
        exact = any(
            letter or room or period != one_item(period) or not period for period, letter, room in parts
        )
        if not exact:
            return ""
        return ";".join(pack(one).replace(";", "%3B") for one in parts)
