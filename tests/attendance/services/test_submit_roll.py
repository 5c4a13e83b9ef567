"""The roll: everyone present by default, the same roll twice is one roll, the office outranks."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from firstbell.attendance import api
from firstbell.attendance.data import CellOrigin, Mark
from firstbell.attendance.models import (
    AttendanceChange,
    AttendanceSettings,
    DayAttendance,
    PupilDayRow,
    RollSubmission,
    SectionAttendance,
)
from firstbell.attendance.testing import take_roll
from firstbell.kernel.finding import Refused
from firstbell.people.models import Staff, Substitution
from firstbell.people.testing import TODAY, SmallDistrict, small_district
from firstbell.platform.access import NotVisible

pytestmark = pytest.mark.django_db


def submit(district: SmallDistrict, marks: dict[str, Mark], **more: object) -> object:
    return api.submit_roll(
        more.pop("viewer", None) or district.viewer("staff", "north-teacher"),  # type: ignore[arg-type]
        district.id("section", "north-x1"),
        more.pop("day", TODAY),  # type: ignore[arg-type]
        district.id("period", "north-p1"),
        {district.id("student", key): mark for key, mark in marks.items()},
        **more,  # type: ignore[arg-type]
    )


def codes() -> dict[int, str]:
    return {row.student_id: row.effective for row in SectionAttendance.objects.all()}


def test_a_roll_without_exceptions_is_a_submission_and_no_rows(district: SmallDistrict) -> None:
    receipt = submit(district, {})
    assert (receipt.enrolled, receipt.absent, receipt.version) == (6, 0, 1)
    assert RollSubmission.objects.count() == 1
    assert SectionAttendance.objects.count() == 0
    assert PupilDayRow.objects.count() == 0


def test_exceptions_become_rows_and_days(district: SmallDistrict) -> None:
    receipt = submit(district, {"north-1": Mark("A"), "north-2": Mark("T", minutes_late=12)})
    assert (receipt.absent, receipt.tardy) == (1, 1)
    assert sorted(codes().values()) == ["A", "T"]
    absent = PupilDayRow.objects.get(student=district.id("student", "north-1"))
    # period 2's roll is not taken yet: the day is not complete and nothing is said of it
    assert (absent.complete, absent.full_day_unexcused) == (False, False)


def test_absent_in_every_period_is_a_day_without_attendance(district: SmallDistrict) -> None:
    for n in (1, 2):
        take_roll(district, f"north-x{n}", {"north-1": "A"})
    day = PupilDayRow.objects.get()
    assert (day.state_day_present, day.full_day_unexcused, day.occasions) == (False, True, 1)
    assert (day.scheduled_tenths, day.present_tenths) == (1000, 0)


def test_absent_in_one_of_two_periods_still_attends_by_california_s_rule(district: SmallDistrict) -> None:
    take_roll(district, "north-x1", {"north-1": "A"})
    take_roll(district, "north-x2")
    day = PupilDayRow.objects.get()
    assert (day.state_day_present, day.full_day_unexcused, day.unexcused_gaps) == (True, False, ["50"])


def test_the_same_submission_again_answers_the_first_receipt(district: SmallDistrict) -> None:
    client = uuid.uuid4()
    first = submit(district, {"north-1": Mark("A")}, client_id=client)
    again = submit(district, {"north-1": Mark("A")}, client_id=client)
    assert again == replace(first, again=True)
    assert (RollSubmission.objects.count(), SectionAttendance.objects.count()) == (1, 1)


def test_a_roll_sent_again_late_is_still_answered_as_the_first_time(district: SmallDistrict) -> None:
    clients = [uuid.uuid4() for _ in range(3)]
    sent = [{"north-1": Mark("A"), "north-2": Mark("T")}, {"north-1": Mark("T", 5)}, {}]
    receipts = [
        submit(district, marks, client_id=client, based_on=number)
        for number, (client, marks) in enumerate(zip(clients, sent, strict=True))
    ]
    before = list(SectionAttendance.objects.order_by("pk").values()), RollSubmission.objects.values().get()
    for client, marks, receipt in zip(clients, sent, receipts, strict=True):
        assert submit(district, marks, client_id=client) == replace(receipt, again=True)
    assert [(receipt.version, receipt.absent) for receipt in receipts] == [(1, 1), (2, 0), (3, 0)]
    assert receipts[0].findings[0].code == "attendance.code.minutes", "what was said then is said again"
    assert before == (
        list(SectionAttendance.objects.order_by("pk").values()),
        RollSubmission.objects.values().get(),
    )


@pytest.fixture
def many_at_once(transactional_db: None) -> None:
    """A database that takes several writers at once (SQLite takes one after the other)."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite writes one by one, and in the tests' memory it has one connection")


@pytest.mark.django_db(transaction=True)
def test_the_same_roll_from_many_at_once_is_one_roll(many_at_once: None) -> None:
    api.ensure_codes()
    district = small_district()
    teacher, client = district.viewer("staff", "north-teacher"), uuid.uuid4()

    def send(_: int) -> object:
        try:
            return submit(district, {"north-1": Mark("A")}, viewer=teacher, client_id=client)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(send, range(8)))
    assert sorted(receipt.again for receipt in receipts) == [False, *[True] * 7]
    assert {receipt.version for receipt in receipts} == {1}
    assert (RollSubmission.objects.count(), SectionAttendance.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_many_edits_of_one_version_one_is_taken(many_at_once: None) -> None:
    api.ensure_codes()
    district = small_district()
    teacher = district.viewer("staff", "north-teacher")
    submit(district, {}, viewer=teacher)

    def send(number: int) -> str:
        try:
            mark = {f"north-{number}": Mark("A")}
            submit(district, mark, viewer=teacher, client_id=uuid.uuid4(), based_on=1)
        except api.StaleRoll:
            return "stale"
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(send, range(6))) == [*["stale"] * 5, "taken"]
    assert RollSubmission.objects.get().version == 2
    assert list(codes().values()) == ["A"]


def test_a_second_roll_that_did_not_see_the_first_is_answered_with_the_differences(
    district: SmallDistrict,
) -> None:
    submit(district, {"north-1": Mark("A")})
    with pytest.raises(api.StaleRoll) as stale:
        submit(district, {"north-2": Mark("A")}, client_id=uuid.uuid4())
    assert stale.value.version == 1
    assert {(d.theirs.code, d.mine.code) for d in stale.value.differences} == {("A", "P"), ("P", "A")}
    assert list(codes().values()) == ["A"], "nothing was overwritten"


def test_a_stale_roll_knows_whose_change_is_whose(district: SmallDistrict) -> None:
    ids = {key: district.id("student", f"north-{key}") for key in range(6)}
    seen = dict.fromkeys(ids.values(), "P")
    submit(district, {"north-1": Mark("A"), "north-3": Mark("T", minutes_late=5)})
    with pytest.raises(api.StaleRoll) as stale:
        submit(district, {"north-2": Mark("A"), "north-3": Mark("A")}, seen=seen)
    found = {d.student_id: (d.theirs, d.mine, d.suggested) for d in stale.value.differences}
    assert found == {
        ids[1]: (Mark("A"), Mark("P"), "theirs"),
        ids[2]: (Mark("P"), Mark("A"), "mine"),
        ids[3]: (Mark("T", minutes_late=5), Mark("A"), ""),
    }


def test_a_student_added_after_the_roll_was_opened_is_not_taken_for_present(district: SmallDistrict) -> None:
    seen = {district.id("student", f"north-{n}"): "P" for n in range(5)}
    with pytest.raises(Refused) as refused:
        submit(district, {}, seen=seen)
    assert refused.value.findings[0].code == "attendance.roster_changed"
    assert not RollSubmission.objects.exists()


def test_a_code_carried_on_from_another_period_may_be_sent_back_by_a_teacher(district: SmallDistrict) -> None:
    clerk, student = district.viewer("staff", "north-clerk"), district.id("student", "north-1")
    api.office_mark_meeting(
        clerk, student, district.id("section", "north-x2"), TODAY, district.id("period", "north-p2"), "S"
    )
    submit(district, {"north-1": Mark("S")})
    assert SectionAttendance.objects.get(section=district.id("section", "north-x1")).teacher_code == "S"


def test_minutes_are_kept_only_where_the_code_speaks_of_them(district: SmallDistrict) -> None:
    submit(district, {"north-1": Mark("A", minutes_late=9), "north-2": Mark("L", 3, 20)})
    rows = {
        row.teacher_code: (row.minutes_late, row.minutes_early) for row in SectionAttendance.objects.all()
    }
    assert rows == {"A": (None, None), "L": (None, 20)}


def test_an_edit_keeps_the_first_version_readable(district: SmallDistrict) -> None:
    submit(district, {"north-1": Mark("A")})
    receipt = submit(district, {"north-1": Mark("T")}, based_on=1)
    assert receipt.version == 2
    assert codes() == {district.id("student", "north-1"): "T"}
    change = AttendanceChange.objects.get()
    assert (change.before["code"], change.after["code"]) == ("A", "T")


def test_a_student_marked_present_again_is_present(district: SmallDistrict) -> None:
    submit(district, {"north-1": Mark("A")})
    submit(district, {}, based_on=1)
    assert codes() == {district.id("student", "north-1"): "P"}


def test_the_office_s_word_outranks_and_the_teacher_s_is_kept(district: SmallDistrict) -> None:
    student = district.id("student", "north-1")
    clerk = district.viewer("staff", "north-clerk")
    api.office_mark_day(clerk, student, TODAY, "E", comment="dentist")
    for n in (1, 2):
        take_roll(district, f"north-x{n}", {"north-1": "A"})
    day = PupilDayRow.objects.get(student=student)
    assert (day.category, day.full_day_unexcused) == ("excused", False)
    assert {row.teacher_code for row in SectionAttendance.objects.filter(student=student)} == {"A"}
    api.office_clear_day(clerk, student, TODAY)
    day = PupilDayRow.objects.get(student=student)
    assert (day.category, day.full_day_unexcused) == ("unexcused", True)


def test_a_locked_cell_sent_back_as_shown_says_nothing(district: SmallDistrict) -> None:
    student = district.id("student", "north-1")
    api.office_mark_day(district.viewer("staff", "north-clerk"), student, TODAY, "E")
    submit(district, {"north-1": Mark("E")})
    assert not SectionAttendance.objects.filter(student=student).exists()


def test_the_open_roll_shows_where_each_value_comes_from(district: SmallDistrict) -> None:
    api.office_mark_day(
        district.viewer("staff", "north-clerk"), district.id("student", "north-1"), TODAY, "E"
    )
    page = api.roll_page(
        district.viewer("staff", "north-teacher"),
        district.id("section", "north-x1"),
        TODAY,
        district.id("period", "north-p1"),
    )
    by_student = {row.student_id: row for row in page.rows}
    locked = by_student[district.id("student", "north-1")]
    assert (locked.code, locked.locked, locked.origin) == ("E", True, CellOrigin.OFFICE_DAY)
    assert "Excused (office" in locked.said
    other = by_student[district.id("student", "north-2")]
    assert (other.code, other.origin) == ("P", CellOrigin.DEFAULT)
    assert (page.obstacles, page.version) == ((), 0)


def test_a_known_absence_fills_every_taught_day_and_a_teacher_s_roll_respects_it(
    district: SmallDistrict,
) -> None:
    student = district.id("student", "north-1")
    clerk = district.viewer("staff", "north-clerk")
    api.enter_known_absence(clerk, student, TODAY, TODAY + timedelta(days=6), "H", comment="surgery")
    # 24 November 2026 is a Tuesday: Tue to Fri and the next Monday
    assert DayAttendance.objects.filter(student=student, office_code="H").count() == 5
    take_roll(district, "north-x1")
    take_roll(district, "north-x2")
    day = PupilDayRow.objects.get(student=student, day=TODAY)
    assert (day.category, day.state_day_present) == ("excused", False)


def test_a_family_s_report_waits_until_the_office_accepts_it(district: SmallDistrict) -> None:
    student = district.id("student", "north-1")
    parent = district.viewer("contact", "c-north-1")
    report = api.report_absence(parent, student, TODAY, TODAY, "fever")
    assert not DayAttendance.objects.exists()
    api.accept_absence(district.viewer("staff", "north-clerk"), report, "H")
    assert DayAttendance.objects.get().office_code == "H"


def test_a_family_cannot_report_for_somebody_else_s_child_or_for_yesterday(district: SmallDistrict) -> None:
    parent = district.viewer("contact", "c-north-1")
    with pytest.raises(NotVisible):
        api.report_absence(parent, district.id("student", "north-2"), TODAY, TODAY, "fever")
    with pytest.raises(Refused):
        api.report_absence(
            parent, district.id("student", "north-1"), TODAY - timedelta(days=1), TODAY, "fever"
        )


def test_a_code_that_does_not_exist_refuses_the_roll_and_writes_nothing(district: SmallDistrict) -> None:
    with pytest.raises(Refused) as refused:
        submit(district, {"north-1": Mark("A"), "north-2": Mark("ZZ")})
    assert refused.value.findings[0].code == "attendance.code.unknown"
    assert (RollSubmission.objects.count(), SectionAttendance.objects.count()) == (0, 0)


def test_a_teacher_cannot_write_a_code_of_the_office(district: SmallDistrict) -> None:
    with pytest.raises(Refused) as refused:
        submit(district, {"north-1": Mark("U")})
    assert refused.value.findings[0].code == "attendance.code.office_only"


def test_back_post_days_count_school_days(district: SmallDistrict) -> None:
    AttendanceSettings.objects.create(school=None, begin=TODAY.replace(month=7, day=1), back_post_days=2)
    # Tuesday 24: two school days back are Monday 23 and Friday 20
    submit(district, {}, day=TODAY - timedelta(days=4))
    with pytest.raises(Refused) as refused:
        submit(district, {}, day=TODAY - timedelta(days=5))
    assert refused.value.findings[0].code == "attendance.too_late"
    submit(district, {}, day=TODAY - timedelta(days=5), viewer=district.viewer("staff", "north-clerk"))


def test_tomorrow_s_roll_cannot_be_taken_today(district: SmallDistrict) -> None:
    with pytest.raises(Refused) as refused:
        submit(district, {}, day=TODAY + timedelta(days=1))
    assert refused.value.findings[0].code == "attendance.too_early"


def test_a_substitute_takes_the_roll_of_the_day_acting_for_the_teacher(district: SmallDistrict) -> None:
    account = district.account("staff", "substitute")
    Substitution.objects.create(
        section_id=district.id("section", "north-x1"),
        staff=Staff.objects.get(account=account),
        acting_for_id=district.id("staff", "north-teacher"),
        day=TODAY,
    )
    submit(district, {}, viewer=district.viewer("staff", "substitute"))
    assert RollSubmission.objects.get().acting_for == "Teacher North"


@pytest.mark.parametrize(
    ("kind", "key"), [("staff", "south-teacher"), ("student", "north-0"), ("staff", "chief")]
)
def test_somebody_else_s_roll_is_not_there(district: SmallDistrict, kind: str, key: str) -> None:
    with pytest.raises(NotVisible):
        submit(district, {}, viewer=district.viewer(kind, key))
    assert not RollSubmission.objects.exists()


def test_the_board_knows_what_is_taken(district: SmallDistrict) -> None:
    take_roll(district, "north-x1", {"north-1": "A"})
    rows = api.board(district.viewer("staff", "north-clerk"), TODAY)
    assert {row.section: row.state == "taken" for row in rows} == {
        "Mathematics 1": True,
        "Mathematics 2": False,
    }
    taken = next(row for row in rows if row.state == "taken")
    assert (taken.enrolled, taken.absent, taken.teacher) == (6, 1, "North, Teacher")


def test_a_missing_roll_of_yesterday_is_late_until_it_is_waived(district: SmallDistrict) -> None:
    clerk = district.viewer("staff", "north-clerk")
    yesterday = TODAY - timedelta(days=1)
    assert len(api.missing_since(clerk, TODAY, back=1)) == 2
    api.waive_roll(
        clerk,
        district.id("section", "north-x1"),
        yesterday,
        district.id("period", "north-p1"),
        reason="fire drill",
    )
    assert [row.section for row in api.missing_since(clerk, TODAY, back=1)] == ["Mathematics 2"]


@pytest.mark.parametrize("size", [10, 200])
def test_submitting_costs_the_same_for_any_size_of_class(
    size: int, django_assert_num_queries: object
) -> None:
    api.ensure_codes()
    district = small_district(students=size)
    teacher = district.viewer("staff", "north-teacher")
    marks = {f"north-{n}": Mark("A") for n in range(0, size, 10)}
    holds = 3 if connection.vendor == "postgresql" else 0  # the roll, the students, the school's days
    with django_assert_num_queries(31 + holds):  # type: ignore[operator]
        submit(district, marks, viewer=teacher)


@pytest.mark.parametrize("size", [10, 200])
def test_opening_a_roll_costs_the_same_for_any_size_of_class(
    size: int, django_assert_num_queries: object
) -> None:
    api.ensure_codes()
    district = small_district(students=size)
    teacher = district.viewer("staff", "north-teacher")
    arguments = (teacher, district.id("section", "north-x1"), TODAY, district.id("period", "north-p1"))
    with django_assert_num_queries(16):  # type: ignore[operator]
        assert len(api.roll_page(*arguments).rows) == size
