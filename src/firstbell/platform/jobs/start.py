"""Starting work, and doing it."""

from __future__ import annotations

import logging
import os
import platform
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from firstbell.kernel.finding import Refused
from firstbell.platform.access import Viewer
from firstbell.platform.audit import record
from firstbell.platform.data import JobState
from firstbell.platform.jobs.work import Run, known_work, progress_key
from firstbell.platform.models import Job
from firstbell.platform.request_id import begin_request_id, current_request_id

log = logging.getLogger("firstbell.jobs")


def start(viewer: Viewer, name: str, **arguments: Any) -> int:
    """Start a piece of work in the caller's transaction; returns the number of the job.

    ``arguments`` must be JSON values. Raises LookupError for a name nobody registered.
    """
    piece = known_work(name)
    with transaction.atomic():
        job = Job.objects.create(
            name=piece.name,
            label=piece.label,
            account_id=viewer.account_id,
            state=JobState.WAITING,
            created_at=timezone.now(),
            request_id=current_request_id(),
        )
        record(viewer, "job.start", "job", job.pk, count=0)
        run_job.enqueue(job.pk, arguments)
    return job.pk


def start_unless_under_way(viewer: Viewer, name: str) -> int:
    """Start a piece of work without arguments, unless a run of it waits or runs already: answers that one."""
    states = (JobState.WAITING, JobState.RUNNING)
    running = Job.objects.filter(name=name, state__in=states).order_by("-pk").values_list("pk", flat=True)
    return running.first() or start(viewer, name)


def worker_name() -> str:
    """This process, as jobs remember who runs them."""
    return f"{platform.node()}:{os.getpid()}"


@task()
def run_job(job_id: int, arguments: dict[str, Any]) -> None:
    """Do the work of one job; whatever it raises ends here, with the state and the log telling."""
    claimed = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, started_at=timezone.now(), worker=worker_name()
    )
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    begin_request_id(job.request_id)
    try:
        result = known_work(job.name).function(Run(job_id, job.account_id), **arguments)
        _finish(job, JobState.DONE, "", result or {})
    except Refused as refusal:
        _finish(
            job,
            JobState.REFUSED,
            "Refused: nothing was changed. The findings say what to mend.",
            {"findings": [finding.as_dict() for finding in refusal.findings]},
        )
    except Exception:
        log.exception("job failed", extra={"job": job_id})
        reference = current_request_id()
        _finish(
            job, JobState.FAILED, f"The program failed; nothing half-done stays. Reference {reference}.", {}
        )


def _finish(job: Job, state: JobState, message: str, result: dict[str, Any]) -> None:
    known = cache.get(progress_key(job.pk)) or (0, "")
    job.state = state
    job.percent = 100 if state is JobState.DONE else known[0]
    job.message = message or known[1]
    job.result = result
    job.finished_at = timezone.now()
    job.save(update_fields=["state", "percent", "message", "result", "finished_at"])
    cache.delete(progress_key(job.pk))
