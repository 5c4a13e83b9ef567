"""One meeting of a section on a day: may the viewer take its roll, and who is on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from firstbell.people.api import meeting_facts, sections_in_scope, taught_between
from firstbell.platform.access import DataClass, NotVisible, Viewer

#: roles that write as the attendance office
OFFICE = ("attendance_clerk", "principal")


@dataclass(frozen=True)
class Meeting:
    """A meeting whose roll the viewer may take. ``taught_between`` counts taught days after the first date
    up to and including the second."""

    section_id: int
    school_id: int
    students: tuple[int, ...]
    as_office: bool
    acting_for: str
    taught_between: Callable[[date, date], int]


def meeting_for(viewer: Viewer, section_id: int, day: date, slot: int) -> Meeting:
    """The meeting, with the ids of the students in the section and in its school on ``day``.

    A teacher reaches the sections of today (a past day's roll is taken by who teaches the section now);
    a substitute the sections of the day. Raises NotVisible otherwise. Two queries, three for a substitute.
    """
    reached = sections_in_scope(viewer, DataClass.ATTENDANCE, write=True).filter(pk=section_id)
    school = reached.values_list("school_id", flat=True).first()
    if school is None:
        raise NotVisible
    facts = meeting_facts(viewer, section_id, school, day)
    return Meeting(
        section_id=section_id,
        school_id=school,
        students=facts.students,
        as_office=bool(viewer.purpose) or school in viewer.schools(*OFFICE),
        acting_for=facts.acting_for,
        taught_between=partial(taught_between, school),
    )
