"""What is tracked is the project's own, speaks of itself alone, and holds no machine's paths."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 400_000  # bytes
# Written in parts, so that this file does not find itself.
MACHINE_PATHS = re.compile(
    "|".join(["/wo" + "rk/", "/ro" + "ot/", "/tm" + "p/[a-z]", "/ho" + "me/[a-z]", "/Us" + "ers/"])
)
REGISTRY_HOSTS = re.compile(
    "|".join([r"py" + r"pi\.org", r"python" + r"hosted\.org", r"npm" + r"js\.", r"deb\.deb" + r"ian\.org"])
)
THIRD_PARTY = re.compile(r"(^|/)(node_modules|vendor|third_party)/|\.min\.(js|css)$|\.(whl|gz|zip|jar)$")


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """Every tracked file."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git checkout")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def lines_with(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    """Place and text of every line that matches, files that are not text left out."""
    found = []
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
            for number, line in enumerate(text.splitlines(), 1)
            if pattern.search(line)
        ]
    return found


def test_no_file_holds_a_path_of_somebodys_machine(tracked):
    assert lines_with(MACHINE_PATHS, tracked) == []


def test_no_file_names_the_host_of_a_package_registry(tracked):
    assert lines_with(REGISTRY_HOSTS, tracked) == []


def test_no_third_party_file_is_tracked(tracked):
    assert [str(path) for path in tracked if THIRD_PARTY.search(str(path.relative_to(ROOT)))] == []


def test_no_tracked_file_is_large(tracked):
    assert {str(path): size for path in tracked if (size := path.stat().st_size) > LARGEST} == {}


def test_nothing_that_a_run_makes_is_tracked(tracked):
    made = re.compile(r"(^|/)(\.venv|\.firstbell|__pycache__|build)/|\.(sqlite3|secret|pyc)$")
    assert [str(path) for path in tracked if made.search(str(path.relative_to(ROOT)))] == []
