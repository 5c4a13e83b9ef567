"""What every registered calculation promises, whatever room it stands in."""

import importlib
import json
from pathlib import Path

import msgspec
import pytest

import firstbell
from firstbell.kernel.calculation import Calculation

ROOMS = Path(firstbell.__file__).parent


def registered() -> list[Calculation]:
    """The calculations of every room that has a ``calc`` module."""
    found: list[Calculation] = []
    for path in sorted(ROOMS.glob("*/calc*")):
        if path.name in ("calc.py", "calc"):
            module = importlib.import_module(f"firstbell.{path.parent.name}.calc")
            found += module.CALCULATIONS
    return found


CALCULATIONS = registered()
every_calculation = pytest.mark.parametrize("calculation", CALCULATIONS, ids=lambda c: c.name)


def test_names_are_unique_and_begin_with_their_room() -> None:
    names = [calculation.name for calculation in CALCULATIONS]
    assert len(names) == len(set(names))
    assert all("." in name for name in names)


@every_calculation
def test_schema_is_json_and_describes_objects(calculation: Calculation) -> None:
    schema = json.loads(json.dumps(calculation.schema()))
    for side in ("input", "output"):
        assert "$ref" in schema[side] or schema[side].get("type") == "object"
        for ref in (schema[side].get("$ref"),):
            assert ref is None or ref.rsplit("/", 1)[1] in schema[side]["$defs"]


@every_calculation
def test_schema_forbids_unknown_input_keys(calculation: Calculation) -> None:
    definitions = calculation.schema()["input"]["$defs"]
    objects = [d for d in definitions.values() if d.get("type") == "object"]
    assert objects
    assert all(d.get("additionalProperties") is False for d in objects)


@every_calculation
def test_example_runs_and_answers_with_a_trace(calculation: Calculation) -> None:
    answer = json.loads(calculation(json.dumps(calculation.example).encode()))
    assert answer["trace"]
    for line in answer["trace"]:
        assert {"id", "label", "amount", "inputs", "source"} == line.keys()


@every_calculation
def test_a_batch_is_its_singles_in_order(calculation: Calculation) -> None:
    one = json.dumps(calculation.example).encode()
    single = json.loads(calculation(one))
    assert json.loads(calculation(b" [" + one + b"," + one + b"]")) == [single, single]
    assert json.loads(calculation(b"[]")) == []


@every_calculation
def test_an_unknown_key_is_refused_by_name(calculation: Calculation) -> None:
    given = {**calculation.example, "no_such_key": 1}
    with pytest.raises(msgspec.ValidationError, match="no_such_key"):
        calculation(json.dumps(given).encode())


@every_calculation
def test_summary_is_one_sentence(calculation: Calculation) -> None:
    assert calculation.summary
    assert "\n" not in calculation.summary
