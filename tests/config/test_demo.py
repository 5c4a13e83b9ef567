"""``firstbell demo``: builds once, refuses over anything else, tells who may enter, serves."""

from __future__ import annotations

import re
import socket
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner
from django.contrib.auth import get_user_model

from firstbell.config import demo as command
from firstbell.config import quick_look
from firstbell.config.cli import firstbell
from firstbell.demonstration.api import demonstration
from firstbell.kernel.finding import Refused
from firstbell.people.api import people_counts
from firstbell.people.testing import small_district

pytestmark = pytest.mark.django_db
MOMENT = "2026-11-24T10:40"
SMALL = ["demo", "--no-serve", "--students", "140", "--today", MOMENT]


@pytest.fixture(autouse=True)
def home(settings, tmp_path, monkeypatch):
    """A home of its own; the database is the test's, so the quick look at a file finds nothing."""
    monkeypatch.setenv("FIRSTBELL_HOME", str(tmp_path))
    settings.HOME = tmp_path
    return tmp_path


def run(*words: str):
    """The command line's result; a refusal is raised as the command line gets it."""
    found = CliRunner().invoke(firstbell, list(words))
    if isinstance(found.exception, Refused):
        raise found.exception
    return found


class Served:
    """What would have been served."""

    def __init__(self, address, port, *, workers=0, beside=None):
        self.did = []
        Served.last = self
        self.address, self.port, self.beside = address, port, beside

    def warm(self):
        self.did.append("warm")

    def run(self):
        self.did.append("run")

    def stop(self):
        self.did.append("stop")


@pytest.fixture
def served(monkeypatch):
    """The site, replaced by a note of what was asked of it."""
    monkeypatch.setattr(command, "Site", Served)
    return Served


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_it_builds_and_tells_who_may_sign_in(home):
    found = run(*SMALL)
    assert found.exit_code == 0, found.output
    assert re.search(r"Chief Technology Officer +Sees the whole district", found.output)
    assert "Attendance Clerk" in found.output
    assert demonstration().students == 140
    assert (home / "demonstration.json").exists()


def test_a_second_start_builds_nothing(served):
    run(*SMALL)
    before = people_counts()
    port = free_port()
    found = run("demo", "--port", str(port))
    assert found.exit_code == 0, found.output
    assert f"http://127.0.0.1:{port}/" in found.output
    assert people_counts() == before
    assert (served.last.address, served.last.port) == ("127.0.0.1", port)
    assert served.last.did == ["warm", "run"]
    assert served.last.beside == {"demonstration": ["demo", "--live"]}


def test_a_first_start_warms_the_site_and_serves(served):
    found = run("demo", "--students", "140", "--today", MOMENT, "--port", str(free_port()))
    assert found.exit_code == 0, found.output
    assert served.last.did[0] == "warm"
    assert served.last.did[-1] == "run"


def test_a_real_district_is_refused_and_stays_as_it_was(served):
    small_district()
    before = people_counts()
    with pytest.raises(Refused, match="not the demonstration's") as refusal:
        run("demo", "--port", str(free_port()))
    assert "firstbell serve" in refusal.value.findings[0].next_step
    assert people_counts() == before
    assert served.last.did == ["stop"], "nothing is left running"
    assert demonstration() is None


def test_an_account_alone_is_refused_too():
    get_user_model().objects.create(username="first.administrator")
    with pytest.raises(Refused, match="not the demonstration's"):
        run(*SMALL)


@pytest.mark.parametrize("words", [["--students", "500"], ["--seed", "2"]])
def test_another_demonstration_in_the_same_home_is_refused(words):
    run(*SMALL)
    with pytest.raises(Refused, match=r"140 students \(seed 1\) already"):
        run("demo", "--no-serve", *words)


@pytest.mark.parametrize("students", ["0", "99", "250001", "-5"])
def test_an_impossible_size_is_a_sentence(students):
    with pytest.raises(Refused, match="100 to 250,000"):
        run("demo", "--no-serve", "--students", students)
    assert demonstration() is None


def test_a_moment_that_is_none_is_a_sentence():
    found = run("demo", "--no-serve", "--today", "yesterday")
    assert found.exit_code == 2
    assert "'yesterday' is not a moment such as 2026-11-24" in found.output


def test_a_taken_port_is_a_sentence_before_anything_is_built():
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Refused, match="cannot be listened on"):
            run("demo", "--port", str(taken.getsockname()[1]))
    assert demonstration() is None
    with pytest.raises(Refused, match="port 70000 cannot be listened on"):
        run("demo", "--port", "70000")


def test_a_year_that_is_over_is_told():
    run("demo", "--no-serve", "--students", "140", "--today", "2024-11-19")
    assert "shows the school year 2024–25, which is over" in run("demo", "--no-serve").output


def test_the_table_wraps_to_the_terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    lines = run(*SMALL).output.splitlines()
    assert max(map(len, lines)) <= 130
    rows = [line for line in lines if line.startswith("  ")]
    starts = {len(line) - len(line.lstrip()) for line in rows}
    assert len(starts) == 2, "names begin in one column, what is wrapped in another"


@pytest.fixture
def quick(home):
    """A home whose database file holds every migration and a demonstration, and the last start's note."""
    with closing(sqlite3.connect(home / "firstbell.sqlite3")) as database, database:
        database.execute("CREATE TABLE django_migrations (app, name)")
        database.executemany("INSERT INTO django_migrations VALUES (?, ?)", quick_look._ours())
        database.execute("CREATE TABLE demonstration_demonstrationdistrict (students, seed, known_on)")
        database.execute("INSERT INTO demonstration_demonstrationdistrict VALUES (2000, 1, '2026-11-24')")
    quick_look.note_current()
    (home / "demonstration.json").write_text(
        '[{"name": "Rosa Vega", "role_label": "Registrar", "does": "Enrolls."}]'
    )
    return home


def test_a_restart_serves_without_opening_the_database_properly(quick, served, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr("firstbell.platform.cli.open_house", lambda: pytest.fail("opened"))
    found = run("demo", "--port", str(free_port()))
    assert found.exit_code == 0, found.output
    assert "Rosa Vega  Registrar  Enrolls." in found.output
    assert served.last.did == ["warm", "run"]


@pytest.mark.parametrize("words", [["--students", "500"], ["--seed", "2"]])
def test_a_quick_look_does_not_answer_for_another_size_or_seed(quick, monkeypatch, words):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    given = dict(zip(("--students", "--seed"), (None, None), strict=True)) | {words[0]: int(words[1])}
    assert command._quick_look(*given.values()) is None
    assert command._quick_look(None, None) is not None
    assert command._quick_look(2000, 1) is not None


def test_a_quick_look_without_the_personas_file_is_no_answer(quick, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (quick / "demonstration.json").unlink()
    assert command._quick_look(None, None) is None
