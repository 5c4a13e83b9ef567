"""A school year's figures: the specification's worked examples in the database, and naive walks."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstbell.attendance import api
from firstbell.attendance.data import StateCategory as C
from firstbell.attendance.models import AttendanceSettings, PupilDayRow
from firstbell.attendance.rules.rule_set import house_rules
from firstbell.attendance.selectors.year import StudentYear
from firstbell.people.models import (
    Agency,
    Calendar,
    CalendarDate,
    RosterAct,
    School,
    SchoolEnrollment,
    Student,
)
from tests.undone import MODEST, undone

pytestmark = pytest.mark.django_db

FIRST = date(2026, 8, 17)
LAST = date(2027, 6, 4)
ATTENDED_OR_EARNING = {C.IN_PERSON, C.SUSPENSION_IN, C.INDEPENDENT_STUDY_ADA}


class Records:
    """Schools, tracks, stays and days written straight into the tables."""

    def __init__(self) -> None:
        self.agency = Agency.objects.create(kind="district", name="D", sourced_id=uuid.uuid4())
        self.act = RosterAct.objects.create(verb="import", source="test")

    def school(self, name: str = "North") -> int:
        return School.objects.create(agency=self.agency, name=name, sourced_id=uuid.uuid4()).pk

    def track(self, school: int, days: list[date], track: str = "A") -> list[date]:
        calendar = Calendar.objects.create(
            school_id=school, school_year=2027, track=track, sourced_id=uuid.uuid4()
        )
        CalendarDate.objects.bulk_create(
            [CalendarDate(calendar=calendar, day=day, day_type="taught") for day in days]
        )
        return days

    def students(self, number: int) -> list[int]:
        rows = [Student(first_name="A", last_name="B", sourced_id=uuid.uuid4()) for _ in range(number)]
        return [row.pk for row in Student.objects.bulk_create(rows)]

    def stays(self, *rows: dict[str, Any]) -> None:
        common = {
            "recorded_in": self.act,
            "recorded_at": "2026-08-01T00:00:00Z",
            "school_year": 2027,
            "grade": "09",
        }
        SchoolEnrollment.objects.bulk_create(
            [
                SchoolEnrollment(**{**common, "sourced_id": uuid.uuid4(), "entry": FIRST, **row})
                for row in rows
            ]
        )

    def days(self, *rows: tuple[int, int, date, C], occasions: int = 0, full: bool = False) -> None:
        PupilDayRow.objects.bulk_create(
            [
                PupilDayRow(
                    student_id=student, school_id=school, day=day, category=category.value, code="X",
                    state_day_present=category in (C.IN_PERSON, C.SUSPENSION_IN),
                    local_day_present=category in (C.IN_PERSON, C.SUSPENSION_IN),
                    earns_ada=category in ATTENDED_OR_EARNING, full_day_unexcused=full, occasions=occasions,
                )
                for student, school, day, category in rows
            ]
        )  # fmt: skip


@pytest.fixture
def records() -> Records:
    return Records()


def weekdays(number: int, first: date = FIRST) -> list[date]:
    """So many weekdays in a row."""
    days = [first + timedelta(days=n) for n in range(2 * number + 7)]
    return [day for day in days if day.weekday() < 5][:number]


def rounded(value: Fraction) -> Decimal:
    """Half up to two decimals, by Decimal's own rounding of a long division."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


# -- the specification's worked examples (student-records.md, 7 to 9) -------------------------------------


def test_ada_is_rounded_by_track_and_then_added(records: Records) -> None:
    """Two tracks: 427 pupil-days over 18 days and 505 over 17 make 23.72 + 29.71 = 53.43."""
    school = records.school()
    for track, number, taught, absences in (("1", 26, 18, 41), ("2", 31, 17, 22)):
        days = records.track(school, weekdays(taught), track)
        students = records.students(number)
        records.stays(*({"student_id": s, "school_id": school, "track": track} for s in students))
        absent = [(s, day) for day in days for s in students][:absences]
        records.days(*((s, school, day, C.UNEXCUSED) for s, day in absent))
    figures = api.year_figures([school], weekdays(18)[-1])
    assert figures.ada() == {school: Decimal("53.43")}
    assert figures.ada_by_span() == {"9-12": Decimal("53.43")}


EXAMPLE = {
    C.SUSPENSION_OUT: 1, C.SUSPENSION_IN: 2, C.EXCUSED: 7, C.UNEXCUSED: 5,
    C.INDEPENDENT_STUDY_NO_ADA: 2, C.INDEPENDENT_STUDY_ADA: 4,
}  # fmt: skip


def year_of(records: Records, expected: int, days: dict[C, int], **more: Any) -> StudentYear:
    school = records.school()
    taught = records.track(school, weekdays(expected))
    (student,) = records.students(1)
    records.stays({"student_id": student, "school_id": school, **more})
    spread = [category for category, number in days.items() for _ in range(number)]
    records.days(*((student, school, day, category) for day, category in zip(taught, spread, strict=False)))
    (found,) = api.year_figures([school], taught[-1]).students
    return found


@pytest.mark.parametrize(
    ("expected", "days", "absent", "chronic"),
    [
        (152, EXAMPLE, 15, False),
        (152, {**EXAMPLE, C.UNEXCUSED: 6}, 16, True),
        (140, {C.EXCUSED: 14}, 14, True),
        (140, {C.EXCUSED: 13}, 13, False),
        # eligible from 31 expected days on
        (31, {C.UNEXCUSED: 4}, 4, True),
        (30, {C.UNEXCUSED: 4}, 4, False),
    ],
)
def test_chronic_absence_compares_ten_times_the_absences_exactly(
    records: Records, expected: int, days: dict[C, int], absent: int, chronic: bool
) -> None:
    year = year_of(records, expected, days)
    assert (year.summary.expected, year.absent, year.chronic) == (expected, absent, chronic)


def test_a_student_who_never_attended_or_is_secondary_does_not_count(records: Records) -> None:
    assert year_of(records, 40, {C.UNEXCUSED: 40}).eligible is False
    assert year_of(records, 40, {C.UNEXCUSED: 20}, status="secondary").eligible is False
    assert year_of(records, 40, {C.UNEXCUSED: 20}, status="short_term").chronic is True


def test_seven_unexcused_of_68_days_make_a_chronic_truant(records: Records) -> None:
    school = records.school()
    taught = records.track(school, weekdays(68))
    students = records.students(2)
    records.stays(*({"student_id": s, "school_id": school} for s in students))
    for student, number in zip(students, (7, 6), strict=True):
        records.days(
            *((student, school, day, C.UNEXCUSED) for day in taught[:number]), occasions=1, full=True
        )
    found = {year.student_id: year for year in api.year_figures([school], taught[-1]).students}
    assert [found[s].chronic_truant for s in students] == [True, False]
    assert [found[s].truant for s in students] == [True, True]


def test_one_full_day_and_gaps_on_two_others_make_a_truant(records: Records) -> None:
    school = records.school()
    taught = records.track(school, weekdays(40))
    (student,) = records.students(1)
    records.stays({"student_id": student, "school_id": school})
    records.days((student, school, taught[0], C.UNEXCUSED), occasions=1, full=True)
    records.days((student, school, taught[1], C.IN_PERSON), occasions=1)
    before = api.year_figures([school], taught[-1]).students[0]
    records.days((student, school, taught[2], C.IN_PERSON), occasions=1)
    after = api.year_figures([school], taught[-1]).students[0]
    assert [(year.occasions, year.truant) for year in (before, after)] == [(2, False), (3, True)]


@pytest.mark.parametrize(
    ("absent", "band"),
    [
        (0, "fine"),
        (4, "fine"),
        (5, "at_risk"),
        (9, "at_risk"),
        (10, "chronic"),
        (19, "chronic"),
        (20, "severe"),
    ],
)
def test_the_early_warning_bands_begin_at_5_10_and_20_percent(
    records: Records, absent: int, band: str
) -> None:
    assert year_of(records, 100, {C.EXCUSED: absent}).band(house_rules()) == band


def test_a_leaver_stays_in_and_is_not_enrolled_now(records: Records) -> None:
    school = records.school()
    taught = records.track(school, weekdays(60))
    (student,) = records.students(1)
    records.stays({"student_id": student, "school_id": school, "exit": taught[39]})
    records.days(*((student, school, day, C.UNEXCUSED) for day in taught[:4]))
    figures = api.year_figures([school], taught[-1])
    (year,) = figures.students
    assert (year.membership, year.chronic, year.enrolled_now) == (40, True, False)
    assert (figures.chronic_rate(school), figures.rate()) == (Fraction(1), Fraction(36, 40))


def test_without_a_rule_chronic_absence_is_not_guessed(records: Records) -> None:
    AttendanceSettings.objects.create(school=None, begin=date(2010, 7, 1), rules="us-ca")
    school = records.school()
    calendar = Calendar.objects.create(school_id=school, school_year=2012, sourced_id=uuid.uuid4())
    days = weekdays(40, date(2011, 8, 15))
    CalendarDate.objects.bulk_create(
        [CalendarDate(calendar=calendar, day=d, day_type="taught") for d in days]
    )
    (student,) = records.students(1)
    records.stays({"student_id": student, "school_id": school, "entry": days[0], "school_year": 2012})
    records.days((student, school, days[0], C.EXCUSED))
    (year,) = api.year_figures([school], days[-1]).students
    assert (year.chronic, year.eligible, year.absent) == (None, None, 1)


def test_a_track_without_a_calendar_follows_the_first_one(records: Records) -> None:
    school = records.school()
    taught = records.track(school, weekdays(10))
    (student,) = records.students(1)
    records.stays({"student_id": student, "school_id": school, "track": "late"})
    figures = api.year_figures([school], taught[-1])
    assert figures.students[0].membership == 10
    assert figures.ada() == {school: Decimal("1.00")}


def test_no_school_has_no_figures() -> None:
    assert api.year_figures([], LAST).students == []
    assert api.daily_rates([], FIRST, LAST) == {}


# -- naive walks ---------------------------------------------------------------------------------------

DAYS = weekdays(12)
SPAN_OF = {"KG": "TK/K-3", "03": "TK/K-3", "04": "4-6", "08": "7-8", "12": "9-12"}


@st.composite
def stays(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Up to four students' stays at two schools, one after the other."""
    rows = []
    for student in range(draw(st.integers(1, 4))):
        cuts = sorted(draw(st.sets(st.integers(0, 11), min_size=1, max_size=5)))
        for entry, after in zip(cuts, [*cuts[1:], None], strict=True):
            if draw(st.booleans()):
                rows.append(
                    {
                        "student_id": student,
                        "school_id": draw(st.integers(0, 1)),
                        "entry": DAYS[entry],
                        "exit": draw(st.none()) if after is None else DAYS[after] - timedelta(days=1),
                        "track": draw(st.sampled_from(["A", "B", "C"])),
                        "grade": draw(st.sampled_from(sorted(SPAN_OF))),
                        "status": draw(st.sampled_from(["primary", "primary", "short_term", "secondary"])),
                        "ada_eligible": draw(st.sampled_from([True, True, False])),
                    }
                )
    return rows


@MODEST
@given(
    rows=stays(),
    off=st.tuples(*[st.sets(st.sampled_from(DAYS), max_size=4)] * 3),
    said=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(DAYS), st.sampled_from(list(C))), max_size=12),
    through=st.sampled_from(DAYS),
)
def test_figures_equal_a_walk_through_every_day(
    records: Records,
    rows: list[dict[str, Any]],
    off: tuple[set[date], ...],
    said: list[tuple[int, date, C]],
    through: date,
) -> None:
    with undone():
        ids = [records.school("North"), records.school("South")]
        students = records.students(4)
        taught = {
            (ids[0], "A"): [day for day in DAYS if day not in off[0]],
            (ids[0], "B"): [day for day in DAYS if day not in off[1]],
            (ids[1], "A"): [day for day in DAYS if day not in off[2]],
        }
        for (school, track), days in taught.items():
            records.track(school, days, track)
        mine = [
            {**row, "student_id": students[row["student_id"]], "school_id": ids[row["school_id"]]}
            for row in rows
        ]
        records.stays(*mine)

        def place(row: dict[str, Any]) -> tuple[int, str]:
            return (row["school_id"], row["track"] if (row["school_id"], row["track"]) in taught else "A")

        def member(row: dict[str, Any], day: date) -> bool:
            inside = row["entry"] <= day and (row["exit"] is None or day <= row["exit"])
            return inside and day in taught[place(row)]

        kept: dict[tuple[int, int, date], C] = {}
        for student, day, category in said:
            for row in mine:
                if row["student_id"] == students[student] and member(row, day):
                    kept[row["student_id"], row["school_id"], day] = category
        records.days(*((*key, category) for key, category in kept.items()))

        figures = api.year_figures(ids, through)
        seen = [day for day in DAYS if day <= through]
        attended: dict[tuple[tuple[int, str], str], int] = Counter()
        possible: dict[tuple[tuple[int, str], str], int] = Counter()
        years: dict[tuple[int, int], Counter[C]] = defaultdict(Counter)
        for row in mine:
            span = SPAN_OF[row["grade"]]
            if row["entry"] <= through:
                years[row["student_id"], row["school_id"]].update([])
            for day in seen:
                if not member(row, day):
                    continue
                category = kept.get((row["student_id"], row["school_id"], day), C.IN_PERSON)
                years[row["student_id"], row["school_id"]][category] += 1
                if row["ada_eligible"] and row["status"] != "secondary":
                    possible[place(row), span] += 1
                    attended[place(row), span] += category in ATTENDED_OR_EARNING
        by_track: dict[tuple[int, str], int] = Counter()
        for (track, _), number in attended.items():
            by_track[track] += number
        counted = {track: len([day for day in taught[track] if day <= through]) for track in taught}
        schools: dict[int, Decimal] = defaultdict(Decimal)
        for track in {track for track, _ in possible}:
            schools[track[0]] += rounded(Fraction(by_track[track], counted[track]))
        spans: dict[str, Decimal] = defaultdict(Decimal)
        for (track, span), _ in possible.items():
            spans[span] += rounded(Fraction(attended[track, span], counted[track]))
        assert figures.ada() == schools
        assert figures.ada_by_span() == spans

        found = {(year.student_id, year.school_id): year for year in figures.students}
        assert found.keys() == years.keys()
        for key, days in years.items():
            absent = sum(
                days[kind] for kind in (C.SUSPENSION_OUT, C.EXCUSED, C.UNEXCUSED, C.INDEPENDENT_STUDY_NO_ADA)
            )
            assert found[key].membership == days.total()
            assert found[key].absent == absent
            assert {k: n for k, n in found[key].summary.days.items() if n} == +days


@MODEST
@given(rows=stays(), said=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(DAYS)), max_size=6))
def test_daily_rates_equal_a_count_of_every_day(
    records: Records, rows: list[dict[str, Any]], said: list[tuple[int, date]]
) -> None:
    with undone():
        ids = [records.school("North"), records.school("South")]
        students = records.students(4)
        for school in ids:
            records.track(school, DAYS)
        mine = [
            {**row, "student_id": students[row["student_id"]], "school_id": ids[row["school_id"]]}
            for row in rows
        ]
        records.stays(*mine)

        def on(row: dict[str, Any], day: date) -> bool:
            return row["entry"] <= day and (row["exit"] is None or day <= row["exit"])

        absent = {
            (row["student_id"], row["school_id"], day)
            for student, day in said
            for row in mine
            if row["student_id"] == students[student] and on(row, day)
        }
        records.days(*((*key, C.UNEXCUSED) for key in absent))
        begin, end = DAYS[2], DAYS[9]
        assert api.daily_rates(ids, begin, end) == {
            school: {
                day: (
                    sum(on(row, day) for row in mine if row["school_id"] == school),
                    sum(1 for _, place, when in absent if (place, when) == (school, day)),
                )
                for day in DAYS[2:10]
            }
            for school in ids
        }


def test_a_year_costs_the_same_for_any_number_of_students(
    records: Records, django_assert_num_queries: Any
) -> None:
    school = records.school()
    taught = records.track(school, weekdays(20))
    counts = []
    for number in (2, 30):
        students = records.students(number)
        records.stays(*({"student_id": s, "school_id": school} for s in students))
        records.days(*((s, school, taught[0], C.EXCUSED) for s in students))
        with django_assert_num_queries(6):
            counts.append(len(api.year_figures([school], taught[-1]).students))
    assert counts == [2, 32]
