"""Reminding of outstanding rolls: each teacher once for each meeting, the office in one message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.formats import date_format

from firstbell.attendance.data import MeetingState
from firstbell.attendance.models import RollReminder
from firstbell.attendance.rules.reminder_text import reminder
from firstbell.attendance.selectors.board import board
from firstbell.people.api import StaffMail, post_mail, section_mail
from firstbell.platform import audit
from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.mail import MailNotSent, mail_is_set_up, send_mail
from firstbell.platform.writing import writing

OFFICE_POST = "attendance_clerk"


def remind(viewer: Viewer) -> dict[str, int]:
    """Remind of today's rolls that are late and of which nobody was reminded. For the job.

    Late is a roll once the school's minutes after the bell have passed. Each is claimed before mail
    leaves, so that a teacher is reminded of it at most once. Without a mail server nothing is claimed.
    Answers rolls, mails to teachers and to offices.
    """
    counts = {"rolls": 0, "teachers": 0, "offices": 0}
    if not mail_is_set_up():
        return counts
    late = [m for m in board(viewer, viewer.today) if m.state == "late" and m.reminded_at is None]
    mine = [meeting for meeting in late if _claim(meeting)]
    counts["rolls"] = len(mine)
    if not mine:
        return counts
    mailboxes = section_mail((meeting.section_id for meeting in mine), viewer.today)
    for meeting in mine:
        sent, result = _mail_teachers(meeting, mailboxes.get(meeting.section_id, ()))
        _reminders(meeting).update(mailed=sent, result=result[:200])
        counts["teachers"] += sent
    counts["offices"] = _mail_offices(viewer, mine)
    with writing():
        audit.record(
            viewer,
            "attendance.remind",
            "roll",
            data_classes=[DataClass.ATTENDANCE],
            count=len(mine),
        )
    return counts


def _claim(meeting: MeetingState) -> bool:
    try:
        with transaction.atomic():
            RollReminder.objects.create(section_id=meeting.section_id, day=meeting.day, slot=meeting.slot)
    except IntegrityError:
        return False
    return True


def _reminders(meeting: MeetingState) -> QuerySet[RollReminder]:
    return RollReminder.objects.filter(section=meeting.section_id, day=meeting.day, slot=meeting.slot)


def _mail_teachers(meeting: MeetingState, mailboxes: Sequence[StaffMail]) -> tuple[int, str]:
    if not mailboxes:
        return 0, "no e-mail address of the teacher is known"
    sent, result = 0, ""
    for mailbox in mailboxes:
        values = _values(mailbox.language, [meeting])
        subject = reminder(mailbox.language, "teacher_subject", values)
        try:
            send_mail([mailbox.email], subject, reminder(mailbox.language, "teacher", values))
            sent += 1
        except MailNotSent as problem:
            result = str(problem)
    return sent, result


def _mail_offices(viewer: Viewer, late: Iterable[MeetingState]) -> int:
    by_school: dict[int, list[MeetingState]] = defaultdict(list)
    for meeting in late:
        by_school[meeting.school_id].append(meeting)
    mailboxes = post_mail(by_school, OFFICE_POST, viewer.today)
    sent = 0
    for school, some in by_school.items():
        for mailbox in mailboxes.get(school, ()):
            values = _values(mailbox.language, some)
            subject = reminder(mailbox.language, "office_subject", values)
            try:
                send_mail([mailbox.email], subject, reminder(mailbox.language, "office", values))
                sent += 1
            except MailNotSent:
                continue
    return sent


def _values(language: str, late: Sequence[MeetingState]) -> dict[str, str]:
    with translation.override(language):
        day = date_format(late[0].day, "DATE_FORMAT")
    lines = [
        reminder(
            language,
            "line",
            {
                "period": meeting.period,
                "section": meeting.section,
                "begin": f"{meeting.begin:%H:%M}" if meeting.begin else "–",
            },
        )
        for meeting in late
    ]
    return {
        "day": day,
        "lines": "\n".join(f"- {line}" for line in lines),
        "section": late[0].section,
        "school": late[0].school,
        "count": str(len(late)),
    }
