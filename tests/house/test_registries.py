"""A registry folder: each module has its table and its cases, each table and each case its module."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "firstbell"
CASES = ROOT / "tests" / "cases"


def registries() -> list[Path]:
    """Folders whose ``__init__`` collects the modules beside it."""
    return sorted(
        path.parent
        for path in SOURCE.glob("*/rules/**/__init__.py")
        if "pkgutil.iter_modules(__path__)" in path.read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("folder", registries(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_modules_tables_and_cases_of_a_registry_match(folder):
    room = folder.relative_to(SOURCE).parts[0]
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    tables = {path.stem for path in (SOURCE / room / "tables" / folder.name).iterdir()}
    cases = {path.stem for path in (CASES / room / folder.name).iterdir()}
    assert modules
    assert modules == tables
    assert modules == cases
