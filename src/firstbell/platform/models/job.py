"""Work that goes on behind a page: what runs, how far it is, how it ended; and what runs by the clock."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from firstbell.platform.data import JobState


class Job(models.Model):
    """One run of one piece of background work, as people see it."""

    name = models.CharField(max_length=100)
    label = models.CharField(max_length=200)
    account_id = models.BigIntegerField(null=True, help_text="who asked for it; none when the schedule did")
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in JobState])
    percent = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True, default="")
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=100, blank=True, default="", help_text="machine:process")
    finished_at = models.DateTimeField(null=True)
    request_id = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "created_at"], name="job_state"),
            models.Index(fields=["account_id", "-created_at"], name="job_account"),
            models.Index(fields=["name", "id"], name="job_name"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="job_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"


class ScheduledRun(models.Model):
    """When a scheduled piece of work last began; what is scheduled stands in the code that registers it."""

    name = models.CharField(max_length=100, primary_key=True)
    last_run_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Worker(models.Model):
    """A worker process (machine:process) and its last sign of life."""

    name = models.CharField(max_length=100, primary_key=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
