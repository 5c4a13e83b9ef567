"""Bringing a delivery in: roster, attendance and kept records in one transaction, all or nothing."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from firstbell.attendance.api import load_attendance, recompute_schools
from firstbell.exchange.data import Delivery
from firstbell.exchange.models import ImportRun
from firstbell.exchange.services.keep import keep_records
from firstbell.kernel.finding import Finding, Refused, any_refuses
from firstbell.people.api import Held, apply_roster, source_ids
from firstbell.people.data import KindDifference
from firstbell.platform.access import Viewer

KEPT_FINDINGS = 500


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
    """Apply a delivery, all or nothing, and remember the run with its findings.

    Raises Refused when a finding refuses the whole, Held when the brake wants a person's confirmation;
    both leave a run that says so, and the data as it was.
    """
    run = ImportRun(
        format=format_name,
        source=source,
        file_name=file_name,
        started_at=timezone.now(),
        account_id=viewer.account_id,
        by_name=viewer.name,
        state="failed",
    )
    try:
        if any_refuses(delivery.findings):
            raise Refused(delivery.findings)
        with transaction.atomic():
            kinds, findings = _apply(viewer, delivery, source, confirm=confirm or dry_run)
            if dry_run:
                transaction.set_rollback(True)
    except Held as held:
        _close(run, "held", held.difference.kinds, [*held.findings, *delivery.findings])
        raise
    except Refused as refused:
        _close(run, "refused", (), refused.findings)
        raise
    except BaseException:
        _close(run, "failed", (), [])
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
    if delivery.kept is not None:
        kinds += keep_records(delivery.kept, source=source)
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
