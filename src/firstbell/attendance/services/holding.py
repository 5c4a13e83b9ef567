"""What is held while attendance is written, in this order: the roll, the students, the days of their schools.

Teachers and office write about one student at the same moment, each in a transaction that does not see the
other's. Whoever derives a student's day therefore holds the student first and reads then: the last one to
derive has read what all have written.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from firstbell.people.api import hold_students
from firstbell.platform.writing import hold

#: more students than this are held as their schools
CLASSES = 300


def hold_roll(section_id: int, day: date, slot: int) -> None:
    """Keep everybody else waiting who writes this meeting's roll, as teacher or as office."""
    hold(f"roll {section_id} {day} {slot}")


def hold_days(students: Collection[int], schools: Collection[int]) -> None:
    """Keep everybody else waiting who derives days of these students, or all days of their schools."""
    if len(students) > CLASSES:
        hold_schools(schools)
        return
    hold_students(students)
    hold(together=map(_days_of, schools))


def hold_schools(schools: Collection[int]) -> None:
    """Keep everybody else waiting who derives any day of these schools."""
    hold(*map(_days_of, schools))


def _days_of(school: int) -> str:
    return f"days {school}"
