"""Courses, and classes as offerings and sections with the periods in which they meet."""

from __future__ import annotations

import re

from firstbell.exchange.rules.oneroster_in.draft import Draft, cell, made_key
from firstbell.exchange.rules.oneroster_in.people import GRADES
from firstbell.exchange.rules.oneroster_words import part, unpack
from firstbell.formats.delimited import Row
from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import (
    CourseOfferingRecord,
    CourseRecord,
    MeetingRecord,
    PeriodRecord,
    RoomRecord,
    SectionRecord,
)

_COURSE = [
    "schoolYearSourcedId",
    "title",
    "courseCode",
    "grades",
    "orgSourcedId",
    "subjects",
    "subjectCodes",
]
_CLASS = [
    "title",
    "grades",
    "courseSourcedId",
    "classCode",
    "classType",
    "location",
    "schoolSourcedId",
    "termSourcedIds",
    "subjects",
    "subjectCodes",
    "periods",
]
_NUMBER = re.compile(r"\d+")


def take(draft: Draft) -> None:
    """Courses, offerings, sections and periods of the package."""
    years = {key: record.school_year for key, record in draft.brought.sessions.items()}
    years |= {row["sourcedId"]: int(row["schoolYear"]) for row in draft.package.rows("academicSessions")}
    for row in draft.package.rows("courses"):
        _course(draft, row, years)
    for row in draft.package.ended("courses"):
        draft.end(("courses",), row)
    classes = _Classes(draft)
    for row in draft.package.rows("classes"):
        classes.take(row)
    classes.finish()
    for row in draft.package.ended("classes"):
        draft.end(("sections",), row)


def _grades(row: Row) -> tuple[GradeLevel, ...]:
    levels = {GradeLevel(word) for word in row.list("grades") if word in GRADES}
    return tuple(sorted(levels, key=lambda level: level.ordinal))


def _course(draft: Draft, row: Row, years: dict[str, int]) -> None:
    org = row["orgSourcedId"]
    subjects, codes = row.list("subjects"), row.list("subjectCodes")
    draft.add(
        "courses",
        CourseRecord(
            key=row["sourcedId"],
            title=row["title"],
            code=row["courseCode"],
            school=org if draft.is_school(org) else "",
            subject=cell(row, "subject") or part(subjects, 0),
            subject_code=cell(row, "subjectCode") or part(codes, 0),
            school_year=years.get(row["schoolYearSourcedId"]),
            grades=_grades(row),
            description=cell(row, "description"),
        ),
    )
    also = {name: row[name] for name in ("subjects", "subjectCodes") if len(row.list(name)) > 1}
    draft.keep_rest("courses", row, _COURSE, also)


class _Classes:
    """Classes, and what has to be made once for many: offerings, periods, rooms."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.courses = draft.package.sheets["courses"].by_id if draft.package.has("courses") else {}
        self.offerings: dict[str, CourseOfferingRecord] = {}
        self.periods: dict[tuple[str, str], str] = {}
        self.rooms: dict[tuple[str, str], str] = {}

    def take(self, row: Row) -> None:
        """One class."""
        terms = row.list("termSourcedIds")
        meetings = self._meetings(row)
        self.draft.add(
            "sections",
            SectionRecord(
                key=row["sourcedId"],
                offering=self._offering(row, terms[0]),
                code=row["classCode"],
                title=row["title"],
                meetings=meetings,
                homeroom=row["classType"] == "homeroom",
                sessions=tuple(terms) if len(terms) > 1 else (),
                location="" if any(m.room for m in meetings) else row["location"],
                grades=_grades(row),
            ),
        )
        course = self.courses.get(row["courseSourcedId"])
        taken = [n for n in _CLASS if n not in ("subjects", "subjectCodes")]
        taken += [n for n in ("subjects", "subjectCodes") if course is None or course[n] == row[n]]
        self.draft.keep_rest("classes", row, taken)

    def _offering(self, row: Row, term: str) -> str:
        key = made_key(row["courseSourcedId"], row["schoolSourcedId"], term)
        if key not in self.offerings:
            self.offerings[key] = CourseOfferingRecord(
                key=key, course=row["courseSourcedId"], school=row["schoolSourcedId"], session=term
            )
        return key

    def _meetings(self, row: Row) -> tuple[MeetingRecord, ...]:
        """Meetings as a Firstbell wrote them, else one for each period named."""
        school = row["schoolSourcedId"]
        exact = [unpack(one.replace("%3B", ";")) for one in cell(row, "meetings").split(";") if one]
        meetings = [
            MeetingRecord(
                period=self._period(school, part(parts, 0)),
                letter=part(parts, 1),
                room=self._room(school, part(parts, 2)),
            )
            for parts in exact
            if part(parts, 0)
        ]
        if not meetings:
            meetings = [MeetingRecord(period=self._period(school, name)) for name in row.list("periods")]
        return tuple(dict.fromkeys(meetings))

    def _period(self, school: str, name: str) -> str:
        return self.periods.setdefault((school, name), made_key(school, name))

    def _room(self, school: str, name: str) -> str:
        return self.rooms.setdefault((school, name), made_key(school, name)) if name else ""

    def finish(self) -> None:
        """What was made, in an order of its own."""
        roster = self.draft.roster
        if roster.sections is None:
            return
        roster.course_offerings = list(self.offerings.values())
        orders: dict[str, int] = {}
        roster.periods = []
        for (school, name), key in sorted(self.periods.items(), key=lambda item: _by_number(*item[0])):
            orders[school] = orders.get(school, 0) + 1
            roster.periods.append(PeriodRecord(key=key, school=school, name=name, order=orders[school]))
        if self.rooms:
            roster.rooms = [
                RoomRecord(key=key, school=school, name=name)
                for (school, name), key in sorted(self.rooms.items())
            ]


def _by_number(school: str, name: str) -> tuple[str, int, str]:
    """Periods in the order of the number in their names."""
    number = _NUMBER.search(name)
    return school, int(number[0]) if number and number[0].isascii() else 0, name
