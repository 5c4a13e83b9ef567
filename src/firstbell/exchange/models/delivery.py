"""What came in: each run with its difference and findings, and records kept for rooms to come."""

from __future__ import annotations

from typing import Any

from django.db import models


class ImportRun(models.Model):
    """One attempt to bring a source in.

    ``state``: waiting (its job has not come to it), running, applied, unchanged, dry_run, held, dismissed,
    refused, failed. A run on which a person decided (held, or shown in a dry run) says who, when and why;
    what came of it is a run of its own, which ``follows`` it.
    """

    format = models.CharField(max_length=24)
    source = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    account_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=10)
    #: habits of the source by which it was read
    options: models.JSONField[Any, Any] = models.JSONField(default=dict)
    difference: models.JSONField[Any, Any] = models.JSONField(default=list)
    findings: models.JSONField[Any, Any] = models.JSONField(default=list)
    finding_count = models.PositiveIntegerField(default=0)
    #: SHA-256 of the file while it is kept for a decision
    waiting_file = models.CharField(max_length=64, blank=True, default="")
    job_id = models.BigIntegerField(null=True)
    follows = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    decision = models.CharField(max_length=10, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=160, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["-started_at"]),
            models.Index(fields=["source", "state"], name="import_run_source_state"),
        ]


class KeptRecordRow(models.Model):
    """A record of a source, kept whole for a room that does not stand yet."""

    source = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=255)
    student = models.ForeignKey("people.Student", null=True, on_delete=models.CASCADE, related_name="+")
    payload: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "key"], name="one_kept_record_per_key"),
        ]
        indexes = [models.Index(fields=["kind"])]
