"""Files and packages are named for what they know, and a package opens with its idea."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "firstbell"
NO_NAMES = {"utils", "util", "helpers", "helper", "misc", "common", "shared", "tools", "stuff"}
PACKAGES = sorted(path for path in SOURCE.rglob("__init__.py") if path.parent.name != "migrations")
LINES = 450
#: longer on purpose, because they are clearer whole
WHOLE = {"attendance/calc.py": "the shapes of six calculations on one page"}
FIRST_WORDS = ("This package", "This module", "Contains", "Package for", "Module for")


def test_nothing_is_named_for_having_no_name():
    found = [path for path in (*SOURCE.rglob("*"), *(ROOT / "tests").rglob("*")) if path.stem in NO_NAMES]
    assert found == []


@pytest.mark.parametrize("path", PACKAGES, ids=lambda path: str(path.parent.relative_to(SOURCE)))
def test_a_package_opens_with_its_idea(path):
    opening = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert opening, "say in one plain sentence what this package is about"
    assert not opening.startswith(FIRST_WORDS)
    assert opening.splitlines()[0].endswith((".", ":", ";", ",")) or len(opening.splitlines()) > 1
    assert ".py" not in opening.splitlines()[0], "the idea, not a list of files"


def test_every_module_says_what_it_is():
    silent = [
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if path.parent.name != "migrations" and not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


def test_files_stay_readable_in_one_sitting():
    long = {
        str(path.relative_to(SOURCE)): lines
        for path in SOURCE.rglob("*.py")
        if path.parent.name != "migrations" and (lines := len(path.read_text("utf-8").splitlines())) > LINES
    }
    assert long.keys() <= WHOLE.keys()
