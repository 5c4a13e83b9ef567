"""``firstbell demo``: a demonstration district on this machine, built once, then served."""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from firstbell.kernel.finding import Finding, Refused, error

DEFAULT_STUDENTS, DEFAULT_SEED = 2_000, 1


@click.command("demo")
@click.option(
    "--students", type=int, help=f"Size of the district: 100 to 250,000 (default {DEFAULT_STUDENTS:,})."
)
@click.option("--seed", type=int, help="Another seed makes another district (default 1).")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--no-serve", is_flag=True, help="Build the district and end.")
@click.option("--today", metavar="DATE[THH:MM]", help="Build it as it stood then, for tests.")
def demo(students: int | None, seed: int | None, port: int, no_serve: bool, today: str | None) -> None:
    """Serve a demonstration district of invented people, built on first use.

    Example: firstbell demo --students 2000
    """
    from firstbell.platform.cli import open_house

    if not no_serve:
        _refuse_taken_port(port)
    open_house()
    _ensure(students, seed, today)
    _tell(port, serving=not no_serve)
    if not no_serve:
        from firstbell.config.supervisor import run_site

        run_site("127.0.0.1", port)


def _refuse_taken_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise Refused(
                [
                    error(
                        "demo.port",
                        f"port {port} cannot be listened on ({problem.strerror})",
                        f"stop what uses it, or choose another: firstbell demo --port {port + 1}",
                    )
                ]
            ) from problem


def _ensure(students: int | None, seed: int | None, today: str | None) -> None:
    """Build the district, or take the one that is there. Refuses over anything else."""
    from firstbell.demonstration.api import build_demonstration, demonstration, is_empty

    standing = demonstration()
    if standing is not None:
        wanted = (students or standing.students, standing.seed if seed is None else seed)
        if wanted != (standing.students, standing.seed):
            raise Refused([_another(standing.students, standing.seed)])
        return
    if not is_empty():
        raise Refused([_real_district()])
    with _progress() as progress:
        build_demonstration(
            students or DEFAULT_STUDENTS, DEFAULT_SEED if seed is None else seed, _moment(today), progress
        )


def _another(students: int, seed: int) -> Finding:
    return error(
        "demo.another",
        f"this home holds a demonstration of {students:,} students (seed {seed}) already",
        "leave --students and --seed away to serve it, or name another home: "
        "FIRSTBELL_HOME=FOLDER firstbell demo …",
    )


def _real_district() -> Finding:
    return error(
        "demo.real_district",
        "this home holds a district or accounts that are not the demonstration's; nothing was added to it",
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
            f"{text!r} is not a date such as 2026-11-24 or 2026-11-24T10:30"
        ) from problem
    return moment.replace(tzinfo=timezone.get_current_timezone())


@contextmanager
def _progress() -> Iterator[Callable[[float, str], None]]:
    """A bar on standard error when that is a terminal; else nothing."""
    if not sys.stderr.isatty():
        yield lambda share, what: None
        return
    with click.progressbar(
        length=1000, label="Building the demonstration", file=sys.stderr, item_show_func=lambda what: what
    ) as bar:

        def show(share: float, what: str) -> None:
            bar.update(round(share * 1000) - bar.pos, what)

        yield show


def _tell(port: int, *, serving: bool) -> None:
    """The address, and who may sign in as whom."""
    from django.conf import settings

    rows = json.loads((Path(settings.HOME) / "demonstration.json").read_text(encoding="utf-8"))
    width = max(len(row["name"]) for row in rows)
    label = max(len(row["role_label"]) for row in rows)
    click.echo("Who may sign in with one click, on this machine only:\n")
    for row in rows:
        click.echo(f"  {row['name']:{width}}  {row['role_label']:{label}}  {row['does']}")
    if serving:
        click.echo(f"\nFirstbell is at http://127.0.0.1:{port}/  (stop it with Ctrl+C)")
    else:
        click.echo("\nBuilt. Serve it with: firstbell demo")
