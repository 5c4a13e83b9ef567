"""Teachers, the office and a job write about one student at the same moment."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest

from firstbell.attendance import api
from firstbell.attendance.data import (
    AttendanceEventRecord,
    AttendanceLoad,
    LetterState,
    Mark,
    Origin,
    RollRecord,
)
from firstbell.attendance.models import (
    AttendanceChange,
    AttendanceCodeRow,
    DayAttendance,
    KnownAbsenceRow,
    Letter,
    PupilDayRow,
    RollSubmission,
    SectionAttendance,
)
from firstbell.attendance.testing import absent_on, letter_settings, take_roll
from firstbell.kernel.finding import Refused
from firstbell.people.models import School
from firstbell.people.testing import SOURCE, TODAY, SmallDistrict, small_district
from firstbell.platform.access import Viewer
from tests.at_once import TOGETHER, at_once, meet_after

JOB = Viewer(account_id=None, name="test", today=TODAY, purpose="test")
SERVICES = "firstbell.attendance.services"
#: where everything said of a day has been read and nothing derived
READ = f"{SERVICES}.recompute:_derivation"


@pytest.fixture
def district(served: None) -> SmallDistrict:
    api.ensure_codes()
    return small_district()


def none_failed(answers: list[Any]) -> None:
    for answer in answers:
        if isinstance(answer, Exception):
            raise answer


def assert_days_are_what_was_said() -> None:
    """Derived anew with nobody else about, no day differs."""
    before = list(PupilDayRow.objects.order_by("student", "day").values())
    assert before
    assert api.recompute_schools(School.objects.values_list("pk", flat=True)) == 0


def roll(district: SmallDistrict, number: int, *marks: str, **more: Any) -> Callable[[], Any]:
    """North's roll of a period, with these students absent."""
    teacher = district.viewer("staff", "north-teacher")
    section, slot = district.id("section", f"north-x{number}"), district.id("period", f"north-p{number}")
    sent = {district.id("student", key): Mark("A") for key in marks}
    return lambda: api.submit_roll(teacher, section, TODAY, slot, sent, **more)


@pytest.mark.parametrize("second", [["north-1"], []])
def test_two_teachers_of_one_student_at_once_make_one_day(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch, second: list[str]
) -> None:
    roll(district, 1)()
    roll(district, 2, "north-1")()
    meet_after(monkeypatch, READ)
    none_failed(at_once(roll(district, 1, "north-1", based_on=1), roll(district, 2, *second, based_on=1)))
    row = PupilDayRow.objects.get(student=district.id("student", "north-1"))
    assert (row.complete, row.state_day_present) == (True, not second)
    assert_days_are_what_was_said()


def test_a_roll_without_exceptions_completes_the_day_of_who_is_noted_at_this_moment(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet_after(monkeypatch, "firstbell.attendance.services.submit_roll:_write")
    meet_after(monkeypatch, "firstbell.attendance.services.submit_roll:recompute_days")
    none_failed(at_once(roll(district, 1, "north-1"), roll(district, 2)))
    assert PupilDayRow.objects.get().complete
    assert_days_are_what_was_said()


def test_office_and_teacher_at_once_are_both_kept_and_both_count(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, student = district.viewer("staff", "north-clerk"), district.id("student", "north-1")
    meet_after(monkeypatch, READ)
    none_failed(
        at_once(
            roll(district, 1, "north-1", "north-2"), lambda: api.office_mark_day(clerk, student, TODAY, "H")
        )
    )
    assert SectionAttendance.objects.get(student=student).teacher_code == "A"
    assert PupilDayRow.objects.get(student=student).code == "H"
    assert_days_are_what_was_said()


def test_office_and_teacher_about_one_meeting_at_once_are_both_kept(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, student = district.viewer("staff", "north-clerk"), district.id("student", "north-1")
    section, slot = district.id("section", "north-x1"), district.id("period", "north-p1")
    roll(district, 1, "north-1", "north-2")()
    meet_after(monkeypatch, "firstbell.attendance.services.office:_remember")
    meet_after(monkeypatch, "firstbell.attendance.services.submit_roll:_write")
    none_failed(
        at_once(
            lambda: api.office_mark_meeting(clerk, student, section, TODAY, slot, "E"),
            roll(district, 1, "north-2", based_on=1),
        )
    )
    row = SectionAttendance.objects.get(student=student)
    assert (row.teacher_code, row.office_code) in {("P", "E"), ("A", "E")}
    said = AttendanceChange.objects.filter(student=student, side="teacher").values_list("after", flat=True)
    assert [after["code"] for after in said] == (["P"] if row.teacher_code == "P" else [])
    assert_days_are_what_was_said()


def test_two_clerks_who_mark_one_day_at_once_write_one_word(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, student = district.viewer("staff", "north-clerk"), district.id("student", "north-1")
    meet_after(monkeypatch, "firstbell.attendance.services.office:_remember")
    none_failed(
        at_once(*[lambda code=code: api.office_mark_day(clerk, student, TODAY, code) for code in ("H", "E")])
    )
    changes = list(AttendanceChange.objects.order_by("pk").values_list("before__code", "after__code"))
    assert changes in [[("", "H"), ("H", "E")], [("", "E"), ("E", "H")]]
    assert DayAttendance.objects.get().office_code == changes[1][1]


def test_two_different_first_rolls_of_one_meeting_do_not_both_stand(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    meet_after(monkeypatch, "firstbell.attendance.services.submit_roll:_mark")
    answers = at_once(
        *[roll(district, 1, key, client_id=uuid.uuid4()) for key in ("north-1", "north-2")],
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["RollReceipt", "StaleRoll"]
    assert SectionAttendance.objects.count() == 1


def test_days_derived_by_a_job_and_by_a_teacher_at_once_agree(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_roll(district, "north-x1", {"north-1": "A"})
    PupilDayRow.objects.all().delete()
    meet_after(monkeypatch, READ)
    north = district.id("school", "north")
    none_failed(at_once(lambda: api.recompute_schools([north]), roll(district, 2, "north-1", "north-2")))
    assert_days_are_what_was_said()


def test_a_report_is_decided_once(district: SmallDistrict, monkeypatch: pytest.MonkeyPatch) -> None:
    parent, student = district.viewer("contact", "c-north-1"), district.id("student", "north-1")
    clerk = district.viewer("staff", "north-clerk")
    first = api.report_absence(parent, student, TODAY, TODAY, "fever")
    meet_after(monkeypatch, "firstbell.attendance.services.known_absence:office_days")
    twice = at_once(*[lambda: api.accept_absence(clerk, first, "H")] * 2)
    assert twice == [first, first]
    later = TODAY + timedelta(days=1)
    second = api.report_absence(parent, student, later, later, "fever")
    answers = at_once(
        lambda: api.accept_absence(clerk, second, "H"), lambda: api.decline_absence(clerk, second, "no")
    )
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [one.findings[0].code for one in refused] == ["attendance.decided"]
    accepted = KnownAbsenceRow.objects.get(pk=second).state == "accepted"
    assert DayAttendance.objects.filter(day=later).exists() == accepted


def test_a_report_sent_twice_waits_once(district: SmallDistrict) -> None:
    parent, student = district.viewer("contact", "c-north-1"), district.id("student", "north-1")
    first, second = at_once(*[lambda: api.report_absence(parent, student, TODAY, TODAY, "fever")] * 2)
    assert first == second
    clerk = district.viewer("staff", "north-clerk")
    entered = at_once(*[lambda: api.enter_known_absence(clerk, student, TODAY, TODAY, "H")] * 2)
    assert entered[0] == entered[1]
    assert KnownAbsenceRow.objects.count() == 2


def test_one_load_twice_at_once_is_there_once(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = AttendanceLoad(
        events=[
            AttendanceEventRecord(
                student="north-1",
                school="north",
                section="north-x1",
                day=TODAY,
                code="A",
                origin=Origin.TEACHER,
            )
        ],
        rolls=[RollRecord(section="north-x1", day=TODAY)],
    )
    meet_after(monkeypatch, "firstbell.attendance.services.load:_events")
    answers = at_once(*[lambda: api.load_attendance(JOB, load, source=SOURCE)] * 2)
    none_failed(answers)
    assert sorted(answer["events_added"] for answer in answers) == [0, 1]
    assert RollSubmission.objects.count() == 1


def test_the_starter_codes_are_given_once(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_after(monkeypatch, "firstbell.attendance.services.codes:starter_codes")
    none_failed(at_once(api.ensure_codes, api.ensure_codes))
    codes = AttendanceCodeRow.objects.values_list("code", flat=True)
    assert len(codes) == len(set(codes)) > 0


def test_a_letter_that_is_sent_while_the_batch_withdraws_it_stays_sent(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clerk has seen that it is due, the office excuses its days, the batch has seen it waiting."""
    letter_settings()
    days = [TODAY - timedelta(days=number) for number in (8, 7, 6)]
    absent_on(district, ["north-1"], days)
    clerk = district.viewer("staff", "north-clerk")
    api.propose_letters(clerk)
    letter = Letter.objects.get()
    sending, batch = import_module(f"{SERVICES}.send_letter"), import_module(f"{SERVICES}.propose_letters")
    seen_due, seen_waiting, sent = threading.Event(), threading.Event(), threading.Event()
    still_due, ladders = sending._still_due, batch.ladders

    def still_due_then_wait(*arguments: Any) -> Any:
        found = still_due(*arguments)
        seen_due.set()
        seen_waiting.wait(5 * TOGETHER)
        return found

    def ladders_then_wait(*arguments: Any) -> Any:
        found = ladders(*arguments)
        seen_waiting.set()
        sent.wait(5 * TOGETHER)
        return found

    monkeypatch.setattr(sending, "_still_due", still_due_then_wait)
    monkeypatch.setattr(batch, "ladders", ladders_then_wait)

    def send() -> None:
        api.send_letter(clerk, letter.pk)
        sent.set()

    def excuse_and_withdraw() -> None:
        assert seen_due.wait(20)
        for day in days:
            api.office_mark_day(clerk, letter.student_id, day, "H")
        api.propose_letters(clerk)

    none_failed(at_once(send, excuse_and_withdraw))
    letter.refresh_from_db()
    assert (letter.state, letter.deliveries.count()) == (LetterState.SENT, 1)


def test_two_batches_at_once_propose_each_letter_once(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter_settings()
    absent_on(district, ["north-1"], [TODAY - timedelta(days=number) for number in (8, 7, 6)])
    meet_after(monkeypatch, f"{SERVICES}.propose_letters:ladders")
    clerk = district.viewer("staff", "north-clerk")
    answers = at_once(*[lambda: api.propose_letters(clerk)] * 2)
    none_failed(answers)
    assert sorted(answer.proposed for answer in answers) == [0, 1]
    assert Letter.objects.count() == 1
