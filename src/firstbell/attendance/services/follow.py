"""What follows from news of other rooms and of the office's own settings: days are derived anew."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Min
from django.utils.timezone import localdate

from firstbell.attendance.models import (
    DayAttendance,
    PupilDayRow,
    RecomputeRequest,
    SectionAttendance,
)
from firstbell.attendance.services.known_absence import lay_anew
from firstbell.attendance.services.recompute import recompute_days, recompute_schools
from firstbell.attendance.services.stale import mark_stale
from firstbell.people.api import job_viewer, schools_of
from firstbell.people.data import CalendarDayChanged, EnrollmentChanged, StudentEnrolled
from firstbell.platform import audit
from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.jobs import start
from firstbell.platform.writing import writing

RECOMPUTE_JOB = "attendance.recompute"


def follow_enrolled(news: StudentEnrolled) -> None:
    """A student was enrolled."""
    follow_student(news.student_id, news.entry)


def follow_enrollment(news: EnrollmentChanged) -> None:
    """Dates, school, program or sections of a student changed."""
    follow_student(news.student_id, news.since)


def follow_calendar(news: CalendarDayChanged) -> None:
    """What a day is at a school changed; in a rotation the letters of the days after it may change too."""
    follow_schools(job_viewer("attendance:calendar", localdate()), [news.school_id], news.day)


def follow_student(student_id: int, since: date) -> int:
    """Derive a student's days anew from ``since`` on, in the transaction of the change itself; answers how
    many changed. Known absences are laid over the new timetable first."""
    lay_anew(student_id, since)
    days = {
        day
        for model in (SectionAttendance, DayAttendance, PupilDayRow)
        for day in model.objects.filter(student=student_id, day__gte=since).values_list("day", flat=True)
    }
    changed = recompute_days((student_id, day) for day in days)
    # membership changes too, with or without a row
    mark_stale(schools_of([student_id]), since)
    return changed


def follow_schools(viewer: Viewer, schools: Iterable[int], since: date) -> None:
    """Have the schools' days derived anew from ``since`` on, by a job: calendar, bells, codes or settings
    changed. In the transaction of the change itself."""
    ids = sorted(schools)
    RecomputeRequest.objects.bulk_create(RecomputeRequest(school_id=school, since=since) for school in ids)
    if ids:
        start(viewer, RECOMPUTE_JOB)


def follow_requests(viewer: Viewer) -> dict[str, int]:
    """Do what ``follow_schools`` asked for; answers schools and changed days. For the job."""
    counts = {"schools": 0, "days": 0}
    waiting = dict(RecomputeRequest.objects.order_by().values_list("school_id").annotate(since=Min("since")))
    for school, since in waiting.items():
        with writing():
            asked = RecomputeRequest.objects.select_for_update().filter(school=school)
            ids = list(asked.values_list("id", flat=True))
            changed = recompute_schools([school], begin=since)
            if changed:
                audit.record(
                    viewer,
                    "attendance.recompute",
                    "school",
                    school,
                    data_classes=[DataClass.ATTENDANCE],
                    count=changed,
                )
            RecomputeRequest.objects.filter(id__in=ids).delete()
        counts["schools"] += 1
        counts["days"] += changed
    return counts
