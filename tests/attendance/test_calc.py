"""Attendance figures from JSON: the specification's examples, nulls, and refusals that name the place."""

import json
from typing import Any

import pytest

from firstbell.attendance.calc import CALCULATIONS
from firstbell.kernel.finding import Refused

BY_NAME = {calculation.name: calculation for calculation in CALCULATIONS}


def answer(name: str, **given: Any) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(BY_NAME[f"attendance.{name}"](json.dumps(given).encode()))
    return result


def refused(name: str, **given: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        answer(name, **given)
    return caught.value


def school(**given: Any) -> dict[str, Any]:
    return {"id": "s", "days_taught": 10, "days_attended": "90", "days_possible": "100", **given}


def test_ada_of_a_published_oversight_report() -> None:
    # examples-lcff.md E1: 25,513 pupil-days over 123 school days, 28,405 possible: 207.42 and 89.82 %
    got = answer("ada", schools=[school(days_taught=123, days_attended="25513", days_possible="28405")])
    assert got["ada"] == got["schools"][0]["ada"] == "207.42"
    assert round(float(got["schools"][0]["rate"]) * 100, 2) == 89.82


def test_ada_divides_each_track_by_its_own_days_then_adds() -> None:
    tracks = [
        school(id="1", days_taught=18, days_attended=26 * 18 - 41, days_possible=26 * 18),
        school(id="2", days_taught=17, days_attended=31 * 17 - 22, days_possible=31 * 17),
    ]
    got = answer("ada", schools=tracks)
    assert [s["ada"] for s in got["schools"]] == ["23.72", "29.71"]
    assert got["ada"] == "53.43"


def test_ada_is_null_where_no_day_was_taught_and_keeps_every_digit_of_large_numbers() -> None:
    assert answer("ada", schools=[school(days_taught=0, days_attended=0, days_possible=0)])["ada"] is None
    assert answer("ada", schools=[])["ada"] is None
    big = school(days_taught=1, days_attended="1" * 40, days_possible=None)
    assert answer("ada", schools=[big, big])["ada"] == "2" * 40 + ".00"


@pytest.mark.parametrize(
    "wrong",
    [
        {"days_attended": "-1"},
        {"days_attended": "many"},
        {"days_attended": "1e9999999"},
        {"days_attended": "NaN"},
        {"days_attended": "101"},
        {"days_taught": 0},
        {"days_taught": -1},
    ],
)
def test_ada_refuses_what_cannot_be_and_names_the_school(wrong: dict[str, Any]) -> None:
    assert refused("ada", schools=[school(), school(**wrong)]).findings[0].column.startswith("schools[1]")


BASE = {
    "expected": 152, "excused": "7", "unexcused": "5", "suspension_out": "1", "suspension_in": "2",
    "independent_study_no_ada": "2", "attended_any": True, "unexcused_tardies_over_30": 0,
    "enrolled_days": 152, "rules": "us-ca",
}  # fmt: skip


def test_absence_of_15_in_152_is_not_chronic_and_16_is() -> None:
    got = answer("absence", **BASE)
    assert (got["absence_rate"], got["chronic"], got["eligible"]) == ("0.098684", False, True)
    assert answer("absence", **{**BASE, "unexcused": "6"})["chronic"] is True


def test_absence_of_exactly_ten_percent_is_chronic() -> None:
    got = answer("absence", expected=140, excused="14", rules="us-ca")
    assert (got["absence_rate"], got["chronic"]) == ("0.1", True)


def test_thirty_expected_days_are_not_eligible_and_thirty_one_are() -> None:
    few = answer("absence", expected=30, excused="10")
    assert (few["eligible"], few["chronic"]) == (False, False)
    assert answer("absence", expected=31, excused="10")["eligible"] is True


def test_a_student_who_never_attended_is_not_eligible() -> None:
    got = answer("absence", expected=40, unexcused="40", attended_any=False)
    assert (got["eligible"], got["chronic"], got["absence_rate"]) == (False, False, "1")


def test_occasions_are_full_days_and_long_tardies_together() -> None:
    got = answer("absence", expected=180, unexcused="1", unexcused_tardies_over_30=2, enrolled_days=60)
    assert (got["truancy_occasions"], got["truant"], got["chronic_truant"]) == (3, True, False)
    assert answer("absence", expected=180, unexcused="2", enrolled_days=60)["truant"] is False


def test_seven_unexcused_of_68_days_is_a_chronic_truant() -> None:
    assert answer("absence", expected=180, unexcused="7", enrolled_days=68)["chronic_truant"] is True
    assert answer("absence", expected=180, unexcused="6", enrolled_days=68)["chronic_truant"] is False
    assert answer("absence", expected=180, unexcused="7")["chronic_truant"] is None


def test_a_federal_student_counts_from_ten_days_enrolled_and_truancy_is_not_spoken_of() -> None:
    got = answer("absence", expected=10, excused="1", enrolled_days=10, rules="us-federal")
    assert (got["eligible"], got["chronic"], got["truant"], got["truancy_occasions"]) == (
        True,
        True,
        None,
        None,
    )
    short = answer("absence", expected=9, excused="1", enrolled_days=9, rules="us-federal")
    assert short["eligible"] is False
    assert answer("absence", expected=44, enrolled_days=44, rules="us-nj")["eligible"] is False
    assert answer("absence", expected=45, enrolled_days=45, rules="us-nj")["eligible"] is True


def test_absence_refuses_more_reasons_than_days_and_unknown_rules() -> None:
    assert refused("absence", expected=10, excused="11").findings[0].column == "expected"
    assert "us-ca" in refused("absence", expected=10, rules="mars").findings[0].next_step
    assert "enrolled_days" in str(refused("absence", expected=10, rules="us-nj"))


def test_expecting_nothing_says_nothing() -> None:
    assert answer("absence", expected=0, attended_any=False)["absence_rate"] is None


CODES = {
    "A": {"absent": True, "excused": False},
    "E": {"absent": True, "excused": True},
    "P": {"absent": False},
    "T": {"absent": False, "excused": False},
    "½": {"half": True, "excused": True},
}


def day(periods: str, programme: str = "regular", minutes: int = 45, **more: Any) -> tuple[Any, ...]:
    rows = [{"minutes": minutes, "code": code} for code in periods]
    got = answer("day", periods=rows, codes=CODES, rules="us-ca", programme=programme, **more)
    return got["attended"], got["minutes_present"], got["ada_day"], got["occasions"]


def test_any_attendance_makes_the_day_and_unexcused_time_still_counts_for_truancy() -> None:
    # section 6: 7 periods of 45, absent in 2, half in 1: 202.5 minutes present, a whole day for ADA
    assert day("AA½PPPP") == (True, "202.5", "1", 1)


def test_absent_all_day_earns_nothing() -> None:
    assert day("AAAAAAA") == (False, "0", "0", 1)
    assert day("EEEEEEE") == (False, "0", "0", 0)


def test_a_gap_of_exactly_thirty_minutes_is_no_occasion_and_joined_gaps_are() -> None:
    assert day("APPP", minutes=30)[3] == 0
    assert day("APPP", minutes=31)[3] == 1
    assert day("AAPP", minutes=16)[3] == 1
    assert day("APAP", minutes=30)[3] == 0
    assert day("AEAP", minutes=30)[3] == 0


def test_several_gaps_of_one_day_make_one_occasion() -> None:
    assert day("APAPAP")[3] == 1


def test_late_minutes_count_and_join_what_was_missed_before() -> None:
    late = {"minutes": 50, "code": "T", "minutes_late": 31}
    got = answer("day", periods=[late, {"minutes": 50, "code": "P"}], codes=CODES)
    assert (got["occasions"], got["minutes_present"]) == (1, "69")
    joined = [{"minutes": 20, "code": "A"}, {"minutes": 50, "code": "T", "minutes_late": 11}]
    assert answer("day", periods=joined, codes=CODES)["occasions"] == 1
    assert answer("day", periods=[{**late, "minutes_late": 30}], codes=CODES)["occasions"] == 0


def test_an_hourly_day_is_the_share_of_minutes_present() -> None:
    assert day("PPPA", "hourly")[2] == "0.75"
    assert day("PPA", "hourly")[2] == "0.666667"


def test_blank_is_present_and_no_periods_say_nothing() -> None:
    got = answer("day", periods=[{"minutes": 50, "code": None}], codes={})
    assert (got["attended"], got["ada_day"]) == (True, "1")
    assert answer("day", periods=[], codes={})["attended"] is None


def test_day_refuses_unknown_codes_impossible_minutes_and_rules_without_a_method() -> None:
    assert refused("day", periods=[{"minutes": 5, "code": "Q"}]).findings[0].column == "periods[0].code"
    assert refused("day", periods=[{"minutes": -5, "code": "P"}]).findings[0].column == "periods[0]"
    assert refused("day", periods=[{"minutes": 5, "code": "T", "minutes_late": 6}])
    assert "day_method" in str(refused("day", periods=[{"minutes": 5, "code": "P"}], rules="us-nj"))


@pytest.mark.parametrize(("absences", "earned", "credited"), [(9, 7, "7"), (9, 13, "9"), (25, 13, "10")])
def test_recovery_is_the_least_of_limit_absences_and_days(absences: int, earned: int, credited: str) -> None:
    assert (
        answer("recovery", absences=absences, earned_days=earned, rules="us-ca")["credited_days"] == credited
    )


def test_recovery_is_refused_where_and_when_no_rule_knows_it() -> None:
    assert refused("recovery", absences=9, earned_days=7, on="2024-09-01")
    assert refused("recovery", absences=9, earned_days=7, rules="us-nj")


def test_hourly_credit() -> None:
    got = answer("hourly", scheduled_periods=420, attended_periods=357, expected_days=168)
    assert got["days_attended"] == "142.8"
    assert answer("hourly", scheduled_periods=0, attended_periods=0, expected_days=5)["days_attended"] is None
    assert refused("hourly", scheduled_periods=1, attended_periods=2, expected_days=5)


def test_minutes_short_cost_the_share_of_the_apportionment() -> None:
    groups = [{"pupils": 100, "minutes_short": 540}, {"pupils": 300, "minutes_short": 0}]
    got = answer("minutes", required=54000, groups=groups, entitlement="4000000")
    # a quarter of the pupils lack one percent of their minutes
    assert (got["share_short"], got["penalty"]) == ("0.0025", "10000.00")


def test_minutes_round_only_the_penalty() -> None:
    groups = [{"pupils": 3, "minutes_short": 1}]
    got = answer("minutes", required=3, groups=groups, entitlement="1000000")
    assert (got["share_short"], got["penalty"]) == ("0.333333", "333333.33")
    assert answer("minutes", required=3, groups=[], entitlement="5")["penalty"] is None
    assert refused("minutes", required=3, groups=[{"pupils": 1, "minutes_short": "-1"}], entitlement="5")
    assert refused("minutes", required=3, groups=[{"pupils": 1, "minutes_short": "4"}], entitlement="5")
