"""Which room hears what from which, and what runs by the clock: every subscription of the house."""

from __future__ import annotations

from datetime import timedelta


def wire() -> None:
    """Subscribe and schedule; called once when the house is open."""
    from firstbell.attendance import api as attendance
    from firstbell.attendance import tasks as attendance_tasks  # noqa: F401 - registers its work
    from firstbell.exchange import tasks as exchange  # noqa: F401 - registers its work
    from firstbell.overview import tasks as overview  # noqa: F401 - registers its work
    from firstbell.people.data import CalendarDayChanged, EnrollmentChanged, StudentEnrolled
    from firstbell.platform import tasks  # noqa: F401 - registers its work
    from firstbell.platform.events import subscribe
    from firstbell.platform.jobs import every

    # days follow from where a student belongs: one student's at once, a whole school's by a job
    subscribe(StudentEnrolled, attendance.follow_enrolled)
    subscribe(EnrollmentChanged, attendance.follow_enrollment)
    subscribe(CalendarDayChanged, attendance.follow_calendar)

    every(timedelta(hours=1), "audit.head")
    every(timedelta(days=1), "audit.verify")
    every(timedelta(days=1), "sessions.clear")
    every(timedelta(minutes=15), "overview.figures")
    every(timedelta(days=1), "overview.year")
    every(timedelta(days=1), "attendance.propose_letters")
    every(timedelta(minutes=5), "attendance.rolls")
    every(timedelta(days=1), "attendance.prove_days")
    every(timedelta(days=1), "exchange.clear_waiting")
