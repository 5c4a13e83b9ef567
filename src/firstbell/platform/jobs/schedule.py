"""What runs by the clock: registered in ``config/wiring.py``, begun by a worker when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.jobs.start import start, start_unless_under_way
from firstbell.platform.jobs.work import known_work
from firstbell.platform.models import ScheduledRun


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A piece of work and how often it is due."""

    name: str
    period: timedelta


_scheduled: dict[str, Scheduled] = {}


def every(period: timedelta, name: str) -> None:
    """Have the piece of work ``name`` begun whenever ``period`` has passed since it last began."""
    known_work(name)
    _scheduled[name] = Scheduled(name, period)


def scheduled() -> list[Scheduled]:
    """All that runs by the clock, in the order in which it was registered."""
    return list(_scheduled.values())


def run_now(viewer: Viewer, name: str) -> int:
    """Start a scheduled piece of work at once; answers the job, the one under way where there is one.

    The clock goes on as it was. Raises NotAllowed unless the viewer may change what the security class
    holds, NotVisible for what is not scheduled.
    """
    viewer.require(DataClass.SECURITY, write=True)
    if name not in _scheduled:
        raise NotVisible
    return start_unless_under_way(viewer, name)


def is_due(period: timedelta, last: datetime | None, now: datetime) -> bool:
    """Whether a piece of work is due; one that never ran is.

    A clock that was set back does not hold it up longer than one period.
    """
    return last is None or not (last <= now < last + period)


def start_due() -> list[int]:
    """Begin all that is due; returns the jobs. Two workers never begin the same twice."""
    now = timezone.now()
    last = dict(ScheduledRun.objects.values_list("name", "last_run_at"))
    return [
        job
        for entry in _scheduled.values()
        if is_due(entry.period, last.get(entry.name), now)
        and (job := _begin(entry.name, last.get(entry.name), now)) is not None
    ]


def _begin(name: str, last: datetime | None, now: datetime) -> int | None:
    """Whoever moves the mark begins the work."""
    with transaction.atomic():
        if last is None:
            try:
                with transaction.atomic():
                    ScheduledRun.objects.create(name=name, last_run_at=now)
            except IntegrityError:
                return None
        elif not ScheduledRun.objects.filter(name=name, last_run_at=last).update(last_run_at=now):
            return None
        viewer = Viewer(None, "schedule", timezone.localdate(), purpose=f"schedule:{name}")
        return start(viewer, name)
