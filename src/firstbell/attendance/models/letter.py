"""The truancy sequence: letters with the exact rows that triggered them, and what was done besides."""

from __future__ import annotations

from typing import Any

from django.db import models


class Letter(models.Model):
    """A letter of the sequence. What was sent never changes; a later correction is only noted.

    ``state``: proposed, held, sent. ``evidence`` is the frozen copy of the attendance rows.
    """

    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("people.School", on_delete=models.PROTECT, related_name="+")
    contact_id = models.BigIntegerField(null=True)
    school_year = models.PositiveSmallIntegerField()
    rules = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    template = models.CharField(max_length=60)
    language = models.CharField(max_length=12)
    state = models.CharField(max_length=10, default="proposed")
    evidence: models.JSONField[Any, Any] = models.JSONField(default=list)
    addressee = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=400, blank=True)
    channel = models.CharField(max_length=10, blank=True)
    text = models.TextField(blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    result = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField(auto_now_add=True)
    hold_reason = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "school_year", "step"], name="each_letter_once_a_school_year"
            ),
        ]
        indexes = [models.Index(fields=["school", "state"])]


class CaseNote(models.Model):
    """A call, a meeting or an agreement in a student's attendance case."""

    student = models.ForeignKey("people.Student", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=12)
    text = models.CharField(max_length=1000)
    account_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=160, blank=True)

    class Meta:
        indexes = [models.Index(fields=["student", "at"])]
