"""An invented year of attendance looks like real ones, and no word comes before its time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from firstbell.attendance.data import AttendanceLoad, Origin
from firstbell.attendance.rules.codes import codes_on, starter_codes
from firstbell.demonstration.rules.attendance import Year, year_of_attendance
from firstbell.demonstration.rules.coming import coming_absences
from firstbell.demonstration.rules.district import invent
from firstbell.demonstration.rules.pressure import flu_weeks
from firstbell.demonstration.rules.shape import LEVEL_OF, Level

ZONE = ZoneInfo("America/Los_Angeles")
SPRING = datetime(2027, 5, 20, 16, 30, tzinfo=ZONE)
TUESDAY = datetime(2026, 11, 24, 10, 40, tzinfo=ZONE)
PRESENT = {"I", "V"}


@cache
def year(students: int, seed: int, now: datetime) -> Year:
    """A year up to a moment, made once."""
    return Year.of(invent(students, seed, now.date()), now)


@cache
def loads(students: int, seed: int, now: datetime) -> dict[str, AttendanceLoad]:
    """What each school said up to a moment."""
    found = year(students, seed, now)
    return {school: found.load(school) for school in found.found.schools}


def pupil_days(found: Year) -> Iterator[tuple[object, int, date, bool]]:
    """(pupil, place, day, absent all day) of every day of membership up to now: the naive way round."""
    for pupil in found.found.pupils:
        mine = found.absences(pupil)
        for place, day in enumerate(found.days):
            if day > found.now.date():
                break
            for stint in pupil.known:
                if stint.entry <= day and (stint.exit is None or day <= stint.exit):
                    away = mine.away.get(place)
                    if found.meetings[stint.school.key].taught(place):
                        yield pupil, place, day, away is not None and away.code not in PRESENT


def rates(found: Year, key) -> dict[object, float]:
    """Share of days absent by whatever ``key`` answers for (pupil, place, day)."""
    member: Counter[object] = Counter()
    absent: Counter[object] = Counter()
    for pupil, place, day, away in pupil_days(found):
        name = key(pupil, place, day)
        member[name] += 1
        absent[name] += away
    return {name: absent[name] / member[name] for name in member}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_six_to_eight_in_a_hundred_are_away_and_a_few_of_them_often(seed):
    found = year(2_000, seed, SPRING)
    days: Counter[str] = Counter()
    away: Counter[str] = Counter()
    for pupil, _, _, absent in pupil_days(found):
        days[pupil.key] += 1
        away[pupil.key] += absent
    assert 0.06 <= sum(away.values()) / sum(days.values()) <= 0.08
    counted = [key for key in days if days[key] >= 31]
    chronic = sum(away[key] >= days[key] / 10 for key in counted) / len(counted)
    severe = sum(away[key] >= days[key] / 5 for key in counted) / len(counted)
    assert 0.12 <= chronic <= 0.18
    assert 0.01 <= severe <= 0.04


def test_mondays_and_fridays_are_worse_and_days_before_a_break_the_worst():
    found = year(2_000, 1, SPRING)
    by_weekday = rates(found, lambda pupil, place, day: day.weekday())
    assert min(by_weekday[0], by_weekday[4]) > max(by_weekday[1], by_weekday[2], by_weekday[3])
    days = found.days

    def ahead(pupil, place, day):
        return place + 1 < len(days) and (days[place + 1] - day).days > 3

    before = rates(found, ahead)
    assert before[True] > before[False] * 1.2


def test_a_flu_week_stands_out():
    found = year(2_000, 1, SPRING)
    weeks = flu_weeks(found.found.days, 1)
    strong = max(weeks, key=lambda monday: weeks[monday])
    by_week = rates(found, lambda pupil, place, day: day - timedelta(days=day.weekday()))
    others = sorted(rate for monday, rate in by_week.items() if monday not in weeks)
    assert by_week[strong] > others[len(others) // 2] * 1.4


def test_the_youngest_and_the_oldest_miss_more():
    found = year(2_000, 1, SPRING)
    by_grade = rates(found, lambda pupil, place, day: pupil.child.grade.value)
    middle = sum(by_grade[grade] for grade in ("03", "04", "05")) / 3
    assert by_grade["KG"] > middle * 1.2
    assert by_grade["12"] > middle * 1.2


def test_brothers_and_sisters_are_away_together_more_than_chance_has_it():
    found = year(2_000, 1, SPRING)
    away = defaultdict(set)
    member = defaultdict(set)
    family = {}
    for pupil, place, _, absent in pupil_days(found):
        member[pupil.key].add(place)
        family.setdefault(pupil.family.number, {})[pupil.key] = True
        if absent:
            away[pupil.key].add(place)
    together = expected = 0.0
    for keys in family.values():
        pairs = [(one, two) for one in keys for two in keys if one < two]
        for one, two in pairs:
            both = member[one] & member[two]
            if both:
                together += len(away[one] & away[two])
                expected += len(away[one] & both) * len(away[two] & both) / len(both)
    assert together > 2 * expected > 0


def test_all_codes_are_codes_of_the_district_and_said_by_whom_may_say_them():
    codes = codes_on(date(2026, 11, 24), starter_codes(None))
    for load in loads(2_000, 1, SPRING).values():
        for event in load.events:
            code = codes[event.code]
            assert event.by
            if event.origin is Origin.TEACHER:
                assert not code.office_only
                assert event.section
            if code.needs_minutes:
                assert (event.minutes_late or 0) + (event.minutes_early or 0) > 0
    said = Counter(event.code for load in loads(2_000, 1, SPRING).values() for event in load.events)
    assert {"A", "H", "E", "U", "T", "L", "S", "I", "N", "NA"} <= set(said)


def test_teacher_and_office_speak_of_the_same_day():
    teacher, office = set(), set()
    for load in loads(2_000, 1, SPRING).values():
        for event in load.events:
            (teacher if event.origin is Origin.TEACHER else office).add((event.student, event.day))
    both = teacher & office
    assert len(both) > len(office) / 2, "the office's word above a teacher's"
    assert teacher - office, "absences that nobody explained"
    assert office - teacher, "absences that were known before the roll"


def test_no_event_stands_where_nobody_sits_and_no_roll_where_nothing_meets():
    found = year(2_000, 1, TUESDAY)
    roster = found.found.roster
    sits = defaultdict(list)
    for row in roster.section_enrollments:
        sits[row.student, row.section].append((row.begin, row.end))
    taught = {
        (row.calendar.removesuffix("-cal"), row.day): row.cycle_letter
        for row in roster.calendar_days
        if row.day_type.taught
    }
    meets = {row.key: row for row in roster.sections}
    for school, load in loads(2_000, 1, TUESDAY).items():
        for event in load.events:
            if event.section:
                assert any(
                    first <= event.day and (last is None or event.day <= last)
                    for first, last in sits[event.student, event.section]
                )
        for roll in load.rolls:
            letter = taught[school, roll.day]
            assert any(
                meeting.period == roll.period and meeting.letter in ("", letter)
                for meeting in meets[roll.section].meetings
            )


def test_a_roll_counts_who_sits_there_and_who_does_not():
    found = year(2_000, 1, TUESDAY)
    sits = defaultdict(list)
    for row in found.found.roster.section_enrollments:
        sits[row.section].append((row.begin, row.end))
    for load in loads(2_000, 1, TUESDAY).values():
        absent = Counter(
            (event.section, event.day, event.period)
            for event in load.events
            if event.section and event.code == "A" and event.origin is Origin.TEACHER
        )
        for roll in load.rolls:
            here = sum(
                first <= roll.day and (last is None or roll.day <= last) for first, last in sits[roll.section]
            )
            assert roll.enrolled == here
            assert absent[roll.section, roll.day, roll.period] <= roll.absent <= here


def expected_today(found: Year, until: datetime) -> set[tuple[str, str]]:
    """(section, period) of today's meetings that began by ``until``."""
    place = found.days.index(found.now.date())
    rows = set()
    for school, here in found.found.schools.items():
        for section in here.classes:
            meeting = found.meetings[school].of_class(section.meetings).get(place)
            if meeting is not None and meeting.begin <= until and section.term != "-s2":
                rows.add((section.key, meeting.period))
    return rows


def todays_rolls(found: Year) -> dict[tuple[str, str], datetime]:
    today = found.now.date()
    return {
        (roll.section, roll.period): roll.submitted_at
        for school in found.found.schools
        for roll in found.load(school, found.days.index(today)).rolls
        if roll.day == today
    }


def at(hour: int, minute: int) -> Year:
    now = datetime.combine(TUESDAY.date(), time(hour, minute), ZONE)
    return Year.of(year(2_000, 1, TUESDAY).found, now)


def test_before_the_first_bell_no_roll_is_in():
    assert todays_rolls(at(6, 0)) == {}


def test_during_the_day_rolls_that_began_a_while_ago_are_mostly_in():
    found = at(10, 40)
    rolls = todays_rolls(found)
    begun = expected_today(found, found.now)
    while_ago = expected_today(found, found.now - timedelta(minutes=30))
    assert set(rolls) <= begun
    assert all(when <= found.now for when in rolls.values())
    assert 0.85 <= len(set(rolls) & while_ago) / len(while_ago) < 1


def test_in_the_evening_the_days_rolls_are_in_but_for_a_few():
    found = at(22, 0)
    expected = expected_today(found, found.now)
    assert 0.97 <= len(todays_rolls(found)) / len(expected) < 1


def test_on_a_day_without_school_nothing_is_said_of_it():
    sunday = datetime(2026, 11, 22, 11, 0, tzinfo=ZONE)
    for load in year_of_attendance(invent(300, 1, sunday.date()), sunday):
        assert load.rolls
        assert max(roll.day for roll in load.rolls) == date(2026, 11, 20)


def test_every_word_has_its_time_and_none_lies_ahead():
    for load in loads(2_000, 1, TUESDAY).values():
        for event in load.events:
            assert event.at is not None
            assert event.at <= TUESDAY
            if event.day > TUESDAY.date():
                assert event.origin is Origin.OFFICE
                assert not event.section


def test_some_rolls_of_past_days_were_never_taken():
    found = year(2_000, 1, TUESDAY)
    place = found.days.index(TUESDAY.date())
    missing = Counter()
    for school, here in found.found.schools.items():
        taken = {(roll.section, roll.day) for roll in loads(2_000, 1, TUESDAY)[school].rolls}
        for section in here.classes:
            for at_, _ in found.meetings[school].of_class(section.meetings).items():
                if place - 10 <= at_ < place and section.term != "-s2":
                    missing[(section.key, found.days[at_]) not in taken] += 1
    assert 0.0005 <= missing[True] / (missing[True] + missing[False]) <= 0.02


def test_what_happened_is_the_same_whichever_later_moment_is_asked():
    """A year told in November begins the year told in May, for those who are in both rosters."""
    before = Year.of(year(300, 4, SPRING).found, TUESDAY)
    for school in before.found.schools:
        early, late = before.load(school), year(300, 4, SPRING).load(school)
        assert set(map(repr, early.rolls)) <= set(map(repr, late.rolls))
        said = set(map(repr, late.events))
        assert {repr(event) for event in early.events} <= said


def test_reports_wait_before_the_office_answers_and_none_lies_in_the_past():
    waiting = Counter()
    for hour in (6, 8, 10, 14, 22):
        found = at(hour, 30)
        rows = list(coming_absences(found))
        assert rows
        assert all(row.end >= TUESDAY.date() and row.begin <= row.end for row in rows)
        assert all(row.by and row.at <= found.now for row in rows)
        assert all(bool(row.code) == bool(row.decided_by) for row in rows)
        waiting[hour] = sum(not row.code for row in rows)
    assert all(waiting.values()), "at any time of day something waits"
    assert waiting[8] > waiting[14]


def test_only_secondary_students_miss_single_periods_or_are_suspended():
    found = year(2_000, 1, SPRING)
    for pupil in found.found.pupils:
        if LEVEL_OF[pupil.child.grade] is Level.ELEMENTARY:
            mine = found.absences(pupil)
            assert not mine.cut
            assert not {away.code for away in mine.away.values()} & {"S", "I"}
