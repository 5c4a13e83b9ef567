"""Lists about schools: today, the year, who to watch, periods and their figures."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from firstbell.attendance.data import (
    PeriodState,
    SchoolAttendance,
)
from firstbell.attendance.web.tables.days import BANDS
from firstbell.attendance.web.tables.rolls import student_address
from firstbell.platform.ui import (
    BadgeColumn,
    Column,
    DateColumn,
    NumberColumn,
    PercentColumn,
    Table,
)
from firstbell.platform.ui.marks import badge


def school_address(row: Any) -> str:
    """A school's attendance."""
    return reverse("school_attendance", args=[row.school_id])


class SchoolsToday(Table):
    """Schools on a day beside their usual."""

    school = Column("School", head=True, link=school_address)
    rate = PercentColumn("Attendance")
    usual = PercentColumn("Usual for the weekday")
    enrolled = NumberColumn("Enrolled")
    absent = NumberColumn("Absent")
    rolls_taken = Column("Rolls in", sortable=False)
    note = Column("Note", sortable=False)

    def render_rolls_taken(self, record: SchoolAttendance) -> str:
        """Of those expected."""
        return f"{record.rolls_taken} of {record.rolls_expected}" if record.rolls_expected else ""


class SchoolsYear(Table):
    """Schools over the year so far."""

    school = Column("School", head=True, link=school_address)
    enrolled = NumberColumn("Enrolled now")
    ada = NumberColumn("ADA", places=2)
    rate = PercentColumn("Days attended")
    chronic_rate = PercentColumn("Chronically absent")
    chronic = NumberColumn("Students")
    truant = NumberColumn("Truant")


class WatchRows(Table):
    """Students in the early-warning bands."""

    name = Column("Student", head=True, link=student_address)
    grade = Column("Grade")
    band = BadgeColumn("Band", states=BANDS)
    rate = PercentColumn("Absent")
    absent = NumberColumn("Days", places=1)
    expected = NumberColumn("Of expected")
    chronic = BadgeColumn(
        "By the rules in force", states={True: ("chronic", "bad"), False: ("not chronic", "neutral")}
    )
    occasions = NumberColumn("Truancy occasions")
    enrolled_now = BadgeColumn("Here", states={True: ("enrolled", "good"), False: ("left", "neutral")})


class PeriodRows(Table):
    """A school's periods, each leading to its figures."""

    school_id = 0
    period = Column("Period", head=True, sortable=False)
    begin = DateColumn("From", sortable=False)
    through = DateColumn("Through", sortable=False)
    ada = NumberColumn("ADA as closed", places=2, sortable=False)
    adm = NumberColumn("ADM as closed", places=2, sortable=False, priority=3)
    lock_ids = Column("Closed", sortable=False, empty_values=())
    stale = Column("Since", sortable=False)

    def render_period(self, value: str) -> str:
        """The live figures of the period."""
        url = reverse("school_period", args=[self.school_id, value.replace(" ", "-")])
        return format_html('<a href="{}">{}</a>', url, value)

    def render_lock_ids(self, value: tuple[int, ...], record: PeriodState) -> str:
        """Every version, the latest last."""
        if not value:
            return "over, not closed" if record.over else "not over"
        links = (
            (reverse("closed_period", args=[lock]), f"version {version}")
            for lock, version in zip(value, record.versions, strict=True)
        )
        return format_html_join(", ", '<a href="{}">{}</a>', links)

    def render_stale(self, value: bool) -> str:
        """A sign only where something changed."""
        return badge("changed since", "warn") if value else ""


class PeriodTracks(Table):
    """A period by track: the division that is rounded."""

    track = Column("Track", head=True, sortable=False, empty_values=())
    days_taught = NumberColumn("Days taught", sortable=False)
    membership = NumberColumn("Pupil-days possible", sortable=False)
    attended = NumberColumn("Pupil-days attended", places=1, sortable=False)
    ada = NumberColumn("ADA", places=2, sortable=False)
    adm = NumberColumn("ADM", places=2, sortable=False)

    def render_track(self, value: str) -> str:
        """A school with one track does not name it."""
        return value or "the school"


class PeriodSpans(Table):
    """A period by grade span."""

    span = Column("Grades", head=True, sortable=False)
    membership = NumberColumn("Pupil-days possible", sortable=False)
    attended = NumberColumn("Pupil-days attended", places=1, sortable=False)
    ada = NumberColumn("ADA", places=2, sortable=False)
    adm = NumberColumn("ADM", places=2, sortable=False)


class PeriodStudents(Table):
    """What each student brought to a period."""

    name = Column(
        "Student", head=True, link=lambda row: reverse("student_attendance", args=[row["student_id"]])
    )
    grade = Column("Grade")
    track = Column("Track")
    membership = NumberColumn("Days enrolled")
    lost = NumberColumn("Days without credit", places=1)
    earns = BadgeColumn("Counts for ADA", states={True: ("yes", "good"), False: ("no", "neutral")})


class StudentChanges(Table):
    """Students whose days changed between two versions of a period."""

    student = Column(
        "Student",
        head=True,
        sortable=False,
        link=student_address,
    )
    before = Column("Before", sortable=False)
    after = Column("After", sortable=False)
    reasons = Column("Reasons", sortable=False)

    def render_reasons(self, value: tuple[str, ...]) -> str:
        """As they were written."""
        return "; ".join(value)
