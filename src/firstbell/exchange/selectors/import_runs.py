"""Runs of imports as those see them who bring sources in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from firstbell.exchange.data import Decision, Ending, RunPage, RunRow
from firstbell.exchange.models import ImportRun
from firstbell.kernel.finding import Finding, Severity
from firstbell.people.api import ending_labels
from firstbell.people.data import KindDifference
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer

#: who brings sources in, reads their differences and confirms what the brake holds
IMPORTERS = ("technology_chief", "system_administrator")
#: kinds whose end a person looks at one by one
LOOKED_AT = ("schools", "students", "staff", "sections")
_APPLIED = ("applied", "unchanged")
#: everything of a row but its long parts
_SHORT = ("findings",)


def import_runs(
    viewer: Viewer, *, source: str = "", state: str = "", before: int | None = None, most: int = 200
) -> list[RunRow]:
    """The newest runs first, those with a number under ``before``. One query.

    Raises NotAllowed unless the viewer brings sources in.
    """
    rows = _runs(viewer).defer(*_SHORT)
    if source:
        rows = rows.filter(source=source)
    if state:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_row(run) for run in rows.order_by("-pk")[:most]]


def import_sources(viewer: Viewer) -> list[str]:
    """The names of the sources that ever came in. Raises NotAllowed as above."""
    may_import(viewer)
    return list(ImportRun.objects.order_by("source").values_list("source", flat=True).distinct())


def import_run(viewer: Viewer, run_id: int) -> RunPage:
    """One run. Raises NotAllowed as above, NotVisible where there is none. A constant number of queries.

    Names of people in the difference are there for viewers who read names everywhere.
    """
    run = _runs(viewer).filter(pk=run_id).first()
    if run is None:
        raise NotVisible
    row, kinds = _row(run), _kinds(run.difference)
    if not (viewer.purpose or viewer.shows_everywhere(DataClass.DIRECTORY, "name")):
        kinds = tuple(replace(kind, examples=()) for kind in kinds)
    may_decide = run.state in ("held", "dry_run") and run.decided_at is None and row.newest
    return RunPage(
        row=row,
        options=dict(run.options),
        kinds=kinds,
        findings=tuple(
            Finding(**{**finding, "severity": Severity(finding["severity"])}) for finding in run.findings
        ),
        ending=_ending(viewer, kinds),
        may_decide=may_decide,
        may_apply=may_decide and bool(run.waiting_file),
        decision=_decision(run),
        follows=run.follows_id,
        job_id=run.job_id,
    )


def _ending(viewer: Viewer, kinds: tuple[KindDifference, ...]) -> tuple[Ending, ...]:
    found = []
    for kind in kinds:
        if kind.kind in LOOKED_AT and kind.ended:
            labels = ending_labels(viewer, kind.kind, kind.ending)
            named = ((row, labels.get(row, f"No longer here: {row}")) for row in kind.ending)
            rows = sorted(named, key=lambda pair: pair[1])
            found.append(Ending(kind.kind, kind.ended, tuple(rows)))
    return tuple(found)


def _decision(run: Any) -> Decision | None:
    if run.decided_at is None:
        return None
    led_to = ImportRun.objects.filter(follows=run.pk).order_by("-pk").values_list("pk", flat=True).first()
    return Decision(verb=run.decision, by=run.decided_by, at=run.decided_at, reason=run.reason, led_to=led_to)


def runs_waiting(viewer: Viewer) -> list[RunRow]:
    """Runs that the brake holds, and those that were refused or failed, with no later run applied."""
    later = ImportRun.objects.filter(source=OuterRef("source"), pk__gt=OuterRef("pk"), state__in=_APPLIED)
    waits = Q(state="held", decided_at=None) | Q(state__in=("refused", "failed"))
    newest: dict[str, RunRow] = {}
    for run in _runs(viewer).filter(~Exists(later), waits).defer(*_SHORT).order_by("pk"):
        newest[run.source] = _row(run)
    return list(newest.values())


def last_applied(viewer: Viewer) -> list[RunRow]:
    """For each source the last run that was applied."""
    later = ImportRun.objects.filter(source=OuterRef("source"), pk__gt=OuterRef("pk"), state__in=_APPLIED)
    rows = _runs(viewer).filter(~Exists(later), state__in=_APPLIED)
    return [_row(run) for run in rows.defer(*_SHORT).order_by("-pk")[:20]]


def last_import_at() -> datetime | None:
    """When anything was last brought in; tells kept figures that they are old. No viewer is asked."""
    runs = ImportRun.objects.filter(state="applied").order_by("-pk")
    return runs.values_list("finished_at", flat=True).first()


def may_import(viewer: Viewer) -> None:
    """Raise NotAllowed unless the viewer brings sources in."""
    if not (viewer.purpose or viewer.holds(*IMPORTERS)):
        raise NotAllowed("bringing sources in")


def _runs(viewer: Viewer) -> QuerySet[Any]:
    may_import(viewer)
    later = ImportRun.objects.filter(source=OuterRef("source"), pk__gt=OuterRef("pk"), state__in=_APPLIED)
    return ImportRun.objects.annotate(outdone=Exists(later))


def _kinds(difference: list[dict[str, Any]]) -> tuple[KindDifference, ...]:
    return tuple(
        KindDifference(
            **{**kind, "examples": tuple(kind.get("examples", ())), "ending": tuple(kind.get("ending", ()))}
        )
        for kind in difference
    )


def _row(run: Any) -> RunRow:
    return RunRow(
        id=run.pk,
        format=run.format,
        source=run.source,
        file_name=run.file_name,
        by=run.by_name,
        started_at=run.started_at,
        finished_at=run.finished_at,
        state=run.state,
        added=sum(kind["added"] for kind in run.difference),
        changed=sum(kind["changed"] for kind in run.difference),
        ended=sum(kind["ended"] for kind in run.difference),
        finding_count=run.finding_count,
        newest=not run.outdone,
    )
