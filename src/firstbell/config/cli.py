"""The ``firstbell`` command: every room's commands under one name, one way to fail.

Exit codes: 0 done; 1 the program failed, nothing half-done stays; 2 the input was refused, findings say
where and what to do next, nothing changed.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import secrets
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

import click

from firstbell import __version__
from firstbell.kernel.finding import Finding, Refused

ROOMS = ("platform", "people", "attendance", "exchange", "overview", "demonstration", "config")


class House(click.Group):
    """Collects ``cli.py`` of every room, and loads a room only when one of its commands is asked for."""

    def _room_commands(self) -> dict[str, click.Command]:
        found: dict[str, click.Command] = {}
        for room in ROOMS:
            name = f"firstbell.{room}.{'commands' if room == 'config' else 'cli'}"
            if importlib.util.find_spec(name) is None:
                continue
            for command in importlib.import_module(name).commands:
                found[command.name] = command
        return found

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, by name."""
        return sorted({*super().list_commands(ctx), *self._room_commands()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command; ``calc`` answers without importing a room's other commands."""
        return super().get_command(ctx, cmd_name) or self._room_commands().get(cmd_name)


@click.group(cls=House)
@click.version_option(__version__, prog_name="firstbell")
def firstbell() -> None:
    """Firstbell runs a school district: people, attendance, access, import and export.

    Example: firstbell demo --students 2000
    """


def calculations() -> dict[str, Any]:
    """Every calculation of every room, by name, without loading Django."""
    found = {}
    for room in ROOMS:
        name = f"firstbell.{room}.calc"
        if importlib.util.find_spec(name) is not None:
            for calculation in importlib.import_module(name).CALCULATIONS:
                found[calculation.name] = calculation
    return dict(sorted(found.items()))


@firstbell.command("calc")
@click.argument("name", required=False)
@click.argument("file", required=False, type=click.Path(allow_dash=True))
@click.option("--list", "show_list", is_flag=True, help="Every calculation that the product is trusted for.")
@click.option("--schema", is_flag=True, help="The JSON Schema of input and output.")
@click.option("--example", is_flag=True, help="An input that runs.")
def calc(name: str | None, file: str | None, show_list: bool, schema: bool, example: bool) -> None:
    """Run a calculation on JSON from FILE (or - for standard input) and print JSON; no database is needed.

    Example: firstbell calc attendance.ada --example | firstbell calc attendance.ada -
    """
    known = calculations()
    if show_list or not name:
        for calculation in known.values():
            click.echo(f"{calculation.name:32} {calculation.summary}")
        return
    calculation = known.get(name)
    if calculation is None:
        raise click.UsageError(f"There is no calculation {name}; firstbell calc --list names them all.")
    if schema:
        click.echo(json.dumps(calculation.schema(), indent=2))
    elif example:
        click.echo(json.dumps(calculation.example, indent=2))
    else:
        click.echo(_calculated(calculation, file))


def _calculated(calculation: Any, file: str | None) -> str:
    import msgspec

    from firstbell.kernel.finding import error

    try:
        if file in (None, "-"):
            document = sys.stdin.buffer.read()
        else:
            with open(str(file), "rb") as handle:
                document = handle.read()
        return str(calculation(document).decode())
    except OSError as problem:
        raise click.UsageError(f"{file} cannot be read: {problem.strerror}.") from problem
    except (msgspec.DecodeError, ValueError, LookupError) as problem:
        raise Refused(
            [
                error(
                    "calc.input",
                    str(problem).strip("'\""),
                    f"compare with: firstbell calc {calculation.name} --schema",
                    file="" if file in (None, "-") else str(file),
                )
            ]
        ) from problem


def print_findings(findings: list[Finding], *, as_json: bool) -> None:
    """Findings readable on standard error, or as one JSON object on standard output."""
    if as_json:
        click.echo(json.dumps({"refused": True, "findings": [f.as_dict() for f in findings]}))
        return
    for finding in findings[:50]:
        place = f"{finding.place}: " if finding.place else ""
        click.echo(f"{finding.severity.value}  {place}{finding.message}", err=True)
        click.echo(f"       next: {finding.next_step}  [{finding.code}]", err=True)
    if len(findings) > 50:
        click.echo(f"… and {len(findings) - 50} more findings", err=True)


def main() -> None:
    """Run the command line with the house's exit codes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstbell.config.settings")
    as_json = "--json" in sys.argv
    try:
        firstbell.main(standalone_mode=False)
    except Refused as refused:
        print_findings(refused.findings, as_json=as_json)
        click.echo("Nothing was changed.", err=True)
        sys.exit(2)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(1)
    except click.ClickException as problem:
        problem.show()
        sys.exit(2)
    except Exception as problem:
        sys.exit(_failed(problem))


def _failed(problem: Exception) -> int:
    """One line with a reference; the traceback goes to the log file in the home folder."""
    from firstbell.config.home import home

    reference = secrets.token_hex(4)
    with (home() / "errors.log").open("a", encoding="utf-8") as log:
        log.write(f"{datetime.now(UTC).isoformat()} {reference}\n")
        log.writelines(traceback.format_exception(problem))
    click.echo(
        f"Firstbell failed ({type(problem).__name__}); nothing half-done was kept. "
        f"Reference {reference}, details in errors.log of the home folder.",
        err=True,
    )
    return 1
