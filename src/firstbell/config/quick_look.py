"""Whether the database is at the code's version, answered without loading Django.

A restart must not wait for what is known: where the last start left a note and nothing changed since
(our migrations, the packages that bring their own, the database file), the site may start at once.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from firstbell.config.home import home

SOURCE = Path(__file__).resolve().parents[1]
#: packages with migrations of their own
BRING_MIGRATIONS = ("django", "django-allauth", "django-tasks-db")


def note_current() -> None:
    """Leave the note, after migrations were applied or found applied."""
    _note().write_text(_wanted(), encoding="ascii")


def surely_current() -> bool:
    """True only where the note fits and the SQLite file holds all our migrations; else: look properly."""
    file = home() / "firstbell.sqlite3"
    if os.environ.get("DATABASE_URL") or not file.exists():
        return False
    try:
        if _note().read_text(encoding="ascii") != _wanted():
            return False
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            applied = set(database.execute("SELECT app, name FROM django_migrations"))
    except (OSError, sqlite3.Error):
        return False
    return applied >= set(_ours())


def _note() -> Path:
    return home() / "at-version"


def _ours() -> list[tuple[str, str]]:
    """(room, name) of every migration of the house."""
    files = SOURCE.glob("*/migrations/[0-9]*.py")
    return sorted((path.parent.parent.name, path.stem) for path in files)


def _wanted() -> str:
    packages = [(name, version(name)) for name in BRING_MIGRATIONS]
    return hashlib.sha256(repr((packages, _ours())).encode()).hexdigest()
