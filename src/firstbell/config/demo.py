"""``firstbell demo``: a demonstration district on this machine, built once, then served and kept alive."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime

import click

from firstbell.config.home import home
from firstbell.config.supervisor import Site
from firstbell.kernel.finding import Finding, Refused, error

DEFAULT_STUDENTS, DEFAULT_SEED = 2_000, 1
ADDRESS = "127.0.0.1"
#: seconds between two looks at what the demonstration's day has brought, and before the first
PAUSE, FIRST_PAUSE = 60.0, 4.0
#: a pause is at least so many times as long as the work took
REST = 10
#: share of the work after which the site is started
SOON = 0.7


@click.command("demo")
@click.option("--students", type=int, help=f"Size of the district (default {DEFAULT_STUDENTS:,}).")
@click.option("--seed", type=int, help=f"Another seed makes another district (default {DEFAULT_SEED}).")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--no-serve", is_flag=True, help="Build the district and end.")
@click.option("--today", metavar="DATE[THH:MM]", help="Build it as it stood at that moment, for tests.")
@click.option("--live", is_flag=True, hidden=True, help="Keep the day of a built demonstration going.")
def demo(
    students: int | None, seed: int | None, port: int, no_serve: bool, today: str | None, live: bool
) -> None:
    """Serve a demonstration district of invented people, built on first use, its day going on.

    Example: firstbell demo --students 2000
    """
    if live:
        _keep_alive()
        return
    if no_serve:
        _tell(port, _ensure(students, seed, today, lambda: None), serving=False)
        return
    _refuse_taken_port(port)
    site = Site(ADDRESS, port, beside={"demonstration": ["demo", "--live"]})
    try:
        known_on = _ensure(students, seed, today, site.warm)
    except BaseException:
        site.stop()
        raise
    site.warm()
    _tell(port, known_on, serving=True)
    site.run()


def _ensure(students: int | None, seed: int | None, today: str | None, soon: Callable[[], None]) -> date:
    """Build the district unless it stands; answers the day of which it knows. ``soon`` is called a few
    seconds before it stands."""
    known_on = _quick_look(students, seed)
    if known_on is not None:
        return known_on
    from firstbell.config.quick_look import note_current
    from firstbell.platform.cli import open_house

    _say("Preparing the database …")
    open_house()
    note_current()
    return _properly(students, seed, today, soon)


def _quick_look(students: int | None, seed: int | None) -> date | None:
    """The day of which the demonstration asked for knows, where that can be said without loading Django."""
    from firstbell.config.quick_look import surely_current

    if not (home() / "demonstration.json").exists() or not surely_current():
        return None
    try:
        with closing(sqlite3.connect(f"file:{home() / 'firstbell.sqlite3'}?mode=ro", uri=True)) as database:
            rows = database.execute(
                "SELECT students, seed, known_on FROM demonstration_demonstrationdistrict"
            ).fetchall()
    except sqlite3.Error:
        return None
    for row in rows:
        if students in (None, row[0]) and seed in (None, row[1]):
            return date.fromisoformat(row[2])
    return None


def _refuse_taken_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except (OSError, OverflowError) as problem:
            reason = getattr(problem, "strerror", "") or str(problem)
            raise Refused(
                [
                    error(
                        "demo.port",
                        f"port {port} cannot be listened on ({reason})",
                        "stop what uses it, or choose another with --port",
                    )
                ]
            ) from problem


def _properly(students: int | None, seed: int | None, today: str | None, soon: Callable[[], None]) -> date:
    """Build the district, or take the one that is there; answers the day of which it knows. Refuses over
    anything else."""
    from firstbell.demonstration.api import (
        build_demonstration,
        demonstration,
        is_empty,
        name_personas_again,
    )

    standing = demonstration()
    if standing is not None:
        if students not in (None, standing.students) or seed not in (None, standing.seed):
            raise Refused([_another(standing.students, standing.seed)])
        if not (home() / "demonstration.json").exists():
            name_personas_again()
        return standing.known_on
    if not is_empty():
        raise Refused([_real_district()])
    moment = _moment(today)
    with _progress(soon) as progress:
        try:
            build_demonstration(
                DEFAULT_STUDENTS if students is None else students,
                DEFAULT_SEED if seed is None else seed,
                moment,
                progress,
            )
        except ValueError as problem:
            raise Refused(
                [error("demo.size", str(problem), "choose a size with --students", column="students")]
            ) from problem
    return moment.date()


def _another(students: int, seed: int) -> Finding:
    return error(
        "demo.another",
        f"this home holds a demonstration of {students:,} students (seed {seed}) already",
        "leave --students and --seed away to serve it, or name another home: "
        "FIRSTBELL_HOME=FOLDER firstbell demo",
    )


def _real_district() -> Finding:
    return error(
        "demo.real_district",
        "this home holds a district or accounts that are not the demonstration's",
        "serve it with firstbell serve, or give the demonstration a home of its own: "
        "FIRSTBELL_HOME=FOLDER firstbell demo",
    )


def _moment(text: str | None) -> datetime:
    """Now, or the moment asked for, in the district's time zone; a date alone means 10:30."""
    from django.utils import timezone

    if text is None:
        return timezone.localtime()
    try:
        moment = datetime.fromisoformat(text if "T" in text else f"{text}T10:30")
    except ValueError as problem:
        raise click.BadParameter(
            f"{text!r} is not a moment such as 2026-11-24 or 2026-11-24T10:30", param_hint="--today"
        ) from problem
    return moment.replace(tzinfo=timezone.get_current_timezone())


def _say(text: str) -> None:
    if sys.stderr.isatty():
        click.echo(text, err=True)


@contextmanager
def _progress(soon: Callable[[], None]) -> Iterator[Callable[[float, str], None]]:
    """A bar on standard error when that is a terminal; ``soon`` is called when the days are being derived."""
    if not sys.stderr.isatty():
        yield lambda share, what: soon() if share >= SOON else None
        return
    with click.progressbar(
        length=1000, label="Building the demonstration", file=sys.stderr, item_show_func=lambda what: what
    ) as bar:

        def show(share: float, what: str) -> None:
            if share >= SOON:
                soon()
            bar.update(max(0, round(share * 1000) - bar.pos), what)

        yield show


def _tell(port: int, known_on: date, *, serving: bool) -> None:
    """The address, and who may sign in as whom."""
    from firstbell.demonstration.rules.calendar import year_shown

    rows = json.loads((home() / "demonstration.json").read_text(encoding="utf-8"))
    click.echo("Who may sign in, with one click on the sign-in page, on this machine only:\n")
    _table([(row["name"], row["role_label"], row["does"]) for row in rows])
    if year_shown(date.today()) != (shown := year_shown(known_on)):  # noqa: DTZ011 - the machine's own day
        click.echo(
            f"\nThis demonstration shows the school year {shown}, which is over. For the current one start"
            " in another home: FIRSTBELL_HOME=FOLDER firstbell demo"
        )
    if serving:
        click.echo(f"\nFirstbell is at http://{ADDRESS}:{port}/  (Ctrl+C stops it)")
    else:
        click.echo("\nThe demonstration is built. Serve it with: firstbell demo")


def _table(rows: list[tuple[str, str, str]]) -> None:
    """Three columns, the last one wrapped to the terminal."""
    first, second = (max(len(row[column]) for row in rows) for column in (0, 1))
    width = max(30, shutil.get_terminal_size((110, 24)).columns - first - second - 7)
    for name, role, does in rows:
        lines = textwrap.wrap(does, width) or [""]
        click.echo(f"  {name:{first}}  {role:{second}}  {lines[0]}")
        for line in lines[1:]:
            click.echo(f"{'':{first + second + 6}}{line}")


def _keep_alive() -> None:
    """Write what the demonstration's day brings, until stopped; rests ten times as long as it works."""
    from firstbell.platform.cli import open_house

    parent = os.getppid()
    time.sleep(FIRST_PAUSE)
    open_house(migrate=False)
    from django.db import close_old_connections
    from django.utils import timezone

    from firstbell.demonstration.api import Life

    life = Life.of(timezone.localtime())
    if life is None:
        click.echo(
            "Another version of Firstbell built this demonstration: its day does not go on."
            " For one that does, name another home: FIRSTBELL_HOME=FOLDER firstbell demo",
            err=True,
        )
    while os.getppid() == parent:
        started = time.monotonic()
        close_old_connections()
        if life is not None:
            life.go_on(timezone.localtime())
        time.sleep(max(PAUSE, REST * (time.monotonic() - started)))
