"""Every day method is one module, one table and its cases; all keep the same promises."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from firstbell.attendance.data import CodeKind, PeriodAttendance
from firstbell.attendance.rules.codes import starter_codes
from firstbell.attendance.rules.day_methods import TABLES, day_fraction, methods
from firstbell.params import MissingParameter

CASES = Path(__file__).parents[3] / "cases" / "attendance" / "day_methods"
BY_CODE = {code.code: code for code in starter_codes()}
HALF = next(iter(starter_codes())).__class__(
    **{
        **{name: getattr(BY_CODE["A"], name) for name in BY_CODE["A"].__dataclass_fields__},
        "code": "HALF",
        "kind": CodeKind.HALF,
    }
)
OPTIONS: dict[str, dict[str, Any]] = {
    "minutes": {"full_day_minutes": 240, "half_day_minutes": 120},
    "time_conversion": {"table": {60: "0.25", 240: "1"}},
    "conversion_table": {"table": {1: "0.5", 4: "1"}},
}


def cases() -> list[Any]:
    return [
        pytest.param(path.stem, case, id=f"{path.stem}: {case['name']}")
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]
    ]


def periods(case: dict[str, Any]) -> list[PeriodAttendance]:
    count = len(case["periods"])
    late, sessions = case.get("late", [0] * count), case.get("sessions", [""] * count)
    return [
        PeriodAttendance(
            case["minutes"],
            HALF if code == "HALF" else BY_CODE[code],
            session=sessions[i],
            minutes_late=late[i],
        )
        for i, code in enumerate(case["periods"])
    ]


def test_modules_tables_and_cases_name_the_same_methods() -> None:
    tables = {path.stem for path in TABLES.glob("*.yaml")}
    written = {path.stem for path in CASES.glob("*.yaml")}
    assert set(methods()) == tables == written


@pytest.mark.parametrize("name", sorted(methods()))
def test_every_table_has_label_source_and_options_with_units(name: str) -> None:
    table = yaml.safe_load((TABLES / f"{name}.yaml").read_text(encoding="utf-8"))
    assert table["label"]
    assert table["source"]
    assert all(option["unit"] for option in table["options"].values())


@pytest.mark.parametrize(("name", "case"), cases())
def test_case(name: str, case: dict[str, Any]) -> None:
    assert day_fraction(name, periods(case), case.get("options")) == Fraction(case["expected"])


@pytest.mark.parametrize("name", sorted(set(methods()) - {"whole_day"}))
@given(st.lists(st.sampled_from(["P", "A", "T", "E", "HALF"]), max_size=8), st.integers(0, 90))
def test_a_share_lies_from_0_to_1_and_full_presence_never_has_less(
    name: str, codes: list[str], minutes: int
) -> None:
    there = periods({"periods": codes, "minutes": minutes})
    share = day_fraction(name, there, OPTIONS.get(name))
    full = day_fraction(name, periods({"periods": ["P"] * len(codes), "minutes": minutes}), OPTIONS.get(name))
    assert 0 <= share <= full <= 1


def test_unknown_methods_and_options_are_refused_and_unset_ones_too() -> None:
    with pytest.raises(ValueError, match="no day method"):
        day_fraction("guess", [])
    with pytest.raises(ValueError, match="no option"):
        day_fraction("hourly", [], {"full": 1})
    with pytest.raises(MissingParameter, match="full_day_minutes"):
        day_fraction("minutes", [])


def test_the_whole_day_method_refuses_period_rows() -> None:
    with pytest.raises(ValueError, match="period rows"):
        day_fraction("whole_day", periods({"periods": ["P", "A"], "minutes": 45}))
