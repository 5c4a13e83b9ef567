"""The ground that every test stands on: a home of its own, a database of its own, no network.

Loaded by pytest before anything else (``-p firstbell.config.testing``), because the settings read
home and database address when they are imported. Nothing a test does reaches the checkout's
``.firstbell`` or a configured database.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

DATABASE = "FIRSTBELL_TEST_DATABASE"
ROOT = Path(__file__).resolve().parents[3]
#: marker -> option that asks for it; such tests run apart from the suite
APART = {"journey": "--journeys", "grandbend": "--grandbend"}

_home = tempfile.mkdtemp(prefix="firstbell-tests-")
_running = ExitStack()
for _name in ("DATABASE_URL", "FIRSTBELL_HOSTS", "FIRSTBELL_HTTPS", "FIRSTBELL_PROXIES", "FIRSTBELL_BIND"):
    os.environ.pop(_name, None)
os.environ["FIRSTBELL_HOME"] = _home


def pytest_addoption(parser: pytest.Parser) -> None:
    """The choices of ``python3 run test``."""
    group = parser.getgroup("firstbell")
    group.addoption(
        "--database",
        choices=["sqlite", "postgres"],
        help="Database of the tests (default sqlite; postgres starts a cluster of its own).",
    )
    group.addoption("--journeys", action="store_true", help="Only the journeys in a real browser.")
    group.addoption(
        "--grandbend", action="store_true", help="Only the whole Grand Bend district, in and out (minutes)."
    )
    group.addoption("--all", action="store_true", dest="everything", help="The suite and all of these.")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Choose the database before the settings are read."""
    choice = getattr(early_config.known_args_namespace, "database", None) or os.environ.get(DATABASE, "")
    if choice == "postgres":
        choice = _own_cluster(early_config)
    if choice.startswith("postgres"):
        os.environ["DATABASE_URL"] = choice
    return (yield)


def _own_cluster(early_config: pytest.Config) -> str:
    """Start the tests' PostgreSQL, or take the one that the controlling process started."""
    started = os.environ.get(DATABASE, "")
    if started.startswith("postgresql://"):
        return started
    sys.path.insert(0, str(early_config.rootpath))
    from tests.postgres import NoPostgres, cluster

    try:
        address = _running.enter_context(cluster())
    except NoPostgres as missing:
        raise pytest.UsageError(str(missing)) from missing
    os.environ[DATABASE] = address
    _running.callback(os.environ.pop, DATABASE, None)
    return address


def pytest_report_header(config: pytest.Config) -> str:
    """Which database the run is on."""
    return f"database: {'PostgreSQL' if os.environ.get('DATABASE_URL') else 'SQLite'}"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take home and cluster away."""
    if not hasattr(config, "workerinput"):
        _running.close()
    shutil.rmtree(_home, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Journeys and the whole district run when asked for; journeys only where there is a browser."""
    asked = {mark for mark, option in APART.items() if config.getoption(option)}
    everything = config.getoption("everything") or (bool(config.option.markexpr) and not asked)
    chosen = [
        item
        for item in items
        if everything or {mark for mark in APART if item.get_closest_marker(mark)} == asked
    ]
    if len(chosen) != len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
        items[:] = chosen
    if chromium() is None:
        absent = pytest.mark.skip(reason="no Chromium on this machine (Debian: apt install chromium)")
        for item in items:
            if item.get_closest_marker("journey"):
                item.add_marker(absent)


def chromium() -> str | None:
    """The path of the machine's browser, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return None


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """A folder of outside data by its name; the test is skipped with a reason where it is absent.

    Outside data lies in ``../shared/data`` beside the checkout, or in ``FIRSTBELL_SHARED``/data.
    """

    def find(name: str) -> Path:
        base = Path(os.environ.get("FIRSTBELL_SHARED") or ROOT.parent / "shared") / "data"
        if not (base / name).exists():
            pytest.skip(f"the outside data {name} does not lie beside this checkout")
        return base / name

    return find
