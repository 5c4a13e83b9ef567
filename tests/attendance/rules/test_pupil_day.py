"""The day from its periods: each flag by its own rule."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstbell.attendance.data import PeriodAttendance, PupilDay, StateCategory
from firstbell.attendance.rules.codes import starter_codes
from firstbell.attendance.rules.pupil_day import resolve
from firstbell.attendance.rules.rule_set import rule_set

CODES = {code.code: code for code in starter_codes()}
CALIFORNIA = rule_set("us-ca")


def day(codes: str, minutes: int = 45, method: str = "any_attendance", **options: object) -> PupilDay:
    rows = [PeriodAttendance(minutes, CODES.get(code)) for code in codes]
    got = resolve(rows, method, CALIFORNIA, options)
    assert got is not None
    return got


def test_state_local_and_ada_presence_are_three_facts() -> None:
    one = day("AAAAAAP", method="minutes", full_day_minutes=240, half_day_minutes=120)
    assert (one.state_day_present, one.local_day_present, one.earns_ada) == (True, False, True)
    assert (one.scheduled_minutes, one.present_minutes) == (Decimal(315), Decimal(45))
    assert one.fraction == 0


def test_a_full_unexcused_day_is_one_occasion_not_one_a_period() -> None:
    one = day("AUAUAUA")
    assert (one.full_day_unexcused, one.occasions) == (True, 1)


def test_an_excused_period_takes_the_full_day_away_but_not_the_gap() -> None:
    one = day("AAE")
    assert (one.full_day_unexcused, one.unexcused_gaps, one.occasions) == (False, (Decimal(90),), 1)
    assert one.category is StateCategory.UNEXCUSED


def test_several_gaps_are_stored_one_by_one_and_make_one_occasion() -> None:
    one = day("APAP")
    assert (one.unexcused_gaps, one.occasions) == ((Decimal(45), Decimal(45)), 1)


def test_exactly_thirty_minutes_is_no_gap() -> None:
    assert day("AP", minutes=30).unexcused_gaps == ()
    assert day("AP", minutes=31).unexcused_gaps == (Decimal(31),)


@pytest.mark.parametrize(
    ("codes", "category", "present", "earns"),
    [
        ("PPP", StateCategory.IN_PERSON, True, True),
        ("APP", StateCategory.IN_PERSON, True, True),
        ("SSS", StateCategory.SUSPENSION_OUT, False, False),
        ("III", StateCategory.SUSPENSION_IN, True, True),
        ("IIP", StateCategory.IN_PERSON, True, True),
        ("EEH", StateCategory.EXCUSED, False, False),
        ("EEU", StateCategory.UNEXCUSED, False, False),
        ("ESE", StateCategory.SUSPENSION_OUT, False, False),
        ("NNN", StateCategory.INDEPENDENT_STUDY_NO_ADA, False, False),
        ("VVV", StateCategory.IN_PERSON, True, True),
    ],
)
def test_the_category_of_the_day(codes: str, category: StateCategory, present: bool, earns: bool) -> None:
    one = day(codes)
    assert (one.category, one.state_day_present, one.earns_ada) == (category, present, earns)


def test_completed_independent_study_earns_ada_without_being_in_person() -> None:
    one = resolve([PeriodAttendance(300, CODES["NA"])], "any_attendance", CALIFORNIA)
    assert one is not None
    assert (one.category, one.state_day_present, one.earns_ada, one.occasions) == (
        StateCategory.INDEPENDENT_STUDY_ADA, False, True, 0,
    )  # fmt: skip


def test_the_highest_ranked_code_names_the_day() -> None:
    assert day("PTEP").code == "E"
    assert day("PTPP").code == "T"


def test_a_day_without_any_roll_is_not_a_day_and_a_missing_roll_marks_it_incomplete() -> None:
    assert resolve([PeriodAttendance(45, None)], "any_attendance", CALIFORNIA) is None
    partly = day("A?A")
    assert (partly.complete, partly.full_day_unexcused) == (False, False)
    assert partly.unexcused_gaps == (Decimal(45), Decimal(45))


def test_left_early_joins_the_absence_that_follows() -> None:
    rows = [
        PeriodAttendance(50, CODES["T"], minutes_early=10),
        PeriodAttendance(21, CODES["A"]),
        PeriodAttendance(50, CODES["P"]),
    ]
    one = resolve(rows, "any_attendance", CALIFORNIA)
    assert one is not None
    assert one.unexcused_gaps == (Decimal(31),)


def test_rules_without_truancy_store_no_occasions() -> None:
    one = resolve([PeriodAttendance(45, CODES["A"])], "any_attendance", rule_set("us-federal"))
    assert one is not None
    assert (one.occasions, one.unexcused_gaps) == (0, ())


@given(st.lists(st.sampled_from([*CODES]), min_size=1, max_size=8), st.integers(1, 90))
def test_gaps_agree_with_a_minute_by_minute_count(codes: list[str], minutes: int) -> None:
    missed = "".join(("x" if c in "AU" else " ") * minutes for c in codes)
    naive = [len(run) for run in missed.split() if len(run) > 30]
    rows = [PeriodAttendance(minutes, CODES[c]) for c in codes]
    one = resolve(rows, "hourly", CALIFORNIA)
    assert one is not None
    assert [int(gap) for gap in one.unexcused_gaps] == naive
    present = sum(minutes for c in codes if c in ("P", "T", "L", "I", "V"))
    assert one.present_minutes == present
    assert one.fraction == Fraction(present, minutes * len(codes))
