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

from firstbell.platform.data import JobProgress, JobState
from firstbell.platform.jobs.read import job_counts, job_for, jobs_for, last_job, worker_seen_at
from firstbell.platform.jobs.schedule import every
from firstbell.platform.jobs.start import start
from firstbell.platform.jobs.work import Run, work

__all__ = [
    "JobProgress",
    "JobState",
    "Run",
    "every",
    "job_counts",
    "job_for",
    "jobs_for",
    "last_job",
    "start",
    "work",
    "worker_seen_at",
]
