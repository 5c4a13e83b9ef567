"""Two people at the same moment: calls in threads, each with a connection of its own.

What they meet in is the database as it is served: PostgreSQL's test database, or for SQLite a file (an
in-memory database has no writers that wait for each other).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

#: longest that one thread waits for the other to come as far
TOGETHER = 0.3
LONGEST = 30


@contextmanager
def served_database(folder: Path) -> Iterator[None]:
    """Inside, every connection of this process is to one database that threads can share."""
    if connection.vendor != "sqlite":
        yield
        return
    memory = connections["default"]
    memory.ensure_connection()
    name, path = memory.settings_dict["NAME"], folder / "served.sqlite3"
    with closing(sqlite3.connect(path)) as file:
        memory.connection.backup(file)
    memory.settings_dict["NAME"] = str(path)
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        memory.settings_dict["NAME"] = name
        connections["default"] = memory


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Call all at the same time; answers what each returned, or the exception it raised."""
    answers: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            answers[place] = call()
        except Exception as problem:
            answers[place] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    assert not any(thread.is_alive() for thread in threads), "one still waits for the other"
    return answers


def meet_after(monkeypatch: pytest.MonkeyPatch, place: str, *, parties: int = 2) -> None:
    """Each thread that has come through ``place`` (``module:name``) waits there for the others, once.

    With the right lock the others cannot come so far; then the wait ends and each goes its way.
    """
    module, _, name = place.partition(":")
    owner = import_module(module)
    *path, name = name.split(".")
    for part in path:
        owner = getattr(owner, part)
    original = getattr(owner, name)
    barrier, been = threading.Barrier(parties), threading.local()

    def through(*arguments: Any, **named: Any) -> Any:
        answer = original(*arguments, **named)
        if threading.current_thread() is not threading.main_thread() and not hasattr(been, "here"):
            been.here = True
            with suppress(threading.BrokenBarrierError):
                barrier.wait(TOGETHER)
        return answer

    monkeypatch.setattr(owner, name, through)
