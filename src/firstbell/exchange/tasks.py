"""Work of the exchange room that goes on behind a page or by the clock."""

from __future__ import annotations

from typing import Any

from firstbell.exchange import api
from firstbell.platform.jobs import Run, work


@work("exchange.import", label="Import")
def carry_out(run: Run, *, run_id: int, dry_run: bool = False, confirm: bool = False) -> dict[str, Any]:
    """Read a file that waits; show or apply its difference. The import's own page says what came of it."""
    run.progress(1, "reading the file")
    result = api.carry_out(run_id, dry_run=dry_run, confirm=confirm)
    return {"run": run_id, "changes": result.changes if result else 0}


@work("exchange.clear_waiting", label="Import files past their week removed")
def clear_waiting(run: Run) -> dict[str, Any]:
    """Remove files on which nobody decided within a week."""
    return {"removed": api.clear_waiting()}
