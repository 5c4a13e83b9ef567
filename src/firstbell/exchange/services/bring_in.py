"""Bringing a delivery in: roster, attendance and kept records in one transaction, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from firstbell.attendance.api import load_attendance, recompute_schools
from firstbell.exchange.data import Delivery
from firstbell.exchange.models import ImportRun
from firstbell.exchange.selectors.runs import last_options
from firstbell.exchange.services.keep import keep_records
from firstbell.exchange.services.read_edfi import read_edfi
from firstbell.exchange.services.read_oneroster import read_oneroster
from firstbell.exchange.services.read_sds import read_sds
from firstbell.kernel.finding import Finding, Refused, any_refuses
from firstbell.people.api import Held, apply_roster, source_ids
from firstbell.people.data import KindDifference
from firstbell.platform.access import Viewer
from firstbell.platform.writing import writing

KEPT_FINDINGS = 500
Reader = Callable[[Viewer, Path, str, Mapping[str, bool]], Delivery]
#: by format, what reads a file of a source with its habits to a delivery
READERS: dict[str, Reader] = {
    "edfi": lambda viewer, path, source, habits: read_edfi(path),
    "oneroster": lambda viewer, path, source, habits: read_oneroster(
        path,
        viewer=viewer,
        source=source,
        lenient_headers=habits.get("lenient_headers", False),
        inclusive_ends=habits.get("inclusive_ends", False),
    ),
    "sds": lambda viewer, path, source, habits: read_sds(
        path,
        viewer=viewer,
        source=source,
        lenient_headers=habits.get("lenient_headers", False),
        slashed_dates=habits.get("slashed_dates"),
    ),
}


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did (or, in a dry run, would do)."""

    run_id: int
    state: str
    kinds: tuple[KindDifference, ...]
    findings: tuple[Finding, ...]

    @property
    def changes(self) -> int:
        """Rows added, changed or ended in all kinds together."""
        return sum(k.added + k.changed + k.ended for k in self.kinds)


def import_file(
    viewer: Viewer,
    path: Path,
    *,
    format_name: str,
    source: str,
    options: Mapping[str, bool] | None = None,
    dry_run: bool = False,
    confirm: bool = False,
) -> ImportResult:
    """Read a file of a format and apply it, all or nothing; the run is remembered, however it ends.

    ``options`` are habits of the source (``lenient_headers``); those not given are as in its last run.
    Raises Refused when a finding refuses the whole, Held when the brake wants a person's confirmation;
    both leave a run that says so, and the data as it was.
    """
    habits = {**last_options(format_name, source), **(options or {})}
    with _run(viewer, format_name, source, path.name, habits) as run:
        delivery = READERS[format_name](viewer, path, source, habits)
        return _bring_in(run, viewer, delivery, dry_run=dry_run, confirm=confirm)


def bring_in(
    viewer: Viewer,
    delivery: Delivery,
    *,
    format_name: str,
    source: str,
    file_name: str,
    dry_run: bool = False,
    confirm: bool = False,
) -> ImportResult:
    """As ``import_file``, for a delivery that was read already."""
    with _run(viewer, format_name, source, file_name, {}) as run:
        return _bring_in(run, viewer, delivery, dry_run=dry_run, confirm=confirm)


@contextmanager
def _run(
    viewer: Viewer, format_name: str, source: str, file_name: str, options: Mapping[str, bool]
) -> Iterator[ImportRun]:
    """A run that is closed as what it came to."""
    run = ImportRun(
        format=format_name,
        source=source,
        file_name=file_name[:200],
        options=dict(options),
        started_at=timezone.now(),
        account_id=viewer.account_id,
        by_name=viewer.name,
        state="failed",
    )
    try:
        yield run
    except Held as held:
        _close(run, "held", held.difference.kinds, held.findings)
        raise
    except Refused as refused:
        _close(run, "refused", (), refused.findings)
        raise
    except BaseException:
        _close(run, "failed", (), [])
        raise


def _bring_in(
    run: ImportRun, viewer: Viewer, delivery: Delivery, *, dry_run: bool, confirm: bool
) -> ImportResult:
    if any_refuses(delivery.findings):
        raise Refused(delivery.findings)
    try:
        with writing():
            kinds, findings = _apply(viewer, delivery, run.source, confirm=confirm or dry_run)
            if dry_run:
                transaction.set_rollback(True)
    except Held as held:
        held.findings.extend(delivery.findings)
        raise
    every = (*findings, *delivery.findings)
    changed = any(k.added + k.changed + k.ended for k in kinds)
    _close(run, "dry_run" if dry_run else "applied" if changed else "unchanged", kinds, every)
    return ImportResult(run.pk, run.state, kinds, every)


def _apply(
    viewer: Viewer, delivery: Delivery, source: str, *, confirm: bool
) -> tuple[tuple[KindDifference, ...], tuple[Finding, ...]]:
    difference = apply_roster(viewer, delivery.roster, source=source, confirm=confirm)
    kinds = list(difference.kinds)
    counts: dict[str, int] = {}
    if delivery.attendance is not None:
        counts = load_attendance(viewer, delivery.attendance, source=source)
        kinds += _attendance_kinds(counts)
    kinds += keep_records(delivery, source=source)
    attendance_changed = any(n for name, n in counts.items() if not name.endswith("unchanged"))
    if attendance_changed or _moves_days(difference.kinds):
        recompute_schools(set(source_ids(source, "school").values()))
    return tuple(kinds), difference.findings


def _moves_days(kinds: tuple[KindDifference, ...]) -> bool:
    """Whether the roster change can alter what any day amounts to."""
    names = {"school_enrollments", "section_enrollments", "calendar_days", "bell_times", "section_meetings"}
    return any(k.kind in names and k.added + k.changed + k.ended for k in kinds)


def _attendance_kinds(counts: dict[str, int]) -> list[KindDifference]:
    names = {"events": "attendance_events", "days": "attendance_days", "rolls": "roll_submissions"}
    return [
        KindDifference(
            label,
            counts.get(f"{name}_added", 0),
            counts.get(f"{name}_changed", 0),
            counts.get(f"{name}_removed", 0),
            counts.get(f"{name}_unchanged", 0),
        )
        for name, label in names.items()
    ]


def _close(run: ImportRun, state: str, kinds: tuple[KindDifference, ...], findings: Any) -> None:
    rows = list(findings)
    run.state, run.finished_at = state, timezone.now()
    run.difference = [asdict(kind) for kind in kinds]
    run.findings = [finding.as_dict() for finding in rows[:KEPT_FINDINGS]]
    run.finding_count = len(rows)
    run.save()
