"""Marked values, one set a student: each says whose it is, of which data class and which field.

A value that turns up in an answer is looked up here, and the matrix says whether it may.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from firstbell.people.data import (
    Demographics,
    Directory,
    PersonName,
    ProgramKind,
    ProgramParticipationRecord,
    Roster,
)
from firstbell.people.testing import BEGIN
from firstbell.platform.access import DataClass


@dataclass(frozen=True)
class Sentinel:
    """What a marked value is."""

    text: str
    student: str
    data_class: DataClass
    field: str


def code_of(number: int) -> str:
    """Two letters a student; they never occur in these words by chance."""
    return "q" + "abcdefghijklmnop"[number]


def born(number: int) -> date:
    """A birth date of each student's own."""
    return date(2011, 1, 1) + timedelta(days=37 * number)


def dates(value: date) -> Iterator[str]:
    """How a date may stand on a page or in a file."""
    yield value.isoformat()
    yield f"{value:%b} {value.day}, {value.year}"
    yield f"{value:%B} {value.day}, {value.year}"
    yield f"{value.month}/{value.day}/{value.year}"


def plant(roster: Roster) -> dict[str, str]:
    """Give every student of a small roster values of its own; answers each student's code by key."""
    codes = {student.key: code_of(number) for number, student in enumerate(roster.students or ())}
    numbers = {key: number for number, key in enumerate(codes)}
    roster.students = [
        replace(
            student,
            name=PersonName(first="First", last=f"Zorvex{codes[student.key]}"),
            local_id=f"lid-{codes[student.key]}",
            state_id=f"sid-{codes[student.key]}",
            demographics=Demographics(birth_date=born(numbers[student.key])),
            directory=Directory(
                address=f"1 Quillon-{codes[student.key]} Street",
                phone=f"555-01{numbers[student.key]:02}7",
                email=f"home-{codes[student.key]}@example.org",
            ),
        )
        for student in roster.students or ()
    ]
    roster.contacts = [
        replace(
            contact,
            name=PersonName(first="Parent", last=f"Parvox{code}"),
            directory=Directory(phone=f"555-02{numbers[key]:02}7", email=f"adult-{code}@example.org"),
        )
        for contact in roster.contacts or ()
        for key, code in [(contact.key.removeprefix("c-"), codes[contact.key.removeprefix("c-")])]
    ]
    roster.school_enrollments = [
        replace(row, entry_code=f"en-{codes[row.student]}") for row in roster.school_enrollments or ()
    ]
    roster.program_participations = [
        ProgramParticipationRecord(
            student=key, kind=kind, begin=BEGIN, name=f"{word}-name-{code}", detail=f"{word}-{code}"
        )
        for key, code in codes.items()
        for kind, word in ((ProgramKind.SPECIAL_EDUCATION, "iep"), (ProgramKind.MEALS, "meal"))
    ]
    return codes


def _values(code: str, number: int) -> Iterator[tuple[str, DataClass, str]]:
    yield f"zorvex{code}", DataClass.DIRECTORY, "name"
    yield f"lid-{code}", DataClass.DIRECTORY, "local_id"
    yield f"sid-{code}", DataClass.DIRECTORY, "state_id"
    for text in dates(born(number)):
        yield text, DataClass.CONTACT, "birth_date"
    yield f"quillon-{code}", DataClass.CONTACT, "address"
    yield f"555-01{number:02}7", DataClass.CONTACT, "phone"
    yield f"home-{code}@", DataClass.CONTACT, "email"
    yield f"parvox{code}", DataClass.CONTACT, "contact_name"
    yield f"555-02{number:02}7", DataClass.CONTACT, "contact_phone"
    yield f"adult-{code}@", DataClass.CONTACT, "contact_email"
    yield f"en-{code}", DataClass.ENROLLMENT, "entry_code"
    yield f"act-{code}", DataClass.ENROLLMENT, "reason"
    yield f"comment-{code}", DataClass.ATTENDANCE, "comment"
    yield f"iep-{code}", DataClass.SPECIAL_PROGRAMS, "code"
    yield f"iep-name-{code}", DataClass.SPECIAL_PROGRAMS, "name"
    yield f"meal-{code}", DataClass.NEED, "code"
    yield f"meal-name-{code}", DataClass.NEED, "name"
    yield f"order-{code}", DataClass.CUSTODY, "reference"
    yield f"purpose-{code}", DataClass.LOGS, "purpose"


class Sentinels:
    """Finds marked values in answers."""

    def __init__(self, codes: dict[str, str]) -> None:
        self._known: dict[str, Sentinel] = {}
        for number, (student, code) in enumerate(codes.items()):
            for text, data_class, field in _values(code, number):
                self._known[text.lower()] = Sentinel(text, student, data_class, field)

    def found_in(self, body: str) -> set[Sentinel]:
        """Every marked value in an answer."""
        text = body.lower()
        return {sentinel for word, sentinel in self._known.items() if word in text}


def allowed(cells: Any, sentinel: Sentinel, reached: Any) -> bool:
    """Whether one of the viewer's cells opens this field of this student.

    ``reached`` answers, for a cell's scopes, whether they reach the student today.
    """
    return any(
        reached(cell.scopes) and not cell.masked and (not cell.fields or sentinel.field in cell.fields)
        for cell in cells
    )
