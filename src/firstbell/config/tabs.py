"""The sides of a student's record, from every room, in the order in which people look for them."""

from __future__ import annotations

from firstbell.people.data import StudentTab
from firstbell.platform.access import DataClass

STUDENT_TABS: tuple[StudentTab, ...] = (
    StudentTab("student", "Profile", lambda openings: True),
    StudentTab(
        "student_enrollments", "Enrollments", lambda openings: openings.shows(DataClass.ENROLLMENT, "entry")
    ),
    StudentTab(
        "student_schedule", "Schedule", lambda openings: openings.shows(DataClass.ENROLLMENT, "section")
    ),
    StudentTab(
        "student_attendance", "Attendance", lambda openings: openings.shows(DataClass.ATTENDANCE, "history")
    ),
    StudentTab("student_history", "History", lambda openings: openings.shows(DataClass.ENROLLMENT, "entry")),
    StudentTab("student_disclosures", "Disclosures", lambda openings: openings[DataClass.LOGS].reached),
)
