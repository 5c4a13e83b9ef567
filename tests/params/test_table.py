"""Figures of law come from dated rows with a source; where a table is silent nothing is guessed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

import firstbell
from firstbell import params
from firstbell.params import MissingParameter

TABLE = """
label: Test figures
parameters:
  rate:
    unit: percent
    values:
      - {start: 2025-07-01, value: "4", source: Second act, verify: true}
      - {start: 2020-07-01, value: "3", source: First act}
  unknown:
    unit: days
"""


@pytest.fixture
def table(tmp_path: Path) -> params.ParameterTable:
    path = tmp_path / "figures.yaml"
    path.write_text(TABLE)
    return params.load(path)


@pytest.mark.parametrize(
    ("day", "value"),
    [(date(2020, 7, 1), "3"), (date(2025, 6, 30), "3"), (date(2025, 7, 1), "4"), (date(2040, 1, 1), "4")],
)
def test_the_row_in_force_is_the_last_that_has_started(
    table: params.ParameterTable, day: date, value: str
) -> None:
    assert table["rate"].on(day).value == value


def test_before_the_first_row_nothing_is_guessed(table: params.ParameterTable) -> None:
    with pytest.raises(MissingParameter, match="rate has no value on 2020-06-30"):
        table["rate"].on(date(2020, 6, 30))


def test_a_parameter_without_values_and_one_that_is_not_there_are_refused(
    table: params.ParameterTable,
) -> None:
    with pytest.raises(MissingParameter, match="unknown has no value"):
        table["unknown"].on(date(2026, 1, 1))
    with pytest.raises(MissingParameter, match="table figures has no parameter tax"):
        _ = table["tax"]


def test_a_figure_that_is_not_confirmed_says_so(table: params.ParameterTable) -> None:
    assert table["rate"].on(date(2024, 1, 1)).citation == "First act"
    assert table["rate"].on(date(2026, 1, 1)).citation == "Second act (to be confirmed by the district)"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"values": []}, "unit is missing"),
        (
            {"unit": "days", "values": [{"start": date(2020, 1, 1), "value": 1}]},
            "needs start, value and source",
        ),
        ({"unit": "days", "values": [{"start": date(2020, 1, 1), "value": 1, "source": ""}]}, "needs start"),
        ({"unit": "days", "values": [{"value": 1, "source": "x"}]}, "needs start"),
    ],
)
def test_a_row_without_unit_start_or_source_is_refused(tmp_path: Path, row: object, message: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(yaml.safe_dump({"parameters": {"rate": row}}))
    with pytest.raises(ValueError, match=message):
        params.load(path)


ROOT = Path(firstbell.__file__).parent
SHIPPED = sorted(
    path
    for path in ROOT.glob("*/tables/**/*.yaml")
    if "parameters" in (yaml.safe_load(path.read_text(encoding="utf-8")) or {})
)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_table_that_ships_is_sound(path: Path) -> None:
    """Read whole: units, sources, and no two rows of a parameter that start on one day."""
    for parameter in params.load(path).parameters.values():
        starts = [row.start for row in parameter.values]
        assert len(starts) == len(set(starts)), parameter.name
        assert all(isinstance(start, date) for start in starts), parameter.name
