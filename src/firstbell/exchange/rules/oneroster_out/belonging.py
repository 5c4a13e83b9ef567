"""Students and staff in sections as enrollments."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from firstbell.exchange.rules.oneroster_out.book import Book
from firstbell.exchange.rules.oneroster_words import exclusive
from firstbell.people.data import SectionPosition, SectionStaffRecord


def write(book: Book) -> None:
    """Enrollments of students, then of teachers and aides, in classes that leave."""
    book.open("enrollments")
    classes = book.open("classes")
    users = book.open("users")
    for own, record in book.student_rows:
        _put(book, own, record.section, record.student, record.begin, record.end,
             {"role": "student"}, classes, users)  # fmt: skip
    of_record = _of_record(book)
    roles = book.words.table["enrollments"]["positions_out"]
    for own, staff in book.staff_rows:
        role = roles[staff.position.value]
        primary = "" if role != "teacher" else "true" if own in of_record else "false"
        _put(book, own, staff.section, staff.staff, staff.begin, staff.end,
             {"role": role, "primary": primary}, classes, users)  # fmt: skip


def _put(
    book: Book,
    own: str,
    section: str,
    user: str,
    begin: date,
    end: date | None,
    cells: dict[str, str],
    classes: dict[str, dict[str, str]],
    users: dict[str, dict[str, str]],
) -> None:
    of_class = section
    if of_class not in classes or user not in users:
        return
    book.put(
        "enrollments",
        own,
        {
            "classSourcedId": of_class,
            "schoolSourcedId": classes[of_class]["schoolSourcedId"],
            "userSourcedId": user,
            **cells,
            "beginDate": begin.isoformat(),
            "endDate": exclusive(end),
        },
    )


def _of_record(book: Book) -> set[str]:
    """Ids of the rows whose teacher is of record: one at a time in each section, the earliest first."""
    by_section: dict[str, list[tuple[date, str, SectionStaffRecord]]] = defaultdict(list)
    for own, record in book.staff_rows:
        if record.position is SectionPosition.TEACHER_OF_RECORD:
            by_section[record.section].append((record.begin, own, record))
    chosen: set[str] = set()
    for rows in by_section.values():
        until: date | None = date.min
        for begin, own, record in sorted(rows, key=lambda row: row[:2]):
            if until is not None and begin > until:
                chosen.add(own)
                until = record.end
    return chosen
