"""Lists about a student's days: what was said, what is known ahead, what counts."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from firstbell.attendance.data import (
    DayMeeting,
    KnownAbsenceView,
    Word,
)
from firstbell.attendance.web.tables.rolls import student_address
from firstbell.platform.ui import (
    BadgeColumn,
    Column,
    Table,
    TimeColumn,
    moment_words,
)


def said(word: Word | None) -> str:
    """A word with its minutes, author and time: ``Tardy, 12 minutes late (Ms. Vega, 8:05 am)``."""
    if word is None:
        return ""
    parts = [word.title]
    if word.minutes_late:
        parts.append(f"{word.minutes_late} minutes late")
    if word.minutes_early:
        parts.append(f"left {word.minutes_early} minutes early")
    if word.comment:
        parts.append(f"“{word.comment}”")
    who = f"{word.by}, acting for {word.acting_for}" if word.acting_for else word.by
    return (
        f"{', '.join(parts)} ({', '.join(part for part in (who, moment_words(word.at, year=False)) if part)})"
    )


class DayMeetings(Table):
    """A student's classes of a day, with both words."""

    begin = TimeColumn("Begins", sortable=False)
    section = Column("Class", head=True, sortable=False)
    period = Column("Period", sortable=False)
    counts = Column("Counts as", sortable=False)
    teacher = Column("Teacher's word", sortable=False, empty_values=())
    office = Column("Office's word", sortable=False)

    def render_teacher(self, value: Word | None, record: DayMeeting) -> str:
        """A roll that is in and says nothing of a student means present."""
        if value is not None:
            return said(value)
        return "present (by the roll)" if record.taken else "roll not taken"

    def render_office(self, value: Word | None) -> str:
        """The office's word."""
        return said(value)


class DayChanges(Table):
    """Earlier versions of what was said of a day."""

    at = Column("When", sortable=False)
    where = Column("Of", head=True, sortable=False)
    before = Column("Was", sortable=False)
    after = Column("Became", sortable=False)
    by = Column("By", sortable=False)
    reason = Column("Reason", sortable=False)

    def render_at(self, value: datetime) -> str:
        """Day and time."""
        return moment_words(value, year=False)


def day_list(row: KnownAbsenceView) -> str:
    """``Nov 24`` or ``Nov 24 to Nov 26``."""
    first, last = (f"{day:%b} {day.day}" for day in (row.begin, row.end))
    return first if row.begin == row.end else f"{first} to {last}"


class KnownAbsences(Table):
    """Absences known ahead, for the office."""

    student = Column("Student", head=True, link=student_address)
    begin = Column("Days")
    periods = Column("Periods", sortable=False)
    title = Column("Code")
    reason = Column("Reason")
    comment = Column("Comment", sortable=False)
    decided_by = Column("By", priority=3)
    withdraw = Column(
        "Act", sortable=False, accessor="id", link=lambda row: reverse("withdraw_absence", args=[row.id])
    )

    def render_begin(self, record: KnownAbsenceView) -> str:
        """The days it covers."""
        return day_list(record)

    def render_periods(self, value: tuple[str, ...]) -> str:
        """Whole days where no period is named."""
        return ", ".join(value) or "whole day"

    def render_withdraw(self) -> str:
        """An act, not a value."""
        return "Take back"

    def value_withdraw(self) -> str:
        """Nothing in a file."""
        return ""


class FamilyReports(Table):
    """What a family reported of its child."""

    begin = Column("Days", head=True, sortable=False)
    reason = Column("Reason", sortable=False)
    comment = Column("Comment", sortable=False)
    state = BadgeColumn(
        "School's answer",
        sortable=False,
        states={
            "reported": ("waits for the school", "warn"),
            "accepted": ("accepted", "good"),
            "declined": ("declined", "bad"),
            "withdrawn": ("taken back", "neutral"),
        },
    )

    def render_begin(self, record: KnownAbsenceView) -> str:
        """The days it covers."""
        return day_list(record)


#: early-warning band -> its words and tone
BANDS = {
    "fine": ("fine", "good"),
    "at_risk": ("at risk", "warn"),
    "chronic": ("chronically absent", "bad"),
    "severe": ("severely absent", "bad"),
}
#: kind of a day -> its words and tone
DAY_KINDS = {"absent": ("absent", "bad"), "tardy": ("tardy", "warn"), "partial": ("in part", "warn")}


class StudentRows(Table):
    """Rows about one student's days; each leads to its day."""

    student_id = 0

    def day_address(self, day: date) -> str:
        """The page of a day."""
        return reverse("student_day", args=[self.student_id, day])

    def render_day(self, value: date) -> str:
        """The day, leading to all that was said of it."""
        words = f"{value:%a, %b} {value.day}, {value.year}"
        return format_html('<a href="{}">{}</a>', self.day_address(value), words)


class AttendanceDays(StudentRows):
    """Days of a student that were not attended in full."""

    day = Column("Day", head=True)
    kind = BadgeColumn("Counts as", states=DAY_KINDS)
    title = Column("Code")
    detail = Column("What was said", sortable=False)


class Occasions(StudentRows):
    """Truancy occasions with the rows behind them."""

    day = Column("Day", head=True, sortable=False)
    minutes = Column("What", sortable=False, empty_values=())
    said = Column("The rows behind it", sortable=False)
    stands = BadgeColumn(
        "Today", sortable=False, states={True: ("stands", "bad"), False: ("excused since", "info")}
    )

    def render_minutes(self, value: object) -> str:
        """A full day, or a stretch of minutes."""
        return "full day" if value is None else f"{value} minutes"

    def render_said(self, value: tuple[str, ...]) -> str:
        """How many rows; all of them on a word."""
        rows = format_html_join("", "<li>{}</li>", ((row,) for row in value))
        words = "1 row" if len(value) == 1 else f"{len(value)} rows"
        return format_html("<details><summary>{}</summary><ul>{}</ul></details>", words, rows)

    def value_said(self, value: tuple[str, ...]) -> str:
        """Every row, in a file."""
        return "; ".join(value)
