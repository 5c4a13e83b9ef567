"""Commands of the exchange room: import."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from firstbell.exchange.data import Delivery


@click.group("import")
def import_group() -> None:
    """Bring a source in: all or nothing, with a difference to read before.

    Example: firstbell import edfi ./SampleData.zip --dry-run
    """


def _options(command: Callable[..., None]) -> Callable[..., None]:
    """What every import takes."""
    for option in (
        click.argument("path", type=click.Path(exists=True, path_type=Path)),
        click.option("--source", default="", help="Name of the source; it finds its own rows again by it."),
        click.option("--dry-run", is_flag=True, help="Tell the difference and change nothing."),
        click.option("--confirm", is_flag=True, help="Apply although many people or sections would end."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
    ):
        command = option(command)
    return command


@import_group.command("edfi")
@_options
def import_edfi(path: Path, source: str, dry_run: bool, confirm: bool, as_json: bool) -> None:
    """Ed-Fi 1.0 bulk XML: a folder, a zip, or a folder that holds the zip.

    Example: firstbell import edfi ./SampleData.zip --source sis
    """
    _open()
    from firstbell.exchange.api import read_edfi

    _bring_in("edfi", lambda: read_edfi(path), path, source, dry_run, confirm, as_json)


def _open() -> None:
    from firstbell.platform.cli import open_house

    open_house()


def _bring_in(
    format_name: str,
    read: Callable[[], Delivery],
    path: Path,
    source: str,
    dry_run: bool,
    confirm: bool,
    as_json: bool,
) -> None:
    from django.utils import timezone

    from firstbell.exchange.api import bring_in
    from firstbell.people.api import job_viewer

    result = bring_in(
        job_viewer(f"import:{format_name}", timezone.localdate()),
        read(),
        format_name=format_name,
        source=source or format_name,
        file_name=path.name,
        dry_run=dry_run,
        confirm=confirm,
    )
    if as_json:
        click.echo(json.dumps(_as_json(result)))
    else:
        _print(result)


def _as_json(result: Any) -> dict[str, Any]:
    return {
        "state": result.state,
        "changes": result.changes,
        "kinds": {
            k.kind: {"added": k.added, "changed": k.changed, "ended": k.ended, "unchanged": k.unchanged}
            for k in result.kinds
        },
        "findings": [finding.as_dict() for finding in result.findings],
    }


def _print(result: Any) -> None:
    click.echo(f"{'':32}{'added':>9}{'changed':>9}{'ended':>9}{'unchanged':>11}")
    for k in result.kinds:
        if k.added or k.changed or k.ended or k.unchanged:
            click.echo(f"{k.kind:32}{k.added:>9,}{k.changed:>9,}{k.ended:>9,}{k.unchanged:>11,}")
            for example in k.examples if (k.changed or k.ended) else ():
                click.echo(f"    {example}")
    for finding in result.findings:
        place = f"{finding.place}: " if finding.place else ""
        click.echo(f"{finding.severity.value}  {place}{finding.message}", err=True)
        click.echo(f"       next: {finding.next_step}  [{finding.code}]", err=True)
    said = {
        "dry_run": "Nothing was changed (dry run).",
        "applied": f"Applied: {result.changes:,} changes.",
        "unchanged": "Everything was as the source says; nothing changed.",
    }
    click.echo(said[result.state])


commands: list[click.Command] = [import_group]
