"""Counts made by the database are those that come of looking at every row."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from firstbell.attendance import api
from firstbell.attendance.models import PupilDayRow, RollSubmission, RollWaiver
from firstbell.attendance.selectors.roll_tallies import roll_tallies
from firstbell.attendance.testing import take_roll
from firstbell.people.api import day_facts, job_viewer, school_days
from firstbell.people.models import SchoolEnrollment
from firstbell.people.testing import TODAY, SmallDistrict, small_district

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> SmallDistrict:
    """Two schools, in which some came late in the year and some left, or never came."""
    api.ensure_codes()
    built = small_district()
    stays = [
        (0, {"exit": TODAY - timedelta(days=3)}),
        (1, {"entry": TODAY - timedelta(days=5)}),
        (2, {"entry": TODAY - timedelta(days=4), "exit": TODAY - timedelta(days=5)}),
        (3, {"exit": TODAY}),
        (4, {"entry": TODAY + timedelta(days=1)}),
    ]
    for number, change in stays:
        SchoolEnrollment.objects.filter(student=built.id("student", f"north-{number}")).update(**change)
    return built


def schools(district: SmallDistrict) -> list[int]:
    return [district.id("school", "north"), district.id("school", "south")]


def by_looking(ids: list[int], begin: date, end: date) -> dict[int, dict[date, tuple[int, int]]]:
    """The naive twin: every stay, every day."""
    facts = day_facts(ids, begin, end, sections=False)
    absent = PupilDayRow.objects.filter(state_day_present=False).values_list("school_id", "day")
    return {
        school: {
            day: (
                sum(
                    stay.school_id == school and stay.on(day)
                    for stays in facts.stays.values()
                    for stay in stays
                ),
                sum(row == (school, day) for row in absent),
            )
            for day in sorted(
                {day for (where, _), days in facts.days.items() if where == school for day in days}
            )
        }
        for school in ids
    }


def test_daily_rates_are_those_of_every_stay(district: SmallDistrict) -> None:
    take_roll(district, "north-x1", {"north-3": "A"})
    take_roll(district, "north-x2", {"north-3": "A"})
    begin, end = TODAY - timedelta(days=14), TODAY + timedelta(days=2)
    found = api.daily_rates(schools(district), begin, end)
    assert found == by_looking(schools(district), begin, end)
    north = found[district.id("school", "north")]
    # north-0 left three days ago, north-1 came five days ago, north-2 never came, north-4 comes tomorrow
    assert north[TODAY - timedelta(days=6)][0] == 3
    assert north[TODAY - timedelta(days=4)][0] == 4
    assert north[TODAY] == (3, 1)


def at(hour: int, minute: int) -> datetime:
    return timezone.make_aware(datetime.combine(TODAY, time(hour, minute)))


def states(district: SmallDistrict, now: datetime, monkeypatch: pytest.MonkeyPatch) -> dict[int, list[int]]:
    """The naive twin: the board, roll by roll."""
    monkeypatch.setattr("firstbell.attendance.selectors.board.timezone.localtime", lambda *_: now)
    found: dict[int, list[int]] = {}
    for one in api.board(job_viewer("test", TODAY), TODAY):
        tally = found.setdefault(one.school_id, [0, 0, 0])
        tally[0] += one.state != "waived"
        tally[1] += one.state == "taken"
        tally[2] += one.state == "late"
    return found


@pytest.mark.parametrize(("hour", "minute"), [(7, 0), (8, 5), (8, 16), (9, 30), (15, 0)])
def test_tallies_are_those_of_the_board_at_any_hour(
    district: SmallDistrict, monkeypatch: pytest.MonkeyPatch, hour: int, minute: int
) -> None:
    take_roll(district, "north-x1")
    for section in ("north-x1", "south-x2"):  # north's came although it was waived
        RollWaiver.objects.create(
            section_id=district.id("section", section),
            day=TODAY,
            slot=district.id("period", f"{section[:5]}-p{section[-1]}"),
            reason="assembly",
        )
    now = at(hour, minute)
    found = roll_tallies(school_days(schools(district), TODAY), TODAY, TODAY, now)
    expected = states(district, now, monkeypatch)
    assert {school: [one.expected, one.taken, one.late] for school, one in found.items()} == expected


def test_schools_today_costs_the_same_for_any_number_of_rows(district: SmallDistrict) -> None:
    viewer: Any = job_viewer("test", TODAY)
    with CaptureQueriesContext(connection) as few:
        api.schools_today(viewer, TODAY)
    take_roll(district, "north-x1", {"north-3": "A"})
    take_roll(district, "south-x1", {"south-3": "A"})
    with CaptureQueriesContext(connection) as more:
        api.schools_today(viewer, TODAY)
    assert len(few) == len(more)


def test_past_that_was_kept_gives_the_same_usual(district: SmallDistrict) -> None:
    viewer: Any = job_viewer("test", TODAY)
    past = api.daily_rates(schools(district), TODAY - timedelta(weeks=8), TODAY - timedelta(days=1))
    assert api.schools_today(viewer, TODAY, past=past) == api.schools_today(viewer, TODAY)


def test_the_hours_at_which_rolls_came_in_add_up(district: SmallDistrict) -> None:
    north = district.id("school", "north")
    for section, hour in (("north-x1", 8), ("north-x2", 9)):
        RollSubmission.objects.create(
            section_id=district.id("section", section), day=TODAY, submitted_at=at(hour, 7)
        )
    RollSubmission.objects.create(  # handed in a day late: it says nothing of the hour
        section_id=district.id("section", "north-x1"),
        day=TODAY - timedelta(days=1),
        slot=1,
        submitted_at=at(7, 0),
    )
    hours = api.roll_hours([north], [TODAY, TODAY - timedelta(days=1)])[north]
    place = 8 * 60 // api.MINUTES
    assert hours[place - 1 : place + 2] == [0, 0, 1]
    assert (hours[9 * 60 // api.MINUTES], hours[-1]) == (1, 2)
