"""Contradictions in a student's day, for the office to look into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ConflictKind(StrEnum):
    """What the office looks into."""

    TEACHER_AND_OFFICE_DIFFER = "teacher_and_office_differ"
    IN_SCHOOL_NOT_IN_CLASS = "in_school_not_in_class"
    ABSENT_ALL_DAY_BUT_ONE = "absent_all_day_but_one"
    LEFT_EARLY_PRESENT_LATER = "left_early_present_later"


@dataclass(frozen=True, slots=True)
class ConflictCell:
    """What was said in one meeting of the day. ``contested``: it is part of the contradiction.

    ``teacher`` and ``office`` are codes in words with author and time, empty where nothing was said.
    """

    section_id: int
    section: str
    slot: int
    period: str
    teacher: str
    office: str
    contested: bool


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One contradiction of one student, in a sentence, with the whole day behind it."""

    student_id: int
    student: str
    school_id: int
    day: date
    kind: ConflictKind
    sentence: str
    cells: tuple[ConflictCell, ...]
