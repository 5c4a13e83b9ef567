"""ADA and ADM: each track by its own taught days, rounded, then summed."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstbell.attendance.rules.ada import TrackDays, ada, ada_by, adm, attendance_rate, pupil_days, total

TRACK_1 = TrackDays(18, pupil_days(26 * 18, 41), Fraction(26 * 18))
TRACK_2 = TrackDays(17, pupil_days(31 * 17, 22), Fraction(31 * 17))


def test_the_worked_example_of_two_tracks() -> None:
    assert (ada(TRACK_1), ada(TRACK_2)) == (Decimal("23.72"), Decimal("29.71"))
    assert total([ada(TRACK_1), ada(TRACK_2)]) == Decimal("53.43")
    assert ada_by([("school", TRACK_1), ("school", TRACK_2)]) == {"school": Decimal("53.43")}


def test_membership_by_days_taught() -> None:
    assert (adm(TRACK_1), adm(TRACK_2)) == (Decimal("26.00"), Decimal("31.00"))
    assert attendance_rate(TRACK_1) == Fraction(427, 468)


def test_nothing_is_said_of_a_track_without_taught_days() -> None:
    assert ada(TrackDays(0, Fraction(0))) is None
    assert total([]) is None
    assert total([None, Decimal("1.50")]) == Decimal("1.50")


@pytest.mark.parametrize(
    ("taught", "attended", "possible"), [(-1, 0, 0), (1, -1, 0), (1, 2, 1), (0, 1, None), (1, 0, -1)]
)
def test_days_that_cannot_be_are_refused(taught: int, attended: int, possible: int | None) -> None:
    with pytest.raises(ValueError, match=r"days|attended"):
        TrackDays(taught, Fraction(attended), None if possible is None else Fraction(possible))


def test_more_lost_than_enrolled_is_refused_and_parts_of_days_count() -> None:
    assert pupil_days(10, 2, {"a": Fraction(1, 3)}) == Fraction(23, 3)
    with pytest.raises(ValueError, match="more days were lost"):
        pupil_days(10, 11)


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(0, 10**6)), min_size=1, max_size=12))
def test_the_sum_of_rounded_tracks_is_within_half_a_cent_a_track_of_the_exact(
    rows: list[tuple[int, int]],
) -> None:
    tracks = [TrackDays(taught, Fraction(days)) for taught, days in rows]
    exact = sum((track.attended / track.taught for track in tracks), Fraction(0))
    got = total(map(ada, tracks))
    assert got is not None
    assert abs(Fraction(got) - exact) <= Fraction(len(tracks), 200)
