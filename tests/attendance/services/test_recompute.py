"""Derived days: equal to a minute-by-minute walk through what was said, and the same however they came about.

Two schools: one takes a roll in every period, on two tracks, with cycle letters and bells of its own for
minimum days and for one grade; the other takes one homeroom roll a day.
"""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstbell.attendance import api
from firstbell.attendance.models import (
    AttendanceSettings,
    DayAttendance,
    PupilDayRow,
    RollSubmission,
    SectionAttendance,
)
from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.api import apply_roster, job_viewer
from firstbell.people.data import (
    BellScheduleRecord,
    BellTime,
    CalendarDayRecord,
    CalendarRecord,
    DayType,
    MeetingRecord,
    PeriodRecord,
    Roster,
    SectionEnrollmentRecord,
    SectionRecord,
)
from firstbell.people.models import (
    SchoolEnrollment,
    Section,
    SectionEnrollment,
    SourceKey,
)
from firstbell.people.testing import SOURCE, TODAY, small_roster
from tests.attendance.minute_by_minute import stored, walked
from tests.undone import MODEST, undone

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 16)
DAYS = [MONDAY + timedelta(days=n) for n in range(9)]
#: both tracks of north; on the second Monday track B is off, on the Thursday track A
OFF = {"A": {DAYS[3]}, "B": {DAYS[7]}}
MINIMUM = DAYS[2]
SAID = ["", "P", "T", "L", "A", "U", "E", "S", "I", "NA"]


def school_roster() -> Roster:
    """Two schools for eight school days, with everything that decides how a day counts."""
    roster = small_roster(students=3, sections=3)
    roster.calendars = [
        CalendarRecord(key="n-a", school="north", school_year=2027, track="A"),
        CalendarRecord(key="n-b", school="north", school_year=2027, track="B"),
        CalendarRecord(key="s-a", school="south", school_year=2027, track="A"),
    ]
    roster.calendar_days = [
        CalendarDayRecord(
            calendar=calendar,
            day=day,
            day_type=DayType.MINIMUM if day == MINIMUM else DayType.TAUGHT,
            cycle_letter="AB"[day.toordinal() % 2],
        )
        for calendar, track in (("n-a", "A"), ("n-b", "B"), ("s-a", "A"))
        for day in DAYS
        if day.weekday() < 5 and (calendar == "s-a" or day not in OFF[track])
    ]
    roster.periods = [
        *(
            PeriodRecord(key=f"north-p{n}", school="north", name=f"Period {n}", order=4 - n)
            for n in (1, 2, 3)
        ),
        PeriodRecord(key="south-p1", school="south", name="Homeroom", order=1),
    ]
    roster.bell_schedules = [
        bell("north", "Regular", {"north-p1": 50, "north-p2": 31, "north-p3": 30}),
        bell("north", "Short", {"north-p1": 20, "north-p2": 20}, day_types=(DayType.MINIMUM,)),
        bell(
            "north", "Tenth", {"north-p1": 40, "north-p2": 40, "north-p3": 40}, grades=(GradeLevel.GRADE_10,)
        ),
        bell("south", "All", {"south-p1": 240}),
    ]
    p1, p2, p3 = "north-p1", "north-p2", "north-p3"
    meetings = {
        "north-x1": [(p1, "")],
        "north-x2": [(p2, "A"), (p3, "B")],
        "north-x3": [(p2, "B"), (p3, "A")],
        # shares period 1 with the first section
        "north-x4": [(p1, "")],
        "south-x1": [("south-p1", "")],
        # meets outside all periods
        "south-x2": [],
    }
    roster.sections = [
        SectionRecord(
            key=key,
            offering=f"{key[:5]}-o",
            code=key,
            homeroom=key.startswith("south"),
            meetings=tuple(MeetingRecord(period=period, letter=letter) for period, letter in places),
        )
        for key, places in meetings.items()
    ]
    kept = {record.key for record in roster.sections}
    roster.section_enrollments = [row for row in roster.section_enrollments or () if row.section in kept] + [
        SectionEnrollmentRecord(student="north-2", section="north-x4", begin=MONDAY, end=None)
    ]
    roster.section_staff = [row for row in roster.section_staff or () if row.section in kept]
    roster.school_enrollments = [
        replace(
            row,
            track="B" if row.student == "north-1" else "A",
            grade=GradeLevel.GRADE_10 if row.student == "north-2" else row.grade,
        )
        for row in roster.school_enrollments or ()
    ]
    return roster


def bell(school: str, name: str, minutes: dict[str, int], **fits: Any) -> BellScheduleRecord:
    """A bell schedule whose periods follow each other by their keys."""
    times = tuple(
        BellTime(period=period, begin=time(8 + n), end=time(8 + n, 50), minutes=length)
        for n, (period, length) in enumerate(minutes.items())
    )
    return BellScheduleRecord(key=f"{school}-{name}", school=school, name=name, times=times, **fits)


@pytest.fixture
def ids() -> dict[str, int]:
    """The schools in the database; row ids by the roster's keys."""
    api.ensure_codes()
    apply_roster(job_viewer("test", TODAY), school_roster(), source=SOURCE)
    return dict(SourceKey.objects.filter(source=SOURCE).values_list("key", "object_id"))


# -- random things said ------------------------------------------------------------------------------------

Act = tuple[Any, ...]
NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("UTC"))
STUDENTS = [f"{school}-{n}" for school in ("north", "south") for n in range(3)]
MEETINGS = {
    "north": [
        *((f"north-x{section}", f"north-p{period}") for section in (2, 3) for period in (2, 3)),
        ("north-x1", "north-p1"),
        ("north-x4", "north-p1"),
    ],
    "south": [("south-x1", "south-p1"), ("south-x2", "")],
}
DAY = st.sampled_from([day for day in DAYS if day.weekday() < 5])


@st.composite
def words(draw: st.DrawFn) -> Act:
    """One thing said, as a call of ``say``."""
    student = draw(st.sampled_from(STUDENTS))
    school = student.split("-")[0]
    day = draw(DAY)
    kind = draw(st.sampled_from(["entry", "entry", "entry", "roll", "roll", "office", "clear"]))
    if kind in ("office", "clear"):
        return kind, student, school, day, draw(st.sampled_from(SAID[1:]))
    section, period = draw(st.sampled_from(MEETINGS[school]))
    if kind == "roll":
        return kind, section, period, day
    late, early = draw(st.sampled_from([(None, None), (12, None), (31, 5), (None, 40), (200, 9)]))
    return (
        kind, student, section, period, day, draw(st.sampled_from(SAID)),
        draw(st.sampled_from(["", "", "E", "P", "T"])), late, early,
    )  # fmt: skip


@st.composite
def frames(draw: st.DrawFn) -> Act:
    """Something that changes where a student should have been, or how a school takes attendance."""
    kind = draw(st.sampled_from(["mode", "silent", "leaves", "enters", "drops", "track"]))
    student = draw(st.sampled_from(STUDENTS))
    school = draw(st.sampled_from(["north", "south", ""]))
    return kind, student, school, draw(DAY), draw(st.sampled_from(["daily", "period"]))


def say(ids: dict[str, int], act: Act) -> set[tuple[int, date]]:
    """Write one thing that was said; answers the (student, day) pairs it touches."""
    kind = act[0]
    if kind in ("office", "clear"):
        _, student, school, day, code = act
        rows = DayAttendance.objects.filter(student=ids[student], school=ids[school], day=day)
        rows.delete()
        if kind == "office":
            DayAttendance.objects.create(
                student_id=ids[student], school_id=ids[school], day=day, office_code=code, office_at=NOON
            )
        return {(ids[student], day)}
    if kind == "roll":
        _, section, period, day = act
        RollSubmission.objects.get_or_create(
            section_id=ids[section], day=day, slot=ids.get(period, 0), defaults={"submitted_at": NOON}
        )
        return {(ids[student], day) for student in STUDENTS}
    _, student, section, period, day, teacher, office, late, early = act
    SectionAttendance.objects.update_or_create(
        student_id=ids[student], section_id=ids[section], day=day, slot=ids.get(period, 0),
        defaults={
            "teacher_code": teacher, "office_code": office, "minutes_late": late, "minutes_early": early,
        },
    )  # fmt: skip
    return {(ids[student], day)}


def frame(ids: dict[str, int], act: Act) -> None:
    """Change the frame."""
    kind, student, school, day, mode = act
    stays = SchoolEnrollment.objects.filter(student=ids[student])
    if kind in ("mode", "silent"):
        values: dict[str, Any] = {"mode": mode} if kind == "mode" else {"silent_through": day}
        AttendanceSettings.objects.update_or_create(
            school_id=ids.get(school), begin=day - timedelta(days=3), defaults=values
        )
    elif kind == "leaves":
        stays.update(exit=day)
    elif kind == "enters":
        stays.update(entry=day)
    elif kind == "track":
        stays.update(track="C" if mode == "daily" else "B")
    else:
        first = SectionEnrollment.objects.filter(student=ids[student]).order_by("pk").first()
        SectionEnrollment.objects.filter(pk=first.pk if first else 0).update(begin=MONDAY, end=day)


def schools(ids: dict[str, int]) -> list[int]:
    return [ids["north"], ids["south"]]


@MODEST
@given(changes=st.lists(frames(), max_size=4), spoken=st.lists(words(), min_size=1, max_size=14))
def test_days_derived_from_scratch_are_those_of_a_walk_through_every_minute(
    ids: dict[str, int], changes: list[Act], spoken: list[Act]
) -> None:
    with undone():
        for act in changes:
            frame(ids, act)
        for act in spoken:
            say(ids, act)
        api.recompute_schools(schools(ids))
        assert stored() == walked(DAYS)


@MODEST
@given(
    changes=st.lists(frames(), max_size=3),
    spoken=st.lists(st.lists(words(), min_size=1, max_size=4), min_size=1, max_size=5),
)
def test_days_kept_up_word_by_word_are_those_derived_from_scratch(
    ids: dict[str, int], changes: list[Act], spoken: list[list[Act]]
) -> None:
    with undone():
        for act in changes:
            frame(ids, act)
        for some in spoken:
            touched = set().union(*(say(ids, act) for act in some))
            api.recompute_days(touched)
        kept = stored()
        assert kept == walked(DAYS)
        assert api.recompute_schools(schools(ids)) == 0, "the nightly proof finds nothing to change"
        assert stored() == kept


def test_nothing_said_is_nothing_stored(ids: dict[str, int]) -> None:
    RollSubmission.objects.create(
        section_id=ids["north-x1"], day=MONDAY, slot=ids["north-p1"], submitted_at=NOON
    )
    assert api.recompute_schools(schools(ids)) == 0
    assert api.recompute_days([]) == 0
    assert api.recompute_days([(ids["north-0"], MONDAY)]) == 0
    assert not PupilDayRow.objects.exists()


def test_a_span_of_days_is_derived_alone(ids: dict[str, int]) -> None:
    for day in (MONDAY, DAYS[1]):
        say(ids, ("office", "north-0", "north", day, "E"))
    assert api.recompute_schools(schools(ids), begin=DAYS[1], end=DAYS[1]) == 1
    assert PupilDayRow.objects.get().day == DAYS[1]


def test_a_day_nobody_speaks_of_any_more_is_gone(ids: dict[str, int]) -> None:
    touched = say(ids, ("office", "north-0", "north", MONDAY, "E"))
    assert api.recompute_days(touched) == 1
    say(ids, ("clear", "north-0", "north", MONDAY, "E"))
    assert api.recompute_days(touched) == 1
    assert not PupilDayRow.objects.exists()


def test_the_sections_are_those_of_the_roster(ids: dict[str, int]) -> None:
    """The twin walks what it believes to walk."""
    assert Section.objects.count() == 6
    assert uuid.UUID(str(Section.objects.first().sourced_id))  # type: ignore[union-attr]
