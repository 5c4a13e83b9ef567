"""Version 1: School, Section, Student, Teacher, StudentEnrollment, TeacherRoster."""

from __future__ import annotations

from collections import Counter
from datetime import date

from firstbell.exchange.rules.sds_in.draft import Draft
from firstbell.exchange.rules.sds_in.facts import Class, Course, Org, Role, Seat, Session, User
from firstbell.formats.delimited import Row

_SCHOOL = (
    "SIS ID",
    "Name",
    "State ID",
    "Grade Low",
    "Grade High",
    "Address",
    "City",
    "State",
    "Zip",
    "Phone",
)
_SECTION = (
    "SIS ID",
    "School SIS ID",
    "Section Name",
    "Section Number",
    "Term SIS ID",
    "Term Name",
    "Term StartDate",
    "Term EndDate",
    "Course SIS ID",
    "Course Name",
    "Course Number",
    "Course Description",
    "Course Subject",
    "Periods",
    "Status",
)
_PERSON = (
    "SIS ID",
    "School SIS ID",
    "Username",
    "First Name",
    "Last Name",
    "Middle Name",
    "State ID",
    "Secondary Email",
    "Student Number",
    "Teacher Number",
    "Grade",
    "Status",
    "Birthdate",
    "Title",
)


def take(draft: Draft) -> None:
    """The facts of the six files; inactive sections and people are left out, and so end."""
    _schools(draft)
    sections = _sections(draft)
    students = _persons(draft, "Student", "student", "Student Number")
    teachers = _persons(draft, "Teacher", "teacher", "Teacher Number")
    for file, word, people in (
        ("StudentEnrollment", "student", students),
        ("TeacherRoster", "teacher", teachers),
    ):
        for row in draft.files.rows(file):
            if row["Section SIS ID"] in sections and row["SIS ID"] in people:
                draft.facts.seats.append(
                    Seat(
                        section=row["Section SIS ID"],
                        user=_user(word, row["SIS ID"]),
                        word=word,
                        file=f"{file}.csv",
                        row=row.number,
                    )
                )


def _user(word: str, number: str) -> str:
    """Students and teachers number themselves apart."""
    return f"{word}:{number}"


def _numbers(draft: Draft, file: str) -> dict[str, str]:
    """State numbers by id; a value that several share is no number of theirs."""
    found = {row["SIS ID"]: row["State ID"] for row in draft.files.rows(file) if row["State ID"]}
    times = Counter(found.values())
    shared = sum(1 for value in found.values() if times[value] > 1)
    if shared:
        draft.warn(
            "sds.state_id_shared",
            f"{shared} rows share their State ID with another: it was not taken as a number of theirs",
            "write the number that the state gives each one, or leave the column empty",
            file=f"{file}.csv",
            column="State ID",
        )
    return {own: value for own, value in found.items() if times[value] == 1}


def _schools(draft: Draft) -> None:
    numbers = _numbers(draft, "School")
    for row in draft.files.rows("School"):
        street = ", ".join(part for part in (row["Address"], row["City"]) if part)
        place = " ".join(part for part in (row["State"], row["Zip"]) if part)
        draft.facts.orgs.append(
            Org(
                key=row["SIS ID"],
                name=row["Name"],
                number=numbers.get(row["SIS ID"], ""),
                address=", ".join(part for part in (street, place) if part),
                phone=row["Phone"],
                grades=(row["Grade Low"], row["Grade High"]),
                file="School.csv",
                row=row.number,
            )
        )
        draft.keep_rest("School", row["SIS ID"], row, _SCHOOL)


def _active(draft: Draft, row: Row) -> bool:
    return draft.word(row["Status"]) != "inactive"


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _sections(draft: Draft) -> set[str]:
    facts = draft.facts
    sessions: dict[str, Session] = {}
    known: set[str] = set()
    for row in draft.files.rows("Section"):
        if not _active(draft, row):
            continue
        known.add(row["SIS ID"])
        session = _session(draft, row, sessions)
        facts.classes.append(
            Class(
                key=row["SIS ID"],
                org=row["School SIS ID"],
                title=row["Section Name"],
                code=row["Section Number"],
                course=_course(draft, row),
                sessions=(session,) if session else (),
                periods=tuple(part.strip() for part in row["Periods"].split(",") if part.strip()),
                file="Section.csv",
                row=row.number,
            )
        )
        draft.keep_rest("Section", row["SIS ID"], row, _SECTION)
    facts.sessions.extend(sessions.values())
    return known


def _session(draft: Draft, row: Row, sessions: dict[str, Session]) -> str:
    """The key of the section's term; empty without one. The same id with other dates is told."""
    key = row["Term SIS ID"] or row["Term Name"]
    if not key:
        return ""
    begin, end = _day(row["Term StartDate"]), _day(row["Term EndDate"])
    if begin is None or end is None:
        return ""
    if end < begin:
        draft.refuse(
            "semantic.dates_reversed",
            "Term EndDate lies before Term StartDate",
            "correct one of the two dates",
            file="Section.csv",
            row=row.number,
            column="Term EndDate",
        )
        return ""
    session = Session(key=key, title=row["Term Name"] or key, begin=begin, end=end)
    before = sessions.setdefault(key, session)
    if before != session:
        draft.warn(
            "sds.term_repeats_differently",
            f"the term {key[:80]} has other dates or another name in an earlier row; those were taken",
            "give each term an id of its own",
            file="Section.csv",
            row=row.number,
            column="Term SIS ID",
        )
    return key


def _course(draft: Draft, row: Row) -> str:
    """The key of the section's course; without one it is a course of its own."""
    key = row["Course SIS ID"] or f"section:{row['SIS ID']}"
    course = Course(
        key=key,
        title=row["Course Name"] or row["Section Name"],
        code=row["Course Number"],
        subject=row["Course Subject"],
        description=row["Course Description"] if row["Course Description"] != row["Course Name"] else "",
    )
    before = draft.facts.courses.setdefault(key, course)
    if before != course:
        draft.warn(
            "sds.course_repeats_differently",
            f"the course {key[:80]} is described otherwise in an earlier row; that was taken",
            "give each course an id of its own",
            file="Section.csv",
            row=row.number,
            column="Course SIS ID",
        )
    return key


def _persons(draft: Draft, file: str, word: str, number: str) -> set[str]:
    """Students or teachers; a row for each school of a person."""
    numbers = _numbers(draft, file)
    known: set[str] = set()
    for row in draft.files.rows(file):
        if not _active(draft, row):
            continue
        own = _user(word, row["SIS ID"])
        email = row["Secondary Email"]
        if row["SIS ID"] not in known:
            draft.facts.users[own] = User(
                key=own,
                first=row["First Name"],
                last=row["Last Name"],
                middle=row["Middle Name"],
                username=row["Username"],
                email=email,
                local_id=row[number],
                state_id=numbers.get(row["SIS ID"], ""),
                birth_date=_day(row["Birthdate"]),
            )
            draft.keep_rest(file, row["SIS ID"], row, _PERSON)
        draft.facts.roles.append(
            Role(
                user=own,
                org=row["School SIS ID"],
                word=word,
                grade=row["Grade"],
                title=row["Title"],
                primary=row["SIS ID"] not in known,
                file=f"{file}.csv",
                row=row.number,
            )
        )
        known.add(row["SIS ID"])
    return known
