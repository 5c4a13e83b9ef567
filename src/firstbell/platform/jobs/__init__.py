"""Work that goes on behind a page: started by a person or by the clock, watched, never lost without a word.

A room names a piece of work once::

    @work("roster.import", label="Roster import")
    def import_roster(run: Run, *, path: str) -> dict[str, int]:
        for number, batch in enumerate(batches):
            ...
            run.progress(number * 100 // total, "sections")
        return counts

and starts it with ``start(viewer, "roster.import", path=…)``: the job is a row in the caller's
transaction, a worker (``firstbell worker``) takes it after the commit. What fails is marked failed
with a reference to the log; what its worker left lying is swept up and marked lost.
"""

from firstbell.platform.data import JobProgress, JobState, ScheduledWork
from firstbell.platform.jobs.read import (
    JOB_WATCHERS,
    job_counts,
    job_for,
    jobs_for,
    last_job,
    scheduled_work,
    worker_seen_at,
)
from firstbell.platform.jobs.schedule import every, run_now
from firstbell.platform.jobs.start import start, start_unless_under_way
from firstbell.platform.jobs.work import Run, work

__all__ = [
    "JOB_WATCHERS",
    "JobProgress",
    "JobState",
    "Run",
    "ScheduledWork",
    "every",
    "job_counts",
    "job_for",
    "jobs_for",
    "last_job",
    "run_now",
    "scheduled_work",
    "start",
    "start_unless_under_way",
    "work",
    "worker_seen_at",
]
