"""Elementary classes: the children of a grade in rooms of plausible size, small grades together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil

from firstbell.demonstration.rules.shape import GRADE_LIST
from firstbell.demonstration.rules.vocabulary import Course
from firstbell.kernel.grade_level import GradeLevel

#: grades with fewer children than this share a class with the next one
SMALLEST_CLASS = 12


@dataclass(slots=True)
class Homeroom:
    """A class of one grade, or of a few in a small school."""

    grades: tuple[GradeLevel, ...]
    number: int
    students: list[str] = field(default_factory=list)
    teacher: str = ""
    room: str = ""


def homerooms(
    children: Mapping[GradeLevel, list[str]], courses: Mapping[GradeLevel, Course]
) -> list[Homeroom]:
    """Classes for the children of each grade, dealt out evenly, a combination class for tiny grades."""
    classes: list[Homeroom] = []
    waiting: list[tuple[GradeLevel, list[str]]] = []

    def close() -> None:
        grades = tuple(grade for grade, _ in waiting)
        students = [student for _, rows in waiting for student in rows]
        if students:
            count = ceil(len(students) / courses[grades[0]].seats)
            rooms = [Homeroom(grades, number) for number in range(1, count + 1)]
            for place, student in enumerate(students):
                rooms[place % count].students.append(student)
            classes.extend(rooms)
        waiting.clear()

    for grade in GRADE_LIST:
        if rows := children.get(grade):
            waiting.append((grade, rows))
            if sum(len(students) for _, students in waiting) >= SMALLEST_CLASS:
                close()
    if waiting and classes and len(classes[-1].students) + sum(len(r) for _, r in waiting) <= 26:
        for grade, rows in waiting:
            classes[-1].students.extend(rows)
            classes[-1].grades = (*classes[-1].grades, grade)
        waiting.clear()
    close()
    return classes
