"""Jobs whose worker is gone are marked lost, so that nobody waits for them."""

from __future__ import annotations

import os
import platform
from datetime import datetime, timedelta

from django.utils import timezone

from firstbell.platform.data import JobState
from firstbell.platform.models import Job, Worker

SILENCE = timedelta(minutes=15)  # a worker beats every 10 s, but may wait long for a busy database
KEPT = timedelta(days=90)


def is_gone(worker: str, beat_at: datetime | None, now: datetime, *, machine: str, alive: bool) -> bool:
    """Whether a worker is gone: its process on this machine is dead, or it has been silent too long."""
    if worker.rpartition(":")[0] == machine and not alive:
        return True
    return beat_at is None or beat_at + SILENCE < now


def sweep() -> int:
    """Mark jobs whose worker is gone as lost and forget old ones; returns how many were lost."""
    now = timezone.now()
    beats = dict(Worker.objects.values_list("name", "beat_at"))
    lost = 0
    for job in Job.objects.filter(state=JobState.RUNNING):
        if is_gone(job.worker, beats.get(job.worker), now, machine=platform.node(), alive=_alive(job.worker)):
            lost += Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
                state=JobState.LOST,
                finished_at=now,
                message="Its worker stopped before it was done. Start it again.",
            )
    Job.objects.filter(finished_at__lt=now - KEPT).delete()
    Worker.objects.filter(beat_at__lt=now - KEPT).delete()
    return lost


def _alive(worker: str) -> bool:
    """Whether a process of that number runs on this machine."""
    try:
        os.kill(int(worker.rpartition(":")[2]), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True
