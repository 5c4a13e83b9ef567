"""Lists of rolls: a teacher's day, the office's board, what is missing."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from firstbell.attendance.data import (
    MeetingState,
)
from firstbell.platform.ui import (
    BadgeColumn,
    Column,
    DateColumn,
    NumberColumn,
    Table,
    TimeColumn,
)

#: state of a roll -> its word and tone
STATES = {
    "late": ("late", "bad"),
    "due": ("due now", "warn"),
    "later": ("later today", "neutral"),
    "taken": ("taken", "good"),
    "waived": ("waived", "info"),
}


def roll_address(row: MeetingState) -> str:
    """Where a roll is taken."""
    return reverse("roll", args=[row.section_id, row.day, row.slot])


def student_address(row: Any) -> str:
    """A student's attendance."""
    return reverse("student_attendance", args=[row.student_id])


class MyRolls(Table):
    """A teacher's rolls of a day."""

    begin = TimeColumn("Begins", sortable=False)
    section = Column("Section", head=True, link=roll_address, sortable=False)
    period = Column("Period", sortable=False)
    room = Column("Room", sortable=False)
    acting_for = Column("Acting for", sortable=False)
    state = BadgeColumn("Roll", states=STATES, sortable=False)
    absent = NumberColumn("Absent", sortable=False)

    def render_absent(self, value: int, record: MeetingState) -> str:
        """Nothing before the roll is taken."""
        return str(value) if record.state == "taken" else ""


class MyMissingRolls(Table):
    """Rolls of days gone by that were never taken."""

    day = DateColumn("Day", sortable=False)
    section = Column("Section", head=True, link=roll_address, sortable=False)
    period = Column("Period", sortable=False)
    state = BadgeColumn("Roll", states={"late": ("not taken", "bad")}, sortable=False)


def waive_address(row: MeetingState) -> str:
    """Where a roll is waived."""
    return reverse("waive_roll", args=[row.section_id, row.day, row.slot])


class BoardRows(Table):
    """The rolls of a day, for the office."""

    state = BadgeColumn("Roll", states=STATES, sortable=False)
    begin = TimeColumn("Begins", sortable=False)
    section = Column("Section", head=True, link=roll_address, sortable=False)
    period = Column("Period", sortable=False, priority=3)
    teacher = Column("Teacher", sortable=False)
    school = Column("School", sortable=False)
    room = Column("Room", sortable=False, priority=3)
    submitted_at = TimeColumn("Taken", sortable=False)
    absent = NumberColumn("Absent", sortable=False)
    reminded_at = TimeColumn("Reminded", sortable=False)

    def render_absent(self, value: int, record: MeetingState) -> str:
        """Nothing before the roll is taken."""
        return str(value) if record.submitted_at else ""


class MissingRows(Table):
    """Rolls of days gone by that were not taken."""

    day = DateColumn("Day")
    section = Column("Section", head=True, link=roll_address)
    period = Column("Period", sortable=False)
    teacher = Column("Teacher")
    school = Column("School")
    waive = Column("Act", link=waive_address, sortable=False, accessor="section_id")

    def render_waive(self) -> str:
        """An act, not a value."""
        return "Waive"

    def value_waive(self) -> str:
        """Nothing in a file."""
        return ""
