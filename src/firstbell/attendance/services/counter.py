"""The office's counter: a student comes late or leaves early, and the day is set in one act."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from django.db import transaction
from django.utils import timezone

from firstbell.attendance.data import AttendanceCode, CodeKind, DayMeeting, StudentDay
from firstbell.attendance.selectors.student_day import student_day
from firstbell.attendance.services.office import office_clear_day, office_mark_meeting
from firstbell.kernel.finding import Refused, error
from firstbell.platform.access import NotAllowed, Viewer


def sign_in(viewer: Viewer, student_id: int, *, missed: str = "", now: time | None = None) -> list[str]:
    """A student arrives: tardy in the meeting that runs, ``missed`` (a code) in those before it.

    Without ``missed`` the meetings before keep what teachers said; a whole-day word of the office becomes
    the word for them. Answers what was set, in words. Raises NotVisible, NotAllowed, Refused.
    """
    clock = now or timezone.localtime().time()
    with transaction.atomic():
        day = _day(viewer, student_id)
        if day.whole_day is not None:
            missed = missed or day.whole_day.code
            office_clear_day(viewer, student_id, day.day, reason="signed in")
        tardy = _code(day, lambda code: code.tardy, "a tardy code")
        words = f"signed in {clock:%H:%M}"
        done = []
        for one in day.meetings:
            if _over(one, clock):
                if missed:
                    done.append(_mark(viewer, day, one, missed, words))
            elif _runs(one, clock):
                done.append(_mark(viewer, day, one, tardy.code, words))
    return done


def sign_out(viewer: Viewer, student_id: int, code: str, *, now: time | None = None) -> list[str]:
    """A student leaves: left early in the meeting that runs, ``code`` in those after it.

    Answers what was set, in words. Raises NotVisible, NotAllowed, Refused.
    """
    clock = now or timezone.localtime().time()
    with transaction.atomic():
        day = _day(viewer, student_id)
        early = _code(day, lambda code: code.left_early, "a code for leaving early")
        words = f"signed out {clock:%H:%M}"
        return [
            _mark(viewer, day, one, early.code if _runs(one, clock) else code, words)
            for one in day.meetings
            if not _over(one, clock)
        ]


def _day(viewer: Viewer, student_id: int) -> StudentDay:
    day = student_day(viewer, student_id, viewer.today)
    if not day.may_mark:
        raise NotAllowed("writing as this school's attendance office")
    if not day.meetings:
        raise Refused(
            [
                error(
                    "attendance.counter.no_meeting",
                    "the student has no class today",
                    "look at the calendar and the student's schedule",
                )
            ]
        )
    return day


def _code(day: StudentDay, wanted: Callable[[AttendanceCode], bool], words: str) -> AttendanceCode:
    """The first code of the table that is wanted and means presence."""
    found = next((code for code in day.codes if code.kind is not CodeKind.ABSENT and wanted(code)), None)
    if found is None:
        raise Refused(
            [
                error(
                    "attendance.counter.code",
                    f"the code table has not {words} today",
                    "add one to the code table, or set a code by hand",
                )
            ]
        )
    return found


def _over(meeting: DayMeeting, clock: time) -> bool:
    return meeting.end is not None and meeting.end <= clock


def _runs(meeting: DayMeeting, clock: time) -> bool:
    """Whether the meeting runs; one without times lasts all day."""
    return not _over(meeting, clock) and (meeting.begin is None or meeting.begin <= clock)


def _mark(viewer: Viewer, day: StudentDay, meeting: DayMeeting, code: str, comment: str) -> str:
    office_mark_meeting(
        viewer, day.student_id, meeting.section_id, day.day, meeting.slot, code, comment=comment
    )
    return f"{meeting.period or meeting.section}: {code}"
