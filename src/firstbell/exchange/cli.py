"""Commands of the exchange room: import and export."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from firstbell.kernel.finding import Finding
    from firstbell.people.data import KindDifference

MOST_PRINTED = 50


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
        click.option("--state", default="", help="The district's state (TX), whose rules count attendance."),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
    ):
        command = option(command)
    return command


@import_group.command("edfi")
@_options
def import_edfi(path: Path, **options: Any) -> None:
    """Ed-Fi 1.0 bulk XML: a folder, a zip, or a folder that holds the zip.

    Example: firstbell import edfi ./SampleData.zip --source sis
    """
    _bring_in("edfi", path, **options)


@import_group.command("oneroster")
@_options
@click.option(
    "--lenient-headers/--strict-headers",
    default=None,
    help="Columns in any order, foreign ones passed over; remembered for the source.",
)
@click.option(
    "--inclusive-ends/--exclusive-ends",
    default=None,
    help="The source writes last days where OneRoster writes the day after; remembered for the source.",
)
def import_oneroster(
    path: Path, lenient_headers: bool | None, inclusive_ends: bool | None, **options: Any
) -> None:
    """OneRoster 1.1 or 1.2 CSV, bulk or delta: a zip, or a folder with its files.

    Example: firstbell import oneroster ./roster.zip --source sis --dry-run
    """
    habits = {"lenient_headers": lenient_headers, "inclusive_ends": inclusive_ends}
    _bring_in("oneroster", path, habits=habits, **options)


@import_group.command("sds")
@_options
@click.option(
    "--lenient-headers/--strict-headers",
    default=None,
    help="Foreign columns passed over; remembered for the source.",
)
@click.option(
    "--slashed-dates/--iso-dates",
    default=None,
    help="Dates as 7/1/2026 or as 2026-07-01; unsaid, as Microsoft's samples of the version. Remembered.",
)
def import_sds(path: Path, lenient_headers: bool | None, slashed_dates: bool | None, **options: Any) -> None:
    """Microsoft School Data Sync CSV, versions 1, 2 and 2.1: a folder or a zip.

    Example: firstbell import sds ./sds --dry-run
    """
    habits = {"lenient_headers": lenient_headers, "slashed_dates": slashed_dates}
    _bring_in("sds", path, habits=habits, **options)


@import_group.command("confirm")
@click.argument("run", type=int)
@click.option("--reason", required=True, help="Why the file is right; kept with the import.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def import_confirm(run: int, reason: str, as_json: bool) -> None:
    """Apply the file of a held import: RUN is its number on the page of imports.

    Example: firstbell import confirm 12 --reason "two schools closed in June"
    """
    _open()
    from django.utils import timezone

    from firstbell.exchange.api import carry_out, confirm_run, import_run
    from firstbell.people.api import job_viewer

    viewer = job_viewer("import:confirm", timezone.localdate())
    number = confirm_run(viewer, run, reason=reason)
    carry_out(number, confirm=True)
    done = import_run(viewer, number)
    _show(done.row.state, done.kinds, done.findings, as_json)
    if done.row.state not in ("applied", "unchanged"):
        raise click.exceptions.Exit(2)


@import_group.command("dismiss")
@click.argument("run", type=int)
@click.option("--reason", required=True, help="Why the file is wrong; kept with the import.")
def import_dismiss(run: int, reason: str) -> None:
    """Decide against a held import; its file is removed.

    Example: firstbell import dismiss 12 --reason "the file was cut short"
    """
    _open()
    from django.utils import timezone

    from firstbell.exchange.api import dismiss_run
    from firstbell.people.api import job_viewer

    dismiss_run(job_viewer("import:dismiss", timezone.localdate()), run, reason=reason)
    click.echo("Dismissed; nothing was changed.")


def _open() -> None:
    from firstbell.platform.cli import open_house

    open_house()


def _bring_in(
    format_name: str,
    path: Path,
    *,
    source: str,
    state: str,
    dry_run: bool,
    confirm: bool,
    as_json: bool,
    habits: dict[str, bool | None] | None = None,
) -> None:
    _open()
    from django.utils import timezone

    from firstbell.exchange.api import import_file
    from firstbell.people.api import Held, job_viewer

    try:
        result = import_file(
            job_viewer(f"import:{format_name}", timezone.localdate()),
            path,
            format_name=format_name,
            source=source or format_name,
            options={name: value for name, value in (habits or {}).items() if value is not None},
            state=state.upper(),
            dry_run=dry_run,
            confirm=confirm,
        )
    except Held as held:
        _show("held", held.difference.kinds, held.findings, as_json)
        raise click.exceptions.Exit(2) from None
    _show(result.state, result.kinds, result.findings, as_json)


_SAID = {
    "dry_run": "Nothing was changed (dry run).",
    "applied": "Applied: {changes:,} changes.",
    "unchanged": "Everything was as the source says; nothing changed.",
    "held": "Held: nothing was changed. If the difference is right, run the same command with --confirm, "
    "or decide on the page of imports.",
    "refused": "Refused: nothing was changed.",
    "failed": "Failed: nothing half-done was kept.",
}


def _show(state: str, kinds: Iterable[KindDifference], findings: Iterable[Finding], as_json: bool) -> None:
    """The difference and the findings, for eyes or for a program."""
    rows = list(kinds)
    changes = sum(k.added + k.changed + k.ended for k in rows)
    if as_json:
        document: dict[str, Any] = {
            "state": state,
            "changes": changes,
            "kinds": {
                k.kind: {"added": k.added, "changed": k.changed, "ended": k.ended, "unchanged": k.unchanged}
                for k in rows
            },
            "findings": [finding.as_dict() for finding in findings],
        }
        click.echo(json.dumps(document))
        return
    click.echo(f"{'':32}{'added':>9}{'changed':>9}{'ended':>9}{'unchanged':>11}")
    for k in rows:
        if k.added or k.changed or k.ended or k.unchanged:
            click.echo(f"{k.kind:32}{k.added:>9,}{k.changed:>9,}{k.ended:>9,}{k.unchanged:>11,}")
            for example in k.examples if (k.changed or k.ended) else ():
                click.echo(f"    {example}")
    _show_findings(list(findings))
    click.echo(_SAID[state].format(changes=changes))


def _show_findings(findings: list[Finding]) -> None:
    for finding in findings[:MOST_PRINTED]:
        place = f"{finding.place}: " if finding.place else ""
        click.echo(f"{finding.severity.value}  {place}{finding.message}", err=True)
        click.echo(f"       next: {finding.next_step}  [{finding.code}]", err=True)
    if len(findings) > MOST_PRINTED:
        click.echo(f"… and {len(findings) - MOST_PRINTED:,} more findings; --json prints them all", err=True)


@click.group("export")
def export_group() -> None:
    """Write a package for another system; what leaves is in the record of disclosures.

    Example: firstbell export oneroster ./roster.zip --version 1.2
    """


@export_group.command("oneroster")
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--version", type=click.Choice(["1.1", "1.2"]), default="1.2", show_default=True, help="Of OneRoster."
)
@click.option(
    "--since",
    type=click.Path(exists=True, path_type=Path),
    help="A bulk package sent earlier: write only what changed from it, as delta.",
)
@click.option(
    "--without",
    multiple=True,
    type=click.Choice(["contacts", "demographics", "marks"]),
    help="A part that stays at home; may be repeated.",
)
@click.option(
    "--party", default="The district itself", show_default=True, help="Who gets it, for the record."
)
@click.option(
    "--purpose", default="OneRoster export by an administrator", show_default=True, help="What it is for."
)
@click.option(
    "--basis", default="school_official", show_default=True, help="Ground of the release (34 CFR 99.31)."
)
@click.option("--agreement", default="", help="Number of the agreement with the party.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def export_oneroster_command(
    path: Path,
    version: str,
    since: Path | None,
    without: tuple[str, ...],
    party: str,
    purpose: str,
    basis: str,
    agreement: str,
    as_json: bool,
) -> None:
    """OneRoster CSV, bulk or (with --since) delta, to a zip.

    Example: firstbell export oneroster ./roster.zip --version 1.2 --party "Example Learning"
    """
    _open()
    from django.utils import timezone

    from firstbell.exchange.api import Recipient, export_oneroster
    from firstbell.people.api import job_viewer

    result = export_oneroster(
        job_viewer("export:oneroster", timezone.localdate()),
        path,
        version,
        recipient=Recipient(party=party, purpose=purpose, basis=basis, agreement=agreement),
        without=frozenset(without),
        since=since,
    )
    if as_json:
        document = {
            "state": "written",
            "file": str(result.path),
            "version": result.version,
            "mode": "delta" if since else "bulk",
            "rows": result.rows,
            "sha256": result.sha256,
            "students": result.students,
            "disclosure": result.disclosure,
            "findings": [finding.as_dict() for finding in result.findings],
        }
        click.echo(json.dumps(document))
        return
    for name, number in result.rows.items():
        click.echo(f"{name:32}{number:>9,}")
    _show_findings(list(result.findings))
    click.echo(
        f"Written: {result.path.name}, OneRoster {result.version}, SHA-256 {result.sha256}. "
        f"Disclosure {result.disclosure} names {result.students:,} students."
    )


commands: list[click.Command] = [import_group, export_group]
