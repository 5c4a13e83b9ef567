"""Imports from a page: received, shown, then applied or dismissed by a person, with the reason kept.

Nothing is written by an upload: the file is read and compared (a dry run) and waits. What the brake holds
waits the same way, whether it came by a page or by the command.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from firstbell.exchange.models import ImportRun
from firstbell.exchange.selectors.import_runs import import_run, may_import
from firstbell.exchange.selectors.runs import last_options
from firstbell.exchange.services.bring_in import READERS, ImportResult, bring_in_run, new_run
from firstbell.exchange.services.waiting_files import receive, release, waiting_path
from firstbell.kernel.finding import Finding, Refused, error
from firstbell.people.api import Held, job_viewer
from firstbell.platform import audit
from firstbell.platform.access import NotVisible, Viewer
from firstbell.platform.jobs import start
from firstbell.platform.writing import writing

#: the piece of work that carries a run out (exchange.tasks)
WORK = "exchange.import"
#: the finding by which the brake of people.apply_roster holds a file
BRAKE = "roster.brake"
LONGEST_REASON = 500


def receive_import(
    viewer: Viewer,
    parts: Iterable[bytes],
    *,
    format_name: str,
    source: str,
    file_name: str,
    options: Mapping[str, Any] | None = None,
) -> int:
    """Take a file and start its dry run; answers the number of the run. Nothing of the district changes.

    Raises Refused when the file is too large or empty; NotAllowed unless the viewer brings sources in.
    """
    may_import(viewer)
    if format_name not in READERS:
        unknown = error("import.format", "this kind of file is not known", "choose another", column="format")
        raise Refused([unknown])
    digest = receive(parts)
    habits = {**last_options(format_name, source), **(options or {})}
    run = new_run(viewer, format_name, source, file_name, habits)
    run.waiting_file = digest
    with writing():
        _start(viewer, run, dry_run=True)
        audit.record(viewer, "import.receive", "import_run", run.pk, count=0)
    return run.pk


def confirm_run(viewer: Viewer, run_id: int, *, reason: str) -> int:
    """Have a held run, or one shown in a dry run, applied; answers the number of the run that does it.

    A held run asks for the reason why so many end. Raises NotVisible, NotAllowed, and Refused when somebody
    decided already, a later import of the source was applied, or the file is no longer kept.
    """
    seen = import_run(viewer, run_id)
    held = seen.row.state == "held"
    findings = list(_gaps(reason)) if held else []
    if seen.may_decide and not seen.may_apply:
        findings.append(
            error(
                "import.file_gone",
                "the file is no longer kept",
                "bring it in again, by the page or by the command with --confirm",
            )
        )
    if findings:
        raise Refused(findings)
    with writing():
        before = _decide(viewer, run_id, "confirmed" if held else "applied", reason)
        run = new_run(viewer, before.format, before.source, before.file_name, before.options)
        run.waiting_file, run.follows = before.waiting_file, before
        _start(viewer, run, confirm=held)
        audit.record(viewer, "import.confirm", "import_run", run_id, count=seen.row.ended, reason=reason)
    return run.pk


def dismiss_run(viewer: Viewer, run_id: int, *, reason: str) -> int:
    """Refuse a held run, or lay aside one that was shown; its file goes. Answers its number.

    Raises NotVisible, NotAllowed, and Refused as ``confirm_run``.
    """
    seen = import_run(viewer, run_id)
    findings = list(_gaps(reason)) if seen.row.state == "held" else []
    if findings:
        raise Refused(findings)
    with writing():
        run = _decide(viewer, run_id, "dismissed", reason)
        run.state = "dismissed"
        run.save(update_fields=["state"])
        audit.record(viewer, "import.dismiss", "import_run", run_id, count=0, reason=reason)
    release(run)
    return run_id


def carry_out(run_id: int, *, dry_run: bool = False, confirm: bool = False) -> ImportResult | None:
    """Do what a waiting run was started for, in the name of who started it; None when it does not wait.

    Raises what ``import_file`` raises, but Held and Refused: the run tells of those.
    """
    if not ImportRun.objects.filter(pk=run_id, state="waiting").update(state="running"):
        return None
    run = ImportRun.objects.select_related("follows").get(pk=run_id)
    viewer = replace(
        job_viewer(f"import:{run.format}", timezone.localdate()), account_id=run.account_id, name=run.by_name
    )
    before = import_run(viewer, run.follows_id).kinds if run.follows_id and confirm else None
    try:
        result = bring_in_run(
            run, viewer, waiting_path(run.waiting_file), dry_run=dry_run, confirm=confirm, shown=before
        )
        if dry_run and any(finding.code == BRAKE for finding in result.findings):
            run.state = "held"
            run.save(update_fields=["state"])
        return result
    except (Held, Refused):
        return None
    finally:
        if run.state not in ("held", "dry_run"):
            release(run)
        if run.follows is not None:
            release(run.follows)


def _start(viewer: Viewer, run: ImportRun, **how: Any) -> None:
    run.state = "waiting"
    run.save()
    run.job_id = start(viewer, WORK, run_id=run.pk, **how)
    run.save(update_fields=["job_id"])


def _decide(viewer: Viewer, run_id: int, decision: str, reason: str) -> ImportRun:
    """Mark a run as decided: the first person to do so. Raises Refused when another was first."""
    seen = import_run(viewer, run_id)
    changed = seen.may_decide and ImportRun.objects.filter(pk=run_id, decided_at=None).update(
        decision=decision,
        decided_at=timezone.now(),
        decided_by=viewer.name[:160],
        reason=reason.strip()[:LONGEST_REASON],
    )
    if not changed:
        raise Refused([_too_late(seen.row.newest)])
    run = ImportRun.objects.filter(pk=run_id).first()
    if run is None:
        raise NotVisible
    return run


def _too_late(newest: bool) -> Finding:
    if not newest:
        return error(
            "import.outdone",
            "a later import of this source was applied meanwhile",
            "look at the newest import of the source",
        )
    return error("import.decided", "nothing waits for a decision here any more", "look at what was decided")


def _gaps(reason: str) -> Iterable[Finding]:
    if not reason.strip():
        yield error(
            "import.reason", "the reason is missing", "say in a few words why this is right", column="reason"
        )
