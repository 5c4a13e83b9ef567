"""Commands of the ground floor: the audit chain and the worker."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import click


def open_house(*, migrate: bool = True) -> None:
    """Bring Django up, with the database at the code's version; commands that need neither stay fast."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstbell.config.settings")
    django.setup()
    if not migrate:
        return
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from firstbell.platform.fresh_database import make_tables_at_once

    if make_tables_at_once(connection):
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


@click.group()
def audit() -> None:
    """The chained log of writes, sensitive reads and exports.

    Example: firstbell audit verify
    """


@audit.command("verify")
@click.option(
    "--heads",
    "heads_path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Signed heads kept elsewhere; without them a chain rewritten with its own key passes.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def verify_command(heads_path: Path | None, as_json: bool) -> None:
    """Check every row of the audit chain and name what was changed, removed, inserted or moved.

    Example: firstbell audit verify --heads heads.jsonl
    """
    open_house()
    from firstbell.kernel.finding import Refused
    from firstbell.platform.audit import read_heads, signed_head, verify

    findings = verify(read_heads(heads_path) if heads_path else ())
    if findings:
        raise Refused(findings)
    last = signed_head().sequence
    if as_json:
        click.echo(json.dumps({"holds": True, "rows": last, "with_heads": heads_path is not None}))
    else:
        click.echo(f"The audit chain holds: {last} rows.")


@audit.command("head")
@click.option("--to", "path", type=click.Path(path_type=Path), help="Append to this file; else print it.")
def head_command(path: Path | None) -> None:
    """Sign how far the chain goes now; keep it on another machine, to verify against later.

    Example: firstbell audit head --to /mnt/elsewhere/heads.jsonl
    """
    open_house()
    from firstbell.platform.audit import signed_head, write_head

    if path is None:
        click.echo(json.dumps(asdict(signed_head())))
    else:
        head = write_head(path)
        click.echo(f"Signed head at row {head.sequence} written.")


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what waits and what is due, then end.")
def worker(once: bool) -> None:
    """Do the work that waits: imports, letters, what runs by the clock.

    Example: firstbell worker
    """
    open_house()
    from firstbell.platform.jobs.worker import JobWorker

    process = JobWorker()
    process.listen_to_signals()
    process.run(once=once)


commands: list[click.Command] = [audit, worker]
