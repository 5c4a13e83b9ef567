"""What a date is at a school, and who meets on it."""

from __future__ import annotations

from datetime import date, time

import pytest

from firstbell.people import api
from firstbell.people.models import BellSchedule, BellTimeRow, CalendarDate, Section, SectionMeeting
from firstbell.people.testing import TODAY, SmallDistrict, small_district
from firstbell.platform.access import NotVisible

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> SmallDistrict:
    return small_district()


def test_a_weekday_of_the_calendar_is_in_session_a_sunday_is_not(district: SmallDistrict) -> None:
    north = district.id("school", "north")
    assert api.school_days([north], TODAY)[north].in_session
    assert not api.school_days([north], date(2026, 11, 22))[north].in_session


def test_a_closure_is_not_in_session_and_nothing_meets(district: SmallDistrict) -> None:
    north = district.id("school", "north")
    CalendarDate.objects.filter(calendar__school=north, day=TODAY).update(day_type="closure", note="Smoke")
    days = api.school_days([north], TODAY)
    assert (days[north].in_session, days[north].note) == (False, "Smoke")
    assert api.meetings_on(TODAY, days) == []


def test_meetings_carry_period_times_room_and_teacher(district: SmallDistrict) -> None:
    north = district.id("school", "north")
    first, second = api.meetings_on(TODAY, api.school_days([north], TODAY))
    assert (first.period, first.begin.hour, first.minutes, first.room) == ("Period 1", 8, 50, "101")
    assert first.teacher == "North, Teacher"
    assert second.order == 2


def test_a_lettered_meeting_takes_place_on_its_letter_only(district: SmallDistrict) -> None:
    north = district.id("school", "north")
    SectionMeeting.objects.filter(section=district.id("section", "north-x1")).update(letter="A")
    CalendarDate.objects.filter(calendar__school=north, day=TODAY).update(cycle_letter="B")
    assert len(api.meetings_on(TODAY, api.school_days([north], TODAY))) == 1
    CalendarDate.objects.filter(calendar__school=north, day=TODAY).update(cycle_letter="A")
    assert len(api.meetings_on(TODAY, api.school_days([north], TODAY))) == 2


def test_a_bell_schedule_for_minimum_days_wins_on_a_minimum_day(district: SmallDistrict) -> None:
    north = district.id("school", "north")
    BellSchedule.objects.create(
        school_id=north,
        name="Short",
        day_types=["minimum"],
        sourced_id="00000000-0000-0000-0000-000000000001",
    )
    assert api.school_days([north], TODAY)[north].bell_schedule == "Regular"
    CalendarDate.objects.filter(calendar__school=north, day=TODAY).update(day_type="minimum")
    assert api.school_days([north], TODAY)[north].bell_schedule == "Short"


def test_a_bell_schedule_of_some_grades_is_not_the_school_s(district: SmallDistrict) -> None:
    north = district.id("school", "north")
    BellSchedule.objects.filter(school=north).update(name="Zz")
    BellSchedule.objects.create(
        school_id=north,
        name="Kindergarten",
        grades=["KG"],
        sourced_id="00000000-0000-0000-0000-000000000001",
    )
    assert api.school_days([north], TODAY)[north].bell_schedule == "Zz"


def test_a_period_that_the_day_s_bells_leave_out_does_not_meet(district: SmallDistrict) -> None:
    north = district.id("school", "north")
    BellTimeRow.objects.filter(period=district.id("period", "north-p2")).delete()
    assert [m.period for m in api.meetings_on(TODAY, api.school_days([north], TODAY))] == ["Period 1"]
    BellTimeRow.objects.filter(bell_schedule__school=north).delete()
    meetings = api.meetings_on(TODAY, api.school_days([north], TODAY))
    assert [(m.period, m.begin) for m in meetings] == [("Period 1", None), ("Period 2", None)]


def test_a_period_of_some_grade_s_own_bells_meets(district: SmallDistrict) -> None:
    north = district.id("school", "north")
    BellTimeRow.objects.filter(period=district.id("period", "north-p2")).delete()
    own = BellSchedule.objects.create(
        school_id=north, name="Grade 9", grades=["09"], sourced_id="00000000-0000-0000-0000-000000000001"
    )
    BellTimeRow.objects.create(
        bell_schedule=own,
        period_id=district.id("period", "north-p2"),
        begin=time(13),
        end=time(13, 40),
        minutes=40,
    )
    meetings = api.meetings_on(TODAY, api.school_days([north], TODAY))
    assert [(m.period, m.minutes) for m in meetings] == [("Period 1", 50), ("Period 2", 40)]


def test_a_homeroom_without_a_meeting_is_listed_without_a_period(district: SmallDistrict) -> None:
    north = district.id("school", "north")
    section = district.id("section", "north-x1")
    SectionMeeting.objects.filter(section=section).delete()
    days = api.school_days([north], TODAY)
    assert [m.section_id for m in api.meetings_on(TODAY, days)] == [district.id("section", "north-x2")]
    Section.objects.filter(pk=section).update(homeroom=True)
    first = api.meetings_on(TODAY, days)[0]
    assert (first.section_id, first.period_id, first.period, first.homeroom) == (section, None, "", True)
    assert first.teacher == "North, Teacher"
    assert api.meetings_on(TODAY, days, sections=[district.id("section", "north-x2")])[0].period == "Period 2"


def test_meetings_cost_the_same_for_any_number_of_sections(django_assert_num_queries: object) -> None:
    district = small_district(students=1, sections=9)
    schools = [district.id("school", key) for key in ("north", "south")]
    days = api.school_days(schools, TODAY)
    with django_assert_num_queries(3):  # type: ignore[operator]
        assert len(api.meetings_on(TODAY, days)) == 18


def test_a_section_list_names_added_and_dropped_students_for_some_days(district: SmallDistrict) -> None:
    registrar = district.viewer("staff", "north-registrar")
    section = district.id("section", "north-x1")
    api.drop_from_section(registrar, district.id("student", "north-2"), section, last_day=date(2026, 11, 20))
    teacher = district.viewer("staff", "north-teacher")
    names = {
        row.student_id: row.recently for row in api.section_roster(teacher, section, TODAY, recent_days=10)
    }
    assert names[district.id("student", "north-2")] == "dropped"
    assert len(api.section_roster(teacher, section, TODAY)) == 5


def test_a_section_of_another_school_is_not_there(district: SmallDistrict) -> None:
    with pytest.raises(NotVisible):
        api.section_roster(
            district.viewer("staff", "north-teacher"), district.id("section", "south-x1"), TODAY
        )


def test_a_section_list_costs_the_same_for_any_size(django_assert_num_queries: object) -> None:
    district = small_district(students=35)
    teacher = district.viewer("staff", "north-teacher")
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(api.section_roster(teacher, district.id("section", "north-x1"), TODAY)) == 35
