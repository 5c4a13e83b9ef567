"""What a teacher or substitute has to take: the rolls of a day, and those of the school days before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from firstbell.attendance.data import MeetingState
from firstbell.attendance.selectors.board import rolls_of_viewer
from firstbell.attendance.selectors.setup import settings_for
from firstbell.people.api import acting_for_on, last_taught_days, sections_in_scope
from firstbell.platform.access import DataClass, Viewer

MOST_DAYS = 5


def my_rolls(viewer: Viewer, day: date) -> list[MeetingState]:
    """The viewer's own rolls of ``day`` in the order of the day, those of a substitute marked as such."""
    acting = acting_for_on(viewer.account_id, day)
    return sorted(
        (replace(one, acting_for=acting.get(one.section_id, "")) for one in rolls_of_viewer(viewer, day)),
        key=lambda one: (one.begin is None, one.begin, one.order, one.section),
    )


def my_missing_rolls(viewer: Viewer) -> list[MeetingState]:
    """Rolls of the viewer's sections not taken on the school days that may still be written, latest first."""
    own = viewer.holding("teacher")
    schools = set(
        sections_in_scope(own, DataClass.ATTENDANCE, write=True).values_list("school_id", flat=True)
    )
    if not schools:
        return []
    back = max(one.back_post_days for one in settings_for(schools, viewer.today).values())
    found: list[MeetingState] = []
    for day in last_taught_days(schools, viewer.today, min(back, MOST_DAYS)):
        found += [one for one in rolls_of_viewer(own, day) if one.state == "late"]
    return found
