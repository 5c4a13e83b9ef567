"""Lists of the attendance pages."""

from __future__ import annotations

from django.urls import reverse

from firstbell.attendance.data import MeetingState
from firstbell.platform.ui import BadgeColumn, Column, DateColumn, NumberColumn, Table, TimeColumn

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
