"""A restart skips the proper look only where nothing can have changed."""

import sqlite3
from contextlib import closing

import pytest

from firstbell.config import quick_look


@pytest.fixture
def current(tmp_path, monkeypatch):
    """A home whose database holds every migration, with the note of the last start."""
    monkeypatch.setenv("FIRSTBELL_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with closing(sqlite3.connect(tmp_path / "firstbell.sqlite3")) as database, database:
        database.execute("CREATE TABLE django_migrations (app, name)")
        database.executemany("INSERT INTO django_migrations VALUES (?, ?)", quick_look._ours())
    quick_look.note_current()
    return tmp_path


def test_an_unchanged_home_is_surely_current(current):
    assert quick_look._ours()
    assert quick_look.surely_current()


def test_a_home_without_a_note_is_looked_at(current):
    (current / "at-version").unlink()
    assert not quick_look.surely_current()


def test_a_database_put_back_from_an_older_copy_is_looked_at(current):
    with closing(sqlite3.connect(current / "firstbell.sqlite3")) as database, database:
        database.execute("DELETE FROM django_migrations WHERE app = 'attendance'")
    assert not quick_look.surely_current()


def test_a_lost_database_is_looked_at(current):
    (current / "firstbell.sqlite3").unlink()
    assert not quick_look.surely_current()


def test_a_file_that_is_no_database_is_looked_at(current):
    (current / "firstbell.sqlite3").write_bytes(b"not a database" * 100)
    assert not quick_look.surely_current()


def test_other_packages_are_looked_at(current, monkeypatch):
    monkeypatch.setattr(quick_look, "version", lambda name: "0")
    assert not quick_look.surely_current()


def test_postgresql_is_always_looked_at(current, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@localhost/none")
    assert not quick_look.surely_current()
