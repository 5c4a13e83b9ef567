"""Work behind the page: started, watched, finished, refused, failed, lost."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from firstbell.kernel.finding import Refused, error
from firstbell.platform.access import NotVisible
from firstbell.platform.jobs import JobState, job_for, jobs_for, start, work, worker_seen_at
from firstbell.platform.jobs.schedule import every, is_due, start_due
from firstbell.platform.jobs.sweep import is_gone, sweep
from firstbell.platform.jobs.work import _known
from firstbell.platform.jobs.worker import JobWorker
from firstbell.platform.models import AuditEntry, Job, ScheduledRun, Worker
from firstbell.platform.testing import viewer_with

pytestmark = pytest.mark.django_db
CLERK = viewer_with("attendance_clerk", account_id=5)
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def seen():
    known = dict(_known)
    progress = []

    @work("test.count", label="Counting")
    def count(run, *, to):
        for n in range(to):
            run.progress(n * 100 // to, f"{n} of {to}")
            progress.append(job_for(CLERK, run.job_id))
        return {"counted": to}

    @work("test.refuse", label="Refusing")
    def refuse(run):
        raise Refused([error("test.bad", "Row 3 is bad.", "Mend row 3.", row=3)])

    @work("test.fail", label="Failing")
    def fail(run):
        raise RuntimeError("Key (name)=(Ana) exists")

    yield progress
    _known.clear()
    _known.update(known)


def test_a_job_tells_how_far_it_is_and_how_it_ended(seen):
    number = start(CLERK, "test.count", to=4)
    assert [(p.state, p.percent, p.message) for p in seen] == [
        (JobState.RUNNING, 0, "0 of 4"),
        (JobState.RUNNING, 25, "1 of 4"),
        (JobState.RUNNING, 50, "2 of 4"),
        (JobState.RUNNING, 75, "3 of 4"),
    ]
    job = job_for(CLERK, number)
    assert (job.state, job.percent, job.result, job.label) == (JobState.DONE, 100, {"counted": 4}, "Counting")
    assert job.finished_at >= job.started_at >= job.created_at
    assert AuditEntry.objects.get().action == "job.start"


def test_a_refusal_carries_its_findings():
    job = job_for(CLERK, start(CLERK, "test.refuse"))
    assert job.state is JobState.REFUSED
    assert job.result["findings"][0]["row"] == 3


def test_a_failure_is_told_with_a_reference_and_without_values():
    job = job_for(CLERK, start(CLERK, "test.fail"))
    assert job.state is JobState.FAILED
    assert "Ana" not in job.message
    assert "Reference" in job.message


def test_one_sees_ones_own_jobs_and_who_minds_the_house_sees_all():
    number = start(CLERK, "test.count", to=1)
    chief = viewer_with("technology_chief", account_id=9)
    assert [job.id for job in jobs_for(CLERK)] == [job.id for job in jobs_for(chief)] == [number]
    assert jobs_for(viewer_with("teacher", account_id=6)) == []
    with pytest.raises(NotVisible):
        job_for(viewer_with("teacher", account_id=6), number)


def test_a_name_belongs_to_one_piece_of_work():
    with pytest.raises(ValueError, match=r"test\.count"):
        work("test.count", label="Again")(lambda run: None)


@pytest.mark.django_db(transaction=True)
def test_a_worker_takes_what_was_committed_and_nothing_else(settings, seen):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

    def give_up():
        with transaction.atomic():
            start(CLERK, "test.count", to=1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        give_up()
    number = start(CLERK, "test.count", to=2)
    assert job_for(CLERK, number).state is JobState.WAITING
    JobWorker().run(once=True)
    assert job_for(CLERK, number).state is JobState.DONE
    assert len(seen) == 2
    assert worker_seen_at() is not None


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (None, True),
        (NOW, False),
        (NOW - timedelta(minutes=59), False),
        (NOW - timedelta(hours=1), True),
        (NOW + timedelta(seconds=1), True),  # the clock was set back
    ],
)
def test_what_is_due(last, due):
    assert is_due(timedelta(hours=1), last, NOW) is due


def test_what_runs_by_the_clock_begins_once_per_period(monkeypatch):
    monkeypatch.setattr("firstbell.platform.jobs.schedule._scheduled", {})
    known_before = Job.objects.count()
    every(timedelta(hours=1), "test.refuse")
    assert len(start_due()) == 1
    assert start_due() == []
    ScheduledRun.objects.update(last_run_at=timezone.now() - timedelta(hours=2))
    assert len(start_due()) == 1
    assert Job.objects.count() == known_before + 2
    assert AuditEntry.objects.first().purpose == "schedule:test.refuse"


@pytest.mark.parametrize(
    ("worker", "beat", "alive", "gone"),
    [
        ("here:1", NOW, True, False),
        ("here:1", NOW, False, True),
        ("there:1", NOW, False, False),
        ("there:1", NOW - timedelta(minutes=16), False, True),
        ("there:1", None, False, True),
        ("here:1", NOW - timedelta(minutes=16), True, True),
    ],
)
def test_when_a_worker_is_gone(worker, beat, alive, gone):
    assert is_gone(worker, beat, NOW, machine="here", alive=alive) is gone


def test_a_job_whose_worker_died_is_marked_lost_and_others_are_left_alone():
    now = timezone.now()
    common = {"name": "n", "label": "l", "state": JobState.RUNNING, "created_at": now, "account_id": 5}
    mine = f"{platform.node()}:{os.getpid()}"
    Worker.objects.create(name=mine, started_at=now, beat_at=now)
    alive = Job.objects.create(worker=mine, **common)
    dead = Job.objects.create(worker=f"{platform.node()}:99999999", **common)
    assert sweep() == 1
    assert job_for(CLERK, alive.pk).state is JobState.RUNNING
    assert job_for(CLERK, dead.pk).state is JobState.LOST
    assert "Start it again" in job_for(CLERK, dead.pk).message
