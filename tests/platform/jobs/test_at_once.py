"""Two workers look for work at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from firstbell.platform.jobs import JobState, start, work
from firstbell.platform.jobs.schedule import _scheduled, every, start_due
from firstbell.platform.jobs.start import run_job
from firstbell.platform.jobs.work import _known
from firstbell.platform.jobs.worker import JobWorker
from firstbell.platform.models import Job, ScheduledRun
from firstbell.platform.testing import viewer_with
from tests.at_once import at_once, meet_after

CLERK = viewer_with("attendance_clerk", account_id=5)


@pytest.fixture
def done() -> Iterator[list[int]]:
    known, scheduled, times = dict(_known), dict(_scheduled), []

    @work("test.once", label="Once")
    def once(run):  # type: ignore[no-untyped-def]
        times.append(run.job_id)

    _scheduled.clear()
    yield times
    for registry, before in ((_known, known), (_scheduled, scheduled)):
        registry.clear()
        registry.update(before)


def test_one_job_is_done_once(served: None, done: list[int]) -> None:
    number = Job.objects.create(name="test.once", state=JobState.WAITING, created_at=timezone.now()).pk
    at_once(*[lambda: run_job.call(number, {})] * 2)
    assert done == [number]
    assert Job.objects.get().state == JobState.DONE


def test_two_workers_take_each_job_once(served: None, done: list[int]) -> None:
    numbers = [start(CLERK, "test.once") for _ in range(6)]
    assert at_once(*[lambda: JobWorker().run(once=True)] * 2) == [None, None]
    assert sorted(done) == numbers
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.DONE}


@pytest.mark.parametrize("began_before", [False, True])
def test_what_is_due_begins_once(
    served: None, done: list[int], monkeypatch: pytest.MonkeyPatch, began_before: bool
) -> None:
    every(timedelta(hours=1), "test.once")
    if began_before:
        ScheduledRun.objects.create(name="test.once", last_run_at=timezone.now() - timedelta(hours=2))
    meet_after(monkeypatch, "firstbell.platform.jobs.schedule:is_due")
    answers = at_once(start_due, start_due)
    assert sorted(map(len, answers)) == [0, 1]
    assert Job.objects.count() == 1
