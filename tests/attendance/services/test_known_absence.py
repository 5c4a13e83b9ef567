"""Absences known ahead or explained afterwards: entered, reported, accepted, declined, taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from firstbell.attendance import api
from firstbell.attendance.data import CellOrigin, KnownState
from firstbell.attendance.models import (
    AttendanceChange,
    AttendanceLock,
    DayAttendance,
    PupilDayRow,
    SectionAttendance,
)
from firstbell.attendance.testing import absent_on, take_roll
from firstbell.kernel.finding import Refused
from firstbell.people.testing import BEGIN, TODAY
from firstbell.platform.access import NotAllowed, NotVisible

pytestmark = pytest.mark.django_db

YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def north(district):
    """Ids and viewers of the north school."""

    class North:
        student = district.id("student", "north-1")
        clerk = district.viewer("staff", "north-clerk")
        parent = district.viewer("contact", "c-north-1")
        slots = tuple(district.id("period", f"north-p{n}") for n in (1, 2))
        sections = tuple(district.id("section", f"north-x{n}") for n in (1, 2))

    return North


def shown(district, section: int, slot: int):
    page = api.roll_page(district.viewer("staff", "north-teacher"), section, TODAY, slot)
    return next(row for row in page.rows if row.student_id == district.id("student", "north-1"))


def test_an_absence_for_chosen_periods_fills_those_and_no_other(district, north):
    api.enter_known_absence(
        north.clerk, north.student, TODAY, TODAY, "H", comment="dentist", periods=[north.slots[1]]
    )
    first, second = (shown(district, *pair) for pair in zip(north.sections, north.slots, strict=True))
    assert (first.code, first.locked) == ("P", False)
    assert (second.code, second.locked, second.origin) == ("H", True, CellOrigin.KNOWN_ABSENCE)
    for section in ("north-x1", "north-x2"):
        take_roll(district, section)
    day = PupilDayRow.objects.get(student=north.student)
    assert (day.state_day_present, day.scheduled_tenths, day.present_tenths) == (True, 1000, 500)


def test_a_word_by_hand_for_the_day_outranks_a_known_absence_of_a_period(district, north):
    api.enter_known_absence(north.clerk, north.student, TODAY, TODAY, "H", periods=[north.slots[1]])
    api.office_mark_day(north.clerk, north.student, TODAY, "S")
    assert [shown(district, *pair).code for pair in zip(north.sections, north.slots, strict=True)] == [
        "S",
        "S",
    ]


def test_what_the_office_wrote_by_hand_stays_under_a_known_absence(district, north):
    api.office_mark_day(north.clerk, north.student, TODAY, "S")
    api.enter_known_absence(north.clerk, north.student, TODAY, TODAY + timedelta(days=1), "H")
    codes = DayAttendance.objects.order_by("day").values_list("office_code", flat=True)
    assert list(codes) == ["S", "H"]


def test_an_absence_taken_back_gives_the_teachers_words_back(district, north):
    known = api.enter_known_absence(north.clerk, north.student, TODAY, TODAY, "H")
    for section in ("north-x1", "north-x2"):
        take_roll(district, section, {"north-1": "A"})
    assert PupilDayRow.objects.get().category == "excused"
    with pytest.raises(Refused, match="reason"):
        api.withdraw_absence(north.clerk, known, "")
    api.withdraw_absence(north.clerk, known, "the appointment fell out")
    assert PupilDayRow.objects.get().category == "unexcused"
    assert not DayAttendance.objects.exists()
    changes = AttendanceChange.objects.count()
    api.withdraw_absence(north.clerk, known, "sent again")
    assert AttendanceChange.objects.count() == changes
    with pytest.raises(Refused, match="withdrawn"):
        api.accept_absence(north.clerk, known, "H")


def test_a_family_s_report_stands_in_the_queue_with_its_reason(district, north):
    tomorrow = TODAY + timedelta(days=1)
    report = api.report_absence(north.parent, north.student, TODAY, tomorrow, "fever", reason="illness")
    row = api.absence_reports(north.clerk)[0]
    assert (row.id, row.student, row.reason) == (
        report,
        "Learner-north, First1",
        "Illness, including mental or behavioral health",
    )
    assert (row.state, row.past, row.begin, row.end) == (KnownState.REPORTED, False, TODAY, tomorrow)
    api.accept_absence(north.clerk, report, "H")
    assert api.absence_reports(north.clerk) == []
    assert [(row.id, row.title) for row in api.known_absences(north.clerk)] == [(report, "Ill or medical")]
    assert api.known_absences(north.clerk, since=TODAY + timedelta(days=2)) == []
    assert [row.state for row in api.family_reports(north.parent, north.student)] == [KnownState.ACCEPTED]


def test_a_declined_report_tells_the_family_why(district, north):
    report = api.report_absence(north.parent, north.student, TODAY, TODAY, "trip")
    with pytest.raises(Refused):
        api.decline_absence(north.clerk, report, "")
    api.decline_absence(north.clerk, report, "exam week")
    row = api.family_reports(north.parent, north.student)[0]
    assert (row.state, row.comment) == (KnownState.DECLINED, "trip — exam week")
    assert not DayAttendance.objects.exists()


def test_a_guardian_explains_an_absence_and_the_office_excuses_what_was_missed(district, north):
    for section in ("north-x1", "north-x2"):
        take_roll(district, section, {"north-1": "A"}, day=YESTERDAY)
    assert PupilDayRow.objects.get().occasions == 1
    report = api.excuse_absence(north.parent, north.student, YESTERDAY, YESTERDAY, "funeral", "grandmother")
    assert api.absence_reports(north.clerk)[0].past
    api.accept_absence(north.clerk, report, "E")
    day = PupilDayRow.objects.get()
    assert (day.category, day.occasions, day.full_day_unexcused) == ("excused", 0, False)
    rows = SectionAttendance.objects.filter(student=north.student)
    assert {(row.teacher_code, row.office_code) for row in rows} == {("A", "E")}


def test_an_excuse_leaves_alone_the_periods_in_which_the_student_was_there(district, north):
    take_roll(district, "north-x1", {"north-1": "A"}, day=YESTERDAY)
    take_roll(district, "north-x2", {}, day=YESTERDAY)
    report = api.excuse_absence(north.parent, north.student, YESTERDAY, YESTERDAY, "appointment", "")
    api.accept_absence(north.clerk, report, "E")
    day = PupilDayRow.objects.get()
    assert (day.state_day_present, day.present_tenths, day.unexcused_gaps) == (True, 500, [])
    assert SectionAttendance.objects.count() == 1


@pytest.mark.parametrize(
    ("begin", "reason", "code"),
    [
        (YESTERDAY, "illness", "attendance.nothing_to_excuse"),
        (TODAY + timedelta(days=1), "illness", "attendance.nothing_to_excuse"),
        (date(2026, 9, 1), "illness", "attendance.too_late"),
        (YESTERDAY, "", "attendance.reason"),
        (YESTERDAY, "dog", "attendance.reason"),
    ],
)
def test_what_cannot_be_explained_is_refused(district, north, begin, reason, code):
    absent_on(district, ["north-1"], [date(2026, 9, 1)])
    with pytest.raises(Refused) as refused:
        api.excuse_absence(north.parent, north.student, begin, begin, reason, "")
    assert [finding.code for finding in refused.value.findings] == [code]


def test_a_closed_day_needs_a_reason_of_the_office(district, north):
    AttendanceLock.objects.create(
        school_id=district.id("school", "north"), school_year=2027, begin=BEGIN, through=TODAY, name="P-1"
    )
    with pytest.raises(Refused, match="closed"):
        api.enter_known_absence(north.clerk, north.student, TODAY, TODAY, "H")
    api.enter_known_absence(north.clerk, north.student, TODAY, TODAY, "H", lock_reason="note found")
    assert AttendanceLock.objects.get().stale


def test_who_may_report_and_who_may_decide(district, north):
    other = district.viewer("contact", "c-north-2")
    with pytest.raises(NotVisible):
        api.excuse_absence(other, north.student, YESTERDAY, YESTERDAY, "illness", "")
    with pytest.raises(NotVisible):
        api.family_reports(other, north.student)
    report = api.report_absence(north.parent, north.student, TODAY, TODAY, "fever")
    with pytest.raises(NotAllowed):
        api.accept_absence(north.parent, report, "H")
    south = district.viewer("staff", "south-clerk")
    with pytest.raises(NotVisible):
        api.accept_absence(south, report, "H")
    assert api.absence_reports(south) == []
    assert api.absence_reports(north.parent) == []
    assert api.absence_reports(district.viewer("staff", "north-teacher")) == []
    district.bar("c-north-1", "north-1")
    with pytest.raises(NotVisible):
        api.report_absence(district.viewer("contact", "c-north-1"), north.student, TODAY, TODAY, "fever")


@pytest.mark.parametrize("size", [2, 6])
def test_the_queue_costs_the_same_for_any_number(district, size, django_assert_num_queries):
    for n in range(size):
        parent = district.viewer("contact", f"c-north-{n}")
        api.report_absence(parent, district.id("student", f"north-{n}"), TODAY, TODAY, "fever")
    clerk = district.viewer("staff", "north-clerk")
    with django_assert_num_queries(4):
        assert len(api.absence_reports(clerk)) == size
