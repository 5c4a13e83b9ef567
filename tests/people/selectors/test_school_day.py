"""What a date is at a school, and who meets on it."""

from __future__ import annotations

from datetime import date

import pytest

from firstbell.people import api
from firstbell.people.models import BellSchedule, CalendarDate, SectionMeeting
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
