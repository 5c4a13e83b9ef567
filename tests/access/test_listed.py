"""What is no address but an operation all the same: commands, and work in the background."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import click

from firstbell.config.cli import ROOMS, firstbell
from firstbell.platform.jobs import work
from tests.access.table import TABLE


def commands(group: click.Group, before: str = "") -> Iterator[str]:
    """Every command that does something, with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}"


def known_work() -> set[str]:
    """Every piece of background work that some room registers."""
    for room in ROOMS:
        if importlib.util.find_spec(f"firstbell.{room}.tasks"):
            importlib.import_module(f"firstbell.{room}.tasks")
    registry = importlib.import_module(work.__module__)
    return {
        name for name, piece in registry._known.items() if piece.function.__module__.startswith("firstbell.")
    }


def test_every_command_stands_in_the_table_and_says_for_whom_it_acts() -> None:
    assert set(commands(firstbell)) == set(TABLE["commands"])
    assert all(TABLE["commands"].values())


def test_all_background_work_stands_in_the_table_and_says_who_starts_it() -> None:
    assert known_work() == set(TABLE["jobs"])
    assert all(TABLE["jobs"].values())
