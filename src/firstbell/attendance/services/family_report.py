"""What a family says of its own child's absence; it waits in the office's queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from firstbell.attendance.data import KnownState
from firstbell.attendance.models import KnownAbsenceRow, PupilDayRow, SectionAttendance
from firstbell.attendance.selectors.setup import settings_for
from firstbell.attendance.services.known_absence import (
    check_reason,
    check_span,
    no_school_day,
    said_before,
)
from firstbell.kernel.finding import Refused, error
from firstbell.people.api import hold_students, students_in_scope, taught_between, taught_days_of
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.writing import writing


def report_absence(
    viewer: Viewer,
    student_id: int,
    begin: date,
    end: date,
    comment: str,
    *,
    periods: Sequence[int] = (),
    reason: str = "",
) -> int:
    """A family reports a coming absence, of whole days or chosen ``periods`` (slots). Answers the row's id.

    Raises NotVisible, and Refused for a day that has passed, a span without school, an unknown reason.
    """
    with writing():
        hold_students([student_id])
        _require(viewer, student_id)
        check_span(begin, end)
        check_reason(reason, begin)
        if begin < viewer.today:
            raise Refused(
                [
                    error(
                        "attendance.past",
                        "the first day has passed",
                        "report today or later here; explain days gone by as an excuse",
                        column="begin",
                    )
                ]
            )
        if not taught_days_of(student_id, begin, end):
            raise Refused([no_school_day()])
        return _store(viewer, student_id, begin, end, comment, periods, reason, "report_absence")


def excuse_absence(viewer: Viewer, student_id: int, begin: date, end: date, reason: str, comment: str) -> int:
    """A family explains an absence of days gone by, with a reason of the district's list. Answers the id.

    Raises NotVisible, and Refused where no absence is on record, the days are too long ago (a setting), or
    the reason is unknown.
    """
    with writing():
        hold_students([student_id])
        _require(viewer, student_id)
        check_span(begin, end)
        if not reason:
            raise Refused([error("attendance.reason", "a reason is needed", "choose one", column="reason")])
        check_reason(reason, begin)
        days = taught_days_of(student_id, begin, min(end, viewer.today))
        if end > viewer.today or not days or not _absent(student_id, begin, end):
            raise Refused(
                [
                    error(
                        "attendance.nothing_to_excuse",
                        "no absence is on record for these days",
                        "choose days on which the school noted an absence",
                        column="begin",
                    )
                ]
            )
        school = days[0][0]
        back = settings_for([school], viewer.today)[school].family_excuse_days
        if taught_between(school, days[0][1], viewer.today) > back:
            raise Refused(
                [
                    error(
                        "attendance.too_late",
                        f"an absence can be explained here for {back} school days",
                        "call the attendance office",
                        column="begin",
                    )
                ]
            )
        return _store(viewer, student_id, begin, end, comment, (), reason, "excuse_absence")


def _require(viewer: Viewer, student_id: int) -> None:
    if not students_in_scope(viewer, DataClass.ATTENDANCE, write=True).filter(pk=student_id).exists():
        raise NotVisible


def _absent(student_id: int, begin: date, end: date) -> bool:
    """Whether something without valid excuse is noted of these days."""
    days = PupilDayRow.objects.filter(student=student_id, day__range=(begin, end))
    entries = SectionAttendance.objects.filter(student=student_id, day__range=(begin, end), office_code="")
    return days.filter(category="unexcused").exists() or entries.exclude(teacher_code="").exists()


def _store(
    viewer: Viewer,
    student_id: int,
    begin: date,
    end: date,
    comment: str,
    periods: Sequence[int],
    reason: str,
    verb: str,
) -> int:
    asked = {"periods": sorted(periods), "reason": reason, "account_id": viewer.account_id}
    again = said_before(student_id, begin, end, state=KnownState.REPORTED, **asked)
    if again is not None:
        return again
    row = KnownAbsenceRow.objects.create(
        student_id=student_id,
        begin=begin,
        end=end,
        state=KnownState.REPORTED,
        comment=comment.strip()[:300],
        by_name=viewer.name,
        **asked,
    )
    audit.record(viewer, f"attendance.{verb}", "student", student_id, data_classes=[DataClass.ATTENDANCE])
    return row.pk
