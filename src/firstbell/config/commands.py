"""Commands that know the whole house: init, serve, demo, counts, check."""

from __future__ import annotations

import getpass
import json
import secrets
import sys
from typing import Any

import click

from firstbell.config.demo import demo
from firstbell.platform.cli import open_house


@click.command("init")
@click.option("--username", prompt="Username of the first administrator", help="For signing in.")
@click.option("--name", prompt="Name", help="As shown on screen.")
@click.option("--role", default="technology_chief", show_default=True, help="A role of the access matrix.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def init(username: str, name: str, role: str, password_stdin: bool) -> None:
    """Make an empty district and its first administrator.

    Example: firstbell init --username rvega --name "Rosa Vega"
    """
    open_house()
    from firstbell.config.first_account import create_first_account

    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("Password (12 characters or more): ")
    create_first_account(username, name, role, password or secrets.token_urlsafe(16))
    click.echo(f"{name} may sign in as {username}. Start the site with: firstbell serve")


@click.command("serve")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--address", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--workers", default=0, help="Site processes; 0 chooses by database and machine.")
def serve(port: int, address: str, workers: int) -> None:
    """Serve the site, with its background worker, until stopped.

    Example: firstbell serve --port 8000
    """
    from firstbell.config.quick_look import note_current, surely_current
    from firstbell.config.supervisor import Site

    if not surely_current():
        open_house()
        note_current()

    Site(address, port, workers=workers).run()


@click.command("counts")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def counts(as_json: bool) -> None:
    """Rows by kind: schools, students, contacts, staff, sections, attendance events and so on.

    Example: firstbell counts --json
    """
    open_house()
    from firstbell.attendance.api import attendance_counts
    from firstbell.exchange.api import kept_counts
    from firstbell.people.api import people_counts

    found: dict[str, int] = people_counts() | attendance_counts() | kept_counts()
    if as_json:
        click.echo(json.dumps(found))
        return
    for kind, number in found.items():
        click.echo(f"{kind:28}{number:>12,}")


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(as_json: bool) -> None:
    """Is this installation sound? Database, migrations, secrets, worker, disk.

    Example: firstbell check
    """
    open_house(migrate=False)
    from firstbell.config.soundness import soundness

    rows: list[dict[str, Any]] = soundness()
    if as_json:
        click.echo(json.dumps({"sound": all(row["ok"] for row in rows), "checks": rows}))
    else:
        for row in rows:
            click.echo(f"{'ok  ' if row['ok'] else 'LOOK'}  {row['name']:22} {row['says']}")
    if not all(row["ok"] for row in rows):
        raise click.exceptions.Exit(1)


@click.command("reference")
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
def reference(folder: str) -> None:
    """Write the reference pages that come from the code itself into FOLDER.

    Example: firstbell reference docs/reference
    """
    open_house(migrate=False)
    from pathlib import Path

    from firstbell.config.reference import pages

    for name, text in pages().items():
        (Path(folder) / name).write_text(text, encoding="utf-8")
        click.echo(f"{name}: {len(text.splitlines()):,} lines")


commands: list[click.Command] = [init, serve, demo, counts, check, reference]
