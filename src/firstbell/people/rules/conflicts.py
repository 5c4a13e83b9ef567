"""Who or what a master schedule asks to be in two places at once: students, staff, rooms; and full rooms.

A source may hold such conflicts for years (a student who takes a class by arrangement), so they are
told to a person and never refused.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from firstbell.people.data import Roster, SectionRecord


@dataclass(frozen=True, slots=True)
class PeriodConflict:
    """``subject`` (a student, staff member or room, by key) has more than one section in a period."""

    subject: str
    session: str
    period: str
    letter: str
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crowding:
    """A section with more students than its room has seats."""

    section: str
    room: str
    seats: int
    students: int


def student_conflicts(roster: Roster) -> list[PeriodConflict]:
    """Students enrolled in two sections that meet in one period of one session."""
    pairs = {(row.student, row.section) for row in roster.section_enrollments or ()}
    return _conflicts(roster, sorted(pairs))


def staff_conflicts(roster: Roster) -> list[PeriodConflict]:
    """Staff who have two sections in one period of one session."""
    pairs = {(row.staff, row.section) for row in roster.section_staff or ()}
    return _conflicts(roster, sorted(pairs))


def room_conflicts(roster: Roster) -> list[PeriodConflict]:
    """Rooms in which two sections meet in one period of one session."""
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    sessions = _sessions_of(roster)
    for section in roster.sections or ():
        for meeting in section.meetings:
            if meeting.room:
                for session in sessions[section.key]:
                    found[meeting.room, session, meeting.period, meeting.letter].append(section.key)
    return _several(found)


def crowded_sections(roster: Roster) -> list[Crowding]:
    """Sections with more students than the smallest room they meet in has seats."""
    seats = {room.key: room.seats for room in roster.rooms or ()}
    students: dict[str, set[str]] = defaultdict(set)
    for row in roster.section_enrollments or ():
        students[row.section].add(row.student)
    crowded = []
    for section in roster.sections or ():
        rooms = [(n, m.room) for m in section.meetings if (n := seats.get(m.room)) is not None]
        if rooms and len(students[section.key]) > min(rooms)[0]:
            fewest, room = min(rooms)
            crowded.append(Crowding(section.key, room, fewest, len(students[section.key])))
    return crowded


def _sessions_of(roster: Roster) -> dict[str, tuple[str, ...]]:
    """The sessions in which each section meets: its own where it names them, else its offering's."""
    offered = {offering.key: offering.session for offering in roster.course_offerings or ()}
    return {
        section.key: section.sessions or (offered.get(section.offering, ""),)
        for section in roster.sections or ()
    }


def _conflicts(roster: Roster, pairs: Iterable[tuple[str, str]]) -> list[PeriodConflict]:
    sections: dict[str, SectionRecord] = {section.key: section for section in roster.sections or ()}
    sessions = _sessions_of(roster)
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for subject, key in pairs:
        section = sections.get(key)
        for meeting in section.meetings if section else ():
            for session in sessions[key]:
                found[subject, session, meeting.period, meeting.letter].append(key)
    return _several(found)


def _several(found: dict[tuple[str, ...], list[str]]) -> list[PeriodConflict]:
    return [
        PeriodConflict(subject, session, period, letter, tuple(keys))
        for (subject, session, period, letter), keys in found.items()
        if len(keys) > 1
    ]
