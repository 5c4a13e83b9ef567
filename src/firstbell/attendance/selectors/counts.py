"""How many attendance rows there are."""

from __future__ import annotations

from firstbell.attendance.models import DayAttendance, Letter, PupilDayRow, RollSubmission, SectionAttendance


def attendance_counts() -> dict[str, int]:
    """Rows by kind. Counts only: no row is shown, no viewer needed."""
    return {
        "attendance_events": SectionAttendance.objects.count(),
        "attendance_days": DayAttendance.objects.count(),
        "roll_submissions": RollSubmission.objects.count(),
        "pupil_days": PupilDayRow.objects.count(),
        "letters": Letter.objects.count(),
    }
