"""The bridge's tables."""

from __future__ import annotations

from firstbell.attendance.data import SchoolAttendance
from firstbell.platform.access import DataClass
from firstbell.platform.ui import BadgeColumn, Column, NumberColumn, PercentColumn, Table, share_words


class SchoolsToday(Table):
    """Each school on a day beside its usual."""

    school = Column("School", head=True)
    in_session = BadgeColumn("Day", states={True: ("in session", "good"), False: ("closed", "neutral")})
    note = Column("Why")
    enrolled = NumberColumn("Enrolled", priority=3)
    absent = NumberColumn("Absent")
    rate = PercentColumn("Here")
    usual = PercentColumn("Usual", note="same weekday")
    rolls_taken = Column("Rolls in")
    rolls_late = NumberColumn("Late")

    def render_rolls_taken(self, record: SchoolAttendance) -> str:
        """``24 of 26``."""
        return share_words(record.rolls_taken, record.rolls_expected)


class ChronicBySchool(Table):
    """Chronic absence of each school, the most first."""

    school = Column("School", head=True)
    chronic_rate = PercentColumn("Chronically absent")
    chronic = NumberColumn("Students")
    eligible = NumberColumn("of", priority=3)
    rate = PercentColumn("Year's attendance")
    truant = NumberColumn("Truant", priority=3)


class Problems(Table):
    """Problems of the roster by kind and school."""

    title = Column("Problem", head=True, accessor="kind__title")
    school = Column("School")
    number = NumberColumn("How many")


#: the table of a panel's rows, with its caption
TABLES: dict[str, tuple[type[Table], str]] = {
    "attendance_today": (SchoolsToday, "Schools today"),
    "chronic_absence": (ChronicBySchool, "Chronic absence by school"),
    "roster_problems": (Problems, "Problems by school"),
}
#: of which classes a panel's rows are counts
CLASSES: dict[str, tuple[DataClass, ...]] = {
    "attendance_today": (DataClass.ATTENDANCE,),
    "chronic_absence": (DataClass.ATTENDANCE,),
    "roster_problems": (DataClass.ENROLLMENT,),
}
