"""How many of each kind the district has."""

from __future__ import annotations

from firstbell.people import models as m

#: names that ``firstbell counts`` prints
TABLES = {
    "agencies": m.Agency,
    "schools": m.School,
    "academic_sessions": m.AcademicSession,
    "calendars": m.Calendar,
    "calendar_dates": m.CalendarDate,
    "class_periods": m.ClassPeriod,
    "bell_schedules": m.BellSchedule,
    "rooms": m.Room,
    "students": m.Student,
    "contacts": m.Contact,
    "student_contacts": m.StudentContact,
    "staff": m.Staff,
    "staff_assignments": m.StaffAssignment,
    "courses": m.Course,
    "course_offerings": m.CourseOffering,
    "sections": m.Section,
    "section_staff": m.SectionStaff,
    "program_participations": m.ProgramParticipation,
}


def people_counts() -> dict[str, int]:
    """Rows by kind; of versioned rows the current ones. Counts only: no row is shown, no viewer needed."""
    counts = {name: model.objects.count() for name, model in TABLES.items()}  # type: ignore[attr-defined]
    for name, model in (
        ("school_enrollments", m.SchoolEnrollment),
        ("section_enrollments", m.SectionEnrollment),
    ):
        counts[name] = model.objects.filter(superseded_at=None).count()
    return counts
