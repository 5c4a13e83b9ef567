"""Outstanding rolls: each teacher is reminded once, the office is told, the end-of-meeting rule where set."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core import mail

from firstbell.attendance import api
from firstbell.attendance.models import (
    AttendanceSettings,
    RollOpening,
    RollReminder,
    RollSubmission,
    SectionAttendance,
)
from firstbell.attendance.testing import take_roll
from firstbell.people.api import job_viewer
from firstbell.people.models import Staff, Substitution
from firstbell.people.testing import BEGIN, TODAY
from firstbell.platform.access import NotVisible

pytestmark = pytest.mark.django_db
#: period 1 begins at 8:00, period 2 at 9:00; a roll is late 15 minutes after the bell
JOB = job_viewer("attendance:rolls", TODAY)


@pytest.fixture
def mailboxes(district, clock):
    for key in ("north-teacher", "north-clerk", "south-teacher", "substitute"):
        Staff.objects.filter(pk=district.id("staff", key)).update(email=f"{key}@example.org")
    return district


def to() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def test_a_late_roll_reminds_its_teacher_once_and_tells_the_office(mailboxes, clock):
    take_roll(mailboxes, "north-x1")
    clock(9, 15)
    assert api.remind(JOB) == {"rolls": 1, "teachers": 1, "offices": 0}
    assert to() == ["south-teacher@example.org"]
    clock(9, 16)
    assert api.remind(JOB)["rolls"] == 2, "one of each school, 15 minutes and a little after the bell"
    assert to() == [
        "north-clerk@example.org",
        "north-teacher@example.org",
        *["south-teacher@example.org"] * 2,
    ]
    assert api.remind(JOB)["rolls"] == 0
    assert RollReminder.objects.count() == 3
    text = next(message for message in mail.outbox if message.to == ["north-teacher@example.org"])
    assert text.subject == "Please take your roll: Mathematics 2"
    assert "Period 2, Mathematics 2 (began 09:00)" in text.body
    office = next(message for message in mail.outbox if message.to == ["north-clerk@example.org"])
    assert office.subject == "1 rolls outstanding at North School"
    assert not any("Learner" in message.body for message in mail.outbox), "no student is named in a mail"
    row = next(row for row in api.board(JOB, TODAY) if row.section == "Mathematics 2")
    assert row.reminded_at is not None


def test_a_substitute_is_reminded_instead_of_the_absent_teacher(mailboxes):
    for n in (1, 2):
        Substitution.objects.create(
            section_id=mailboxes.id("section", f"north-x{n}"),
            staff_id=mailboxes.id("staff", "substitute"),
            day=TODAY,
        )
    api.remind(JOB)
    assert "north-teacher@example.org" not in to()
    assert to().count("substitute@example.org") == 2


def test_a_waived_or_coming_roll_and_another_day_s_remind_nobody(mailboxes, clock):
    clock(7, 50)
    assert api.remind(JOB)["rolls"] == 0
    clock(8, 30)
    clerk = mailboxes.viewer("staff", "north-clerk")
    for school in ("north", "south"):
        viewer = mailboxes.viewer("staff", f"{school}-clerk")
        section, slot = mailboxes.id("section", f"{school}-x1"), mailboxes.id("period", f"{school}-p1")
        api.waive_roll(viewer, section, TODAY, slot, reason="assembly")
    assert api.remind(JOB)["rolls"] == 0
    assert api.missing_since(clerk, TODAY, back=1) != []


def test_the_minutes_are_the_school_s_setting(mailboxes, clock):
    AttendanceSettings.objects.create(begin=BEGIN, remind_after_minutes=45)
    clock(8, 44)
    assert api.remind(JOB)["rolls"] == 0
    clock(8, 46)
    assert api.remind(JOB)["rolls"] == 2


def test_without_a_mail_server_nobody_is_said_to_be_reminded(mailboxes, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert api.remind(JOB) == {"rolls": 0, "teachers": 0, "offices": 0}
    assert not RollReminder.objects.exists()


def test_yesterday_s_missing_rolls_stay_listed_until_taken_or_waived(district, django_assert_num_queries):
    clerk = district.viewer("staff", "north-clerk")
    first = api.missing_since(clerk, TODAY)
    days = sum((BEGIN + timedelta(days=n)).weekday() < 5 for n in range((TODAY - BEGIN).days))
    assert len(first) == 2 * days, "every meeting since the first day of school"
    assert (first[0].day, first[0].teacher) == (TODAY - timedelta(days=1), "North, Teacher")
    one, other = first[:2]
    api.submit_roll(clerk, one.section_id, one.day, one.slot, {})
    api.waive_roll(clerk, other.section_id, other.day, other.slot, reason="fire drill")
    left = api.missing_since(clerk, TODAY)
    assert len(left) == len(first) - 2
    assert {row.day for row in api.missing_since(clerk, TODAY, back=3)} == set()
    with django_assert_num_queries(8):
        api.missing_since(clerk, TODAY)


def opened(district) -> None:
    teacher = district.viewer("staff", "north-teacher")
    api.note_opened(teacher, district.id("section", "north-x1"), district.id("period", "north-p1"))


def test_at_the_end_of_a_meeting_the_unmarked_of_an_opened_roll_become_absent(district, clock):
    AttendanceSettings.objects.create(begin=BEGIN, unmarked_become_absent=True)
    clerk, excused = district.viewer("staff", "north-clerk"), district.id("student", "north-1")
    api.office_mark_day(clerk, excused, TODAY, "E")
    opened(district)
    assert api.end_meetings(JOB, now=time(8, 50)) == 0, "the meeting ends at 8:50"
    assert api.end_meetings(JOB, now=time(8, 51)) == 1
    roll = RollSubmission.objects.get()
    assert (roll.by_name, roll.enrolled, roll.absent) == ("Firstbell (end of meeting)", 6, 6)
    rows = SectionAttendance.objects.all()
    assert {(row.teacher_code, row.teacher_by) for row in rows} == {("A", "Firstbell (end of meeting)")}
    assert {row.student_id for row in rows} == {district.id("student", f"north-{n}") for n in range(6)} - {
        excused
    }
    assert api.end_meetings(JOB, now=time(8, 52)) == 0


def test_a_roll_that_nobody_opened_stays_not_taken(district, clock):
    AttendanceSettings.objects.create(begin=BEGIN, unmarked_become_absent=True)
    assert api.end_meetings(JOB, now=time(15, 0)) == 0
    assert not RollSubmission.objects.exists()


def test_without_the_setting_nothing_is_noted_and_nothing_ends(district, clock):
    opened(district)
    assert not RollOpening.objects.exists()
    assert api.end_meetings(JOB, now=time(15, 0)) == 0
    with pytest.raises(NotVisible):
        api.note_opened(
            district.viewer("staff", "south-teacher"),
            district.id("section", "north-x1"),
            district.id("period", "north-p1"),
        )
