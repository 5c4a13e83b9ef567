"""Background work: what runs, what failed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from firstbell.overview.data import Panel, Place, Waiting
from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.jobs import JobState, job_counts

ORDER = 60
SINCE = timedelta(days=1)


def opens(viewer: Viewer) -> bool:
    """Whoever looks after the installation."""
    return viewer.shows_everywhere(DataClass.SECURITY, "jobs")


def panel(viewer: Viewer) -> Panel | None:
    """Counts of the last day."""
    counts = job_counts(viewer, since=timezone.now() - SINCE)
    broken = counts.get(JobState.FAILED, 0) + counts.get(JobState.LOST, 0)
    waiting = []
    if broken:
        waiting.append(
            Waiting(
                words=f"{broken} {'job' if broken == 1 else 'jobs'} failed since yesterday "
                "and did not run again",
                tone="warn",
                place=Place("jobs", "Look at them"),
            )
        )
    return Panel(
        key="jobs",
        title="Jobs",
        waiting=tuple(waiting),
        facts=(
            (
                "Under way",
                f"{counts.get(JobState.RUNNING, 0)} running, {counts.get(JobState.WAITING, 0)} waiting",
            ),
            ("Since yesterday", f"{counts.get(JobState.DONE, 0)} done, {broken} failed"),
        ),
        places=(Place("jobs", "All jobs"),),
    )
