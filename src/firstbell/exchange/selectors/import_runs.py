"""Runs of imports as those see them who bring sources in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from firstbell.exchange.data import RunPage, RunRow
from firstbell.exchange.models import ImportRun
from firstbell.kernel.finding import Finding, Severity
from firstbell.people.data import KindDifference
from firstbell.platform.access import NotAllowed, NotVisible, Viewer

#: who brings sources in, reads their differences and confirms what the brake holds
IMPORTERS = ("technology_chief", "system_administrator")
_APPLIED = ("applied", "unchanged")


def import_runs(viewer: Viewer, *, most: int = 200) -> list[RunRow]:
    """The newest runs first. Raises NotAllowed unless the viewer brings sources in. One query."""
    return [_row(run) for run in _runs(viewer).defer("findings").order_by("-pk")[:most]]


def import_run(viewer: Viewer, run_id: int) -> RunPage:
    """One run. Raises NotAllowed as above, NotVisible where there is none."""
    run = _runs(viewer).filter(pk=run_id).first()
    if run is None:
        raise NotVisible
    return RunPage(
        row=_row(run),
        options=dict(run.options),
        kinds=tuple(
            KindDifference(**{**kind, "examples": tuple(kind.get("examples", ()))}) for kind in run.difference
        ),
        findings=tuple(
            Finding(**{**finding, "severity": Severity(finding["severity"])}) for finding in run.findings
        ),
    )


def runs_waiting(viewer: Viewer) -> list[RunRow]:
    """Runs that the brake holds, and those that were refused or failed, with no later run applied."""
    later = ImportRun.objects.filter(source=OuterRef("source"), pk__gt=OuterRef("pk"), state__in=_APPLIED)
    rows = _runs(viewer).filter(~Exists(later), state__in=("held", "refused", "failed"))
    newest: dict[str, RunRow] = {}
    for run in rows.defer("findings").order_by("pk"):
        newest[run.source] = _row(run)
    return list(newest.values())


def last_applied(viewer: Viewer) -> list[RunRow]:
    """For each source the last run that was applied."""
    later = ImportRun.objects.filter(source=OuterRef("source"), pk__gt=OuterRef("pk"), state__in=_APPLIED)
    rows = _runs(viewer).filter(~Exists(later), state__in=_APPLIED)
    return [_row(run) for run in rows.defer("findings").order_by("-pk")[:20]]


def last_import_at() -> datetime | None:
    """When anything was last brought in; tells kept figures that they are old. No viewer is asked."""
    runs = ImportRun.objects.filter(state="applied").order_by("-pk")
    return runs.values_list("finished_at", flat=True).first()


def _runs(viewer: Viewer) -> QuerySet[Any]:
    if not (viewer.purpose or viewer.holds(*IMPORTERS)):
        raise NotAllowed("bringing sources in")
    later = ImportRun.objects.filter(source=OuterRef("source"), pk__gt=OuterRef("pk"), state__in=_APPLIED)
    return ImportRun.objects.annotate(outdone=Exists(later))


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
        changes=sum(kind["added"] + kind["changed"] + kind["ended"] for kind in run.difference),
        finding_count=run.finding_count,
        newest=not run.outdone,
    )
