"""The district's year at once gives what walking every student through every day gives."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from firstbell.attendance.data import StateCategory as C
from firstbell.attendance.rules.ada import average
from firstbell.attendance.rules.bulk import (
    DayException,
    Membership,
    ada_by_calendar,
    ada_by_span,
    membership_days,
    student_years,
    track_days,
)

BEGIN = date(2025, 9, 1)
offsets = st.integers(0, 20)


def on(offset: int) -> date:
    return BEGIN + timedelta(days=offset)


@st.composite
def districts(draw: st.DrawFn) -> tuple[dict[str, list[date]], list[Membership], list[DayException]]:
    taught = {c: sorted(map(on, draw(st.sets(offsets, max_size=15)))) for c in ("north/A", "south/B")}
    memberships, exceptions = [], []
    for student in range(draw(st.integers(0, 5))):
        cuts = sorted(draw(st.lists(offsets, min_size=2, max_size=4, unique=True)))
        for entry, leave in zip(cuts[::2], cuts[1::2], strict=False):
            memberships.append(
                Membership(
                    f"s{student}", draw(st.sampled_from(list(taught))), draw(st.sampled_from(["K-3", "4-6"])),
                    on(entry), draw(st.sampled_from([on(leave), on(leave)])), draw(st.booleans()),
                )
            )  # fmt: skip
        for offset in draw(st.sets(offsets, max_size=8)):
            calendar = draw(st.sampled_from(list(taught)))
            lost = draw(st.sampled_from([0, 1, Fraction(1, 3)]))
            category = draw(st.sampled_from(list(C)))
            exceptions.append(
                DayException(f"s{student}", calendar, on(offset), category, lost, draw(st.integers(0, 1)))
            )
    return taught, memberships, exceptions


District = tuple[dict[str, list[date]], list[Membership], list[DayException]]


@given(districts())
def test_pupil_days_equal_a_walk_through_every_day(district: District) -> None:
    taught, memberships, exceptions = district
    lost = {(x.student, x.calendar, x.day): Fraction(x.lost) for x in exceptions}
    possible: Counter[tuple[str, str]] = Counter()
    attended: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for row in memberships:
        if not row.ada_eligible:
            continue
        for day in taught[row.calendar]:
            if row.entry <= day and (row.exit is None or day <= row.exit):
                possible[row.calendar, row.grade_span] += 1
                attended[row.calendar, row.grade_span] += 1 - lost.get((row.student, row.calendar, day), 0)
    got = track_days(taught, memberships, exceptions)
    assert {k: v.possible for k, v in got.items() if v.possible} == dict(possible)
    assert {k: v.attended for k, v in got.items() if v.possible} == {k: attended[k] for k in possible}
    assert all(v.taught == len(taught[k[0]]) for k, v in got.items())


@given(districts())
def test_ada_by_span_and_by_calendar_round_each_division_once(district: District) -> None:
    got = track_days(*district)
    spans: dict[str, Decimal] = defaultdict(Decimal)
    calendars: dict[str, Fraction] = defaultdict(Fraction)
    for (calendar, span), track in got.items():
        if track.taught:
            spans[span] += average(track.attended, track.taught) or 0
            calendars[calendar] += track.attended
    assert ada_by_span(got) == spans
    taught = district[0]
    assert ada_by_calendar(got) == {c: average(days, len(taught[c])) for c, days in calendars.items()}


@given(districts())
def test_student_years_equal_a_walk_through_every_day(district: District) -> None:
    taught, memberships, exceptions = district
    said = {(x.student, x.calendar, x.day): x for x in exceptions}
    days: dict[tuple[str, str], Counter[C]] = defaultdict(Counter)
    occasions: Counter[tuple[str, str]] = Counter()
    for row in memberships:
        key = (row.student, row.calendar)
        days[key].update([])
        for day in taught[row.calendar]:
            if row.entry <= day and (row.exit is None or day <= row.exit):
                one = said.get((row.student, row.calendar, day))
                days[key][one.category if one else C.IN_PERSON] += 1
                occasions[key] += one.occasions if one else 0
    got = {(year.student, year.calendar): year for year in student_years(taught, memberships, exceptions)}
    assert got.keys() == days.keys()
    for key, year in got.items():
        assert Counter(year.days) + Counter() == days[key] + Counter()
        assert (year.membership, year.occasions) == (days[key].total(), occasions[key])


def test_membership_days_count_both_ends() -> None:
    taught = [on(0), on(1), on(4)]
    assert membership_days(taught, on(0), on(4)) == 3
    assert membership_days(taught, on(1), on(3)) == 1
    assert membership_days(taught, on(2), None) == 1
