"""Bringing a delivery in: roster, attendance and kept records in one transaction, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from firstbell.attendance.api import follow_state, load_attendance, recompute_schools, rules_of_state
from firstbell.attendance.data import AttendanceLoad
from firstbell.exchange.data import Delivery
from firstbell.exchange.models import ImportRun
from firstbell.exchange.selectors.runs import last_options
from firstbell.exchange.services.keep import keep_records
from firstbell.exchange.services.read_edfi import read_edfi
from firstbell.exchange.services.read_oneroster import read_oneroster
from firstbell.exchange.services.read_sds import read_sds
from firstbell.exchange.services.waiting_files import keep_for_decision
from firstbell.kernel.date_span import ONE_DAY
from firstbell.kernel.finding import Finding, Refused, any_refuses, error
from firstbell.people.api import Held, apply_roster, source_ids
from firstbell.people.data import KindDifference, RosterDifference
from firstbell.platform.access import Viewer
from firstbell.platform.writing import writing

KEPT_FINDINGS = 500
Reader = Callable[[Viewer, Path, str, Mapping[str, Any]], Delivery]
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
    options: Mapping[str, Any] | None = None,
    state: str = "",
    dry_run: bool = False,
    confirm: bool = False,
) -> ImportResult:
    """Read a file of a format and apply it, all or nothing; the run is remembered, however it ends.

    ``options`` are habits of the source (``lenient_headers``); those not given are as in its last run.
    ``state`` (two letters) is that of the district, whatever the file tells of it; it is remembered too.
    Raises Refused when a finding refuses the whole, Held when the brake wants a person's confirmation;
    both leave a run that says so, and the data as it was.
    """
    habits = {**last_options(format_name, source), **(options or {})}
    if state:
        habits["state"] = state
    run = new_run(viewer, format_name, source, path.name, habits)
    try:
        return bring_in_run(run, viewer, path, dry_run=dry_run, confirm=confirm)
    except Held:
        with suppress(OSError):  # a full disk keeps nobody from confirming by the command
            run.waiting_file = keep_for_decision(path)
            run.save(update_fields=["waiting_file"])
        raise


def bring_in_run(
    run: ImportRun,
    viewer: Viewer,
    path: Path,
    *,
    dry_run: bool = False,
    confirm: bool = False,
    shown: tuple[KindDifference, ...] | None = None,
) -> ImportResult:
    """Read a run's file by its habits and apply it, as ``import_file`` says.

    ``shown`` is the difference that a person confirmed: a file that would by now end more than that is held
    again.
    """
    with _closing(run):
        if run.options.get("state"):
            rules_of_state(run.options["state"])
        delivery = READERS[run.format](viewer, path, run.source, run.options)
        return _bring_in(run, viewer, delivery, dry_run=dry_run, confirm=confirm, shown=shown)


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
    run = new_run(viewer, format_name, source, file_name, {})
    with _closing(run):
        return _bring_in(run, viewer, delivery, dry_run=dry_run, confirm=confirm)


def new_run(
    viewer: Viewer, format_name: str, source: str, file_name: str, options: Mapping[str, Any]
) -> ImportRun:
    """A run that has not begun; not saved."""
    return ImportRun(
        format=format_name,
        source=source,
        file_name=file_name[:200],
        options=dict(options),
        started_at=timezone.now(),
        account_id=viewer.account_id,
        by_name=viewer.name,
        state="failed",
    )


@contextmanager
def _closing(run: ImportRun) -> Iterator[None]:
    """Close a run as what it came to."""
    try:
        yield
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
    run: ImportRun,
    viewer: Viewer,
    delivery: Delivery,
    *,
    dry_run: bool,
    confirm: bool,
    shown: tuple[KindDifference, ...] | None = None,
) -> ImportResult:
    if any_refuses(delivery.findings):
        raise Refused(delivery.findings)
    try:
        with writing():
            state = run.options.get("state", "")
            kinds, findings = _apply(viewer, delivery, run.source, state, confirm=confirm or dry_run)
            if shown is not None:
                _hold_more_than(shown, kinds)
            if dry_run:
                transaction.set_rollback(True)
    except Held as held:
        held.findings.extend(delivery.findings)
        raise
    every = (*findings, *delivery.findings)
    changed = any(k.added + k.changed + k.ended for k in kinds)
    _close(run, "dry_run" if dry_run else "applied" if changed else "unchanged", kinds, every)
    return ImportResult(run.pk, run.state, kinds, every)


def _hold_more_than(shown: tuple[KindDifference, ...], kinds: tuple[KindDifference, ...]) -> None:
    """What was confirmed was the end of those who were shown. Raises Held when others would end."""
    seen = {kind.kind: kind for kind in shown}
    more = [
        error(
            "roster.more_than_shown",
            f"{kind.ended} {kind.kind} would end by now, not only those that were confirmed",
            "look at the difference again; if it is right, confirm it",
            column=kind.kind,
        )
        for kind in kinds
        if kind.ending
        and not (
            kind.kind in seen
            and kind.ended <= seen[kind.kind].ended
            and (kind.ended > len(kind.ending) or set(kind.ending) <= set(seen[kind.kind].ending))
        )
    ]
    if more:
        raise Held(RosterDifference(kinds, tuple(more)))


def _apply(
    viewer: Viewer, delivery: Delivery, source: str, state: str, *, confirm: bool
) -> tuple[tuple[KindDifference, ...], tuple[Finding, ...]]:
    difference = apply_roster(viewer, delivery.roster, source=source, confirm=confirm)
    kinds = list(difference.kinds)
    findings = list(difference.findings)
    counts: dict[str, int] = {}
    for told, schools in _by_state(delivery, source, state).items():
        findings += follow_state(viewer, schools, told)
    if delivery.attendance is not None:
        counts = load_attendance(viewer, _until_now(delivery.attendance, viewer), source=source)
        kinds += _attendance_kinds(counts)
    kinds += keep_records(delivery, source=source)
    attendance_changed = any(n for name, n in counts.items() if not name.endswith("unchanged"))
    if attendance_changed or _moves_days(difference.kinds):
        recompute_schools(set(source_ids(source, "school").values()))
    return tuple(kinds), tuple(findings)


def _by_state(delivery: Delivery, source: str, state: str) -> dict[str, list[int]]:
    """The source's schools by their district's state: what a person said, else what the file tells, else
    nothing."""
    agencies = {school.key: school.agency for school in delivery.roster.schools or ()}
    found: dict[str, list[int]] = {}
    for key, school in source_ids(source, "school").items():
        found.setdefault(state or delivery.states.get(agencies.get(key, ""), ""), []).append(school)
    return found


def _until_now(load: AttendanceLoad, viewer: Viewer) -> AttendanceLoad:
    """A source that tells absences only tells them of days gone by; today's rolls are still to come."""
    if load.silent_through is None or load.silent_through < viewer.today:
        return load
    return replace(load, silent_through=viewer.today - ONE_DAY)


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
