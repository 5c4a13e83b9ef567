"""The district's year at once gives what walking every student through every day gives."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from firstbell.attendance.data import StateCategory as C
from firstbell.attendance.rules.ada import average
from firstbell.attendance.rules.rule_set import rule_set
from firstbell.attendance.rules.year import (
    DayException,
    StayDays,
    Sums,
    averages,
    grade_spans,
    membership_days,
    student_year,
    sums_within,
    track_days,
    whole_tracks,
)

BEGIN = date(2025, 9, 1)
CA = rule_set("us-ca", BEGIN)
offsets = st.integers(0, 20)
Taught = dict[tuple[int, str], list[date]]
Said = dict[tuple[int, int], list[DayException]]


def on(offset: int) -> date:
    return BEGIN + timedelta(days=offset)


@st.composite
def districts(draw: st.DrawFn) -> tuple[Taught, list[tuple[StayDays, date | None]], Said]:
    """Two schools of a track each; students with stays one after the other, exceptions on any day."""
    taught = {key: sorted(map(on, draw(st.sets(offsets, max_size=15)))) for key in ((1, "A"), (2, "B"))}
    said: Said = defaultdict(list)
    stays = []
    for student in range(draw(st.integers(0, 5))):
        for school in (1, 2):
            for offset in draw(st.sets(offsets, max_size=8)):
                lost = draw(st.sampled_from([0, 1, Fraction(1, 3)]))
                category, times = draw(st.sampled_from(list(C))), draw(st.integers(0, 1))
                one = DayException(on(offset), category, lost, times, draw(st.booleans()))
                said[student, school].append(one)
        cuts = sorted(draw(st.lists(offsets, min_size=2, max_size=4, unique=True)))
        for entry, leave in zip(cuts[::2], cuts[1::2], strict=False):
            school, track = draw(st.sampled_from(list(taught)))
            end = draw(st.sampled_from([on(leave), on(leave), None])) if leave == cuts[-1] else on(leave)
            days = taught[school, track]
            stay = StayDays(
                student, school, track, draw(st.sampled_from(["KG", "05"])),
                draw(st.sampled_from(["primary", "secondary"])), draw(st.booleans()), on(entry),
                membership_days(days, on(entry), end),
                sums_within(days, on(entry), end, said[student, school]),
            )  # fmt: skip
            stays.append((stay, end))
    return taught, stays, said


District = tuple[Taught, list[tuple[StayDays, date | None]], Said]


def walk(district: District):
    """(stay, day, exception or None) for every membership day."""
    taught, stays, said = district
    for stay, end in stays:
        by_day = {one.day: one for one in said[stay.student, stay.school]}
        for day in taught[stay.school, stay.track]:
            if stay.entry <= day and (end is None or day <= end):
                yield stay, day, by_day.get(day)


@given(districts())
def test_pupil_days_equal_a_walk_through_every_day(district: District) -> None:
    taught, stays, _ = district
    span_of = grade_spans(CA)
    possible: Counter[tuple[int, str, str]] = Counter()
    attended: dict[tuple[int, str, str], Fraction] = defaultdict(Fraction)
    for stay, _, one in walk(district):
        if stay.ada_eligible and stay.status == "primary":
            key = (stay.school, stay.track, span_of(stay.grade))
            possible[key] += 1
            attended[key] += 1 - Fraction(one.lost if one else 0)
    got = track_days([stay for stay, _ in stays], {k: len(d) for k, d in taught.items()}, span_of)
    assert {k: v.possible for k, v in got.items() if v.possible} == dict(possible)
    assert {k: v.attended for k, v in got.items() if v.possible} == {k: attended[k] for k in possible}
    assert all(v.taught == len(taught[k[:2]]) for k, v in got.items())


@given(districts())
def test_averages_round_each_division_once(district: District) -> None:
    taught, stays, _ = district
    got = track_days([s for s, _ in stays], {k: len(d) for k, d in taught.items()}, grade_spans(CA))
    spans: dict[str, Decimal] = defaultdict(Decimal)
    tracks: dict[tuple[int, str], Fraction] = defaultdict(Fraction)
    for key, part in got.items():
        if part.taught:
            spans[key[2]] += average(part.attended, part.taught) or 0
            tracks[key[:2]] += part.attended
    assert {span: ada for span, (ada, _) in averages((k[2], t) for k, t in got.items()).items()} == spans
    whole = averages((f"{k}", t) for k, t in whole_tracks(got).items())
    assert {k: ada for k, (ada, _) in whole.items()} == {
        f"{k}": average(days, len(taught[k])) for k, days in tracks.items()
    }


@given(districts())
def test_student_years_equal_a_walk_through_every_day(district: District) -> None:
    _, stays, _ = district
    days: dict[tuple[int, int], Counter[C]] = defaultdict(Counter)
    occasions: Counter[tuple[int, int]] = Counter()
    unexcused: Counter[tuple[int, int]] = Counter()
    for stay, _, one in walk(district):
        key = (stay.student, stay.school)
        days[key][one.category if one else C.IN_PERSON] += 1
        occasions[key] += one.occasions if one else 0
        unexcused[key] += bool(one and one.unexcused)
    by_place: dict[tuple[int, int], list[StayDays]] = defaultdict(list)
    for stay, _ in stays:
        by_place[stay.student, stay.school].append(stay)
    for key, mine in by_place.items():
        year = student_year(mine, enrolled_now=True, rules=CA)
        assert Counter(year.summary.days) + Counter() == days[key] + Counter()
        assert year.membership == days[key].total() == year.summary.expected
        assert (year.occasions, year.unexcused_days) == (occasions[key], unexcused[key])


def test_membership_days_count_both_ends() -> None:
    taught = [on(0), on(1), on(4)]
    assert membership_days(taught, on(0), on(4)) == 3
    assert membership_days(taught, on(1), on(3)) == 1
    assert membership_days(taught, on(2), None) == 1
    assert membership_days(taught, on(5), on(3)) == 0


def test_the_school_of_the_specification_sums_its_tracks_after_rounding() -> None:
    # student records specification, section 7: 23.72 + 29.71
    stays = [
        StayDays(n, 1, track, "05", "primary", True, BEGIN, days, Sums(lost=lost))
        for track, pupils, days, absences in (("1", 26, 18, 41), ("2", 31, 17, 22))
        for n, lost in enumerate([absences, *[0] * (pupils - 1)])
    ]
    tracks = whole_tracks(track_days(stays, {(1, "1"): 18, (1, "2"): 17}, grade_spans(CA)))
    assert [average(t.attended, t.taught) for t in tracks.values()] == [Decimal("23.72"), Decimal("29.71")]
    assert averages((k[0], t) for k, t in tracks.items())[1][0] == Decimal("53.43")
