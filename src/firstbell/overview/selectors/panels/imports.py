"""Sources: what was brought in last, and what waits for a person before it may come in."""

from __future__ import annotations

from django.utils import timezone

from firstbell.exchange.api import IMPORTERS, last_applied, runs_waiting
from firstbell.exchange.data import RunRow
from firstbell.overview.data import Panel, Place, Waiting
from firstbell.platform.access import Viewer
from firstbell.platform.ui import time_words

ORDER = 50
STATES = {
    "held": ("is held: it would end many; somebody must look and confirm", "bad"),
    "refused": ("was refused; its findings say what to mend", "warn"),
    "failed": ("failed; nothing half-done was kept", "bad"),
}


def opens(viewer: Viewer) -> bool:
    """Whoever brings sources in."""
    return viewer.holds(*IMPORTERS)


def panel(viewer: Viewer) -> Panel | None:
    """The last run of each source, and those that wait."""
    rows = last_applied(viewer)
    return Panel(
        key="imports",
        title="Imports",
        waiting=tuple(_waiting(run) for run in runs_waiting(viewer)),
        facts=tuple(
            (
                run.source,
                f"{run.file_name}, {_when(run)}: "
                + ("nothing had changed" if run.state == "unchanged" else f"{run.changes:,} changes"),
            )
            for run in rows
        ),
        nothing="Nothing was imported yet.",
        places=(Place("imports", "All imports"),),
    )


def _waiting(run: RunRow) -> Waiting:
    words, tone = STATES[run.state]
    return Waiting(
        words=f"The import {run.file_name} ({run.source}) {words}",
        tone=tone,
        place=Place("import_run", "Look at it", (run.id,)),
    )


def _when(run: RunRow) -> str:
    at = timezone.localtime(run.finished_at or run.started_at)
    return f"{at:%b} {at.day}, {time_words(at)}"
