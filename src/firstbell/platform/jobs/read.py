"""Watching jobs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from firstbell.platform.access import POLICY, DataClass, NotAllowed, NotVisible, Scope, Viewer
from firstbell.platform.data import JobProgress, JobState, ScheduledWork
from firstbell.platform.jobs.schedule import scheduled
from firstbell.platform.jobs.work import known_work, progress_key
from firstbell.platform.models import Account, Job, ScheduledRun, Worker

#: roles whose cell of the matrix opens every job
JOB_WATCHERS = tuple(
    role
    for role in POLICY.roles
    for cell in [POLICY.cell(role, DataClass.SECURITY)]
    if Scope.DISTRICT in cell.scopes and cell.shows("jobs")
)


def job_for(viewer: Viewer, job_id: int) -> JobProgress:
    """One job: one's own, or any for those who look after the installation. Raises NotVisible."""
    job = _visible(viewer).filter(pk=job_id).first()
    if job is None:
        raise NotVisible
    return _progress([job])[0]


def jobs_for(
    viewer: Viewer,
    *,
    states: Iterable[JobState] = (),
    name: str = "",
    before: int | None = None,
    size: int = 20,
) -> list[JobProgress]:
    """The newest jobs the viewer may watch, those with a number under ``before``. Two queries."""
    rows = _visible(viewer)
    wanted = [state.value for state in states]
    if wanted:
        rows = rows.filter(state__in=wanted)
    if name:
        rows = rows.filter(name=name)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return _progress(list(rows.order_by("-pk")[:size]))


def scheduled_work(viewer: Viewer) -> list[ScheduledWork]:
    """All that runs by the clock, with its last run. Raises NotAllowed unless all jobs are open to you.

    Four queries.
    """
    if not viewer.shows_everywhere(DataClass.SECURITY, "jobs"):
        raise NotAllowed("watching background work")
    entries = scheduled()
    names = [entry.name for entry in entries]
    begun = dict(ScheduledRun.objects.filter(name__in=names).values_list("name", "last_run_at"))
    newest = Job.objects.filter(name__in=names).order_by().values("name").annotate(newest=Max("pk"))
    jobs = _progress(list(Job.objects.filter(pk__in=[row["newest"] for row in newest])))
    last = {job.name: job for job in jobs}
    return [
        ScheduledWork(
            name=entry.name,
            label=known_work(entry.name).label,
            period=entry.period,
            last=last.get(entry.name),
            due_at=begun[entry.name] + entry.period if entry.name in begun else None,
        )
        for entry in entries
    ]


def last_job(viewer: Viewer, name: str) -> JobProgress | None:
    """The newest finished run of a piece of work that the viewer may watch."""
    over = [state.value for state in JobState if state.over]
    job = _visible(viewer).filter(name=name, state__in=over).order_by("-finished_at", "-pk").first()
    return _progress([job])[0] if job else None


def job_counts(viewer: Viewer, *, since: datetime) -> dict[JobState, int]:
    """Jobs that the viewer may watch, by state: those under way, and those that ended after ``since``.

    A failed piece of work that was done since then by a later run is not counted.
    """
    done_later = Job.objects.filter(name=OuterRef("name"), state=JobState.DONE, pk__gt=OuterRef("pk"))
    rows = (
        _visible(viewer)
        .filter(Q(finished_at__isnull=True) | Q(finished_at__gte=since))
        .exclude(Q(state__in=(JobState.FAILED, JobState.LOST)) & Exists(done_later))
        .order_by()
        .values_list("state")
        .annotate(number=Count("pk"))
    )
    return {JobState(state): number for state, number in rows}


def worker_seen_at() -> datetime | None:
    """When any worker last gave a sign of life; None where none ever did."""
    return Worker.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()


def _visible(viewer: Viewer) -> QuerySet[Job]:
    if viewer.shows_everywhere(DataClass.SECURITY, "jobs"):
        return Job.objects.all()
    if viewer.account_id is None:
        return Job.objects.none()
    return Job.objects.filter(account_id=viewer.account_id)


def _progress(jobs: list[Job]) -> list[JobProgress]:
    """Jobs as pages show them, those that run with what they last said. One query, for the names."""
    asked_by = {job.account_id for job in jobs if job.account_id is not None}
    names = {account.pk: account.get_full_name() for account in Account.objects.filter(pk__in=asked_by)}
    found = []
    for job in jobs:
        percent, message = job.percent, job.message
        if job.state == JobState.RUNNING:
            percent, message = cache.get(progress_key(job.pk)) or (percent, message)
        found.append(
            JobProgress(
                id=job.pk,
                name=job.name,
                label=job.label,
                account_id=job.account_id,
                by=names.get(job.account_id or 0, "a closed account") if job.account_id else "the clock",
                state=JobState(job.state),
                percent=percent,
                message=message,
                created_at=job.created_at,
                started_at=job.started_at,
                finished_at=job.finished_at,
                request_id=job.request_id,
                result=job.result,
            )
        )
    return found
