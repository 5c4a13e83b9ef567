"""Watching jobs."""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.data import JobProgress, JobState
from firstbell.platform.jobs.work import progress_key
from firstbell.platform.models import Job, Worker


def job_for(viewer: Viewer, job_id: int) -> JobProgress:
    """One job: one's own, or any for those who look after the installation. Raises NotVisible."""
    job = _visible(viewer).filter(pk=job_id).first()
    if job is None:
        raise NotVisible
    return _progress(job)


def jobs_for(viewer: Viewer, *, size: int = 20) -> list[JobProgress]:
    """The newest jobs the viewer may watch."""
    return [_progress(job) for job in _visible(viewer).order_by("-created_at", "-pk")[:size]]


def last_job(viewer: Viewer, name: str) -> JobProgress | None:
    """The newest finished run of a piece of work that the viewer may watch."""
    over = [state.value for state in JobState if state.over]
    job = _visible(viewer).filter(name=name, state__in=over).order_by("-finished_at", "-pk").first()
    return _progress(job) if job else None


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


def _progress(job: Job) -> JobProgress:
    percent, message = job.percent, job.message
    if job.state == JobState.RUNNING:
        percent, message = cache.get(progress_key(job.pk)) or (percent, message)
    return JobProgress(
        id=job.pk,
        name=job.name,
        label=job.label,
        account_id=job.account_id,
        state=JobState(job.state),
        percent=percent,
        message=message,
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        request_id=job.request_id,
        result=job.result,
    )
