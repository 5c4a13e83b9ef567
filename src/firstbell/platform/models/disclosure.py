"""Who outside was told what about whom (34 CFR 99.32)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Disclosure(models.Model):
    """One release of education records, or one request that was refused.

    Students are named by their number: the room that holds them stands above this one.
    """

    party = models.CharField(max_length=300)
    basis = models.CharField(max_length=60, help_text="code of tables/disclosure_bases.yaml")
    purpose = models.TextField()
    data_classes = models.CharField(max_length=200)
    fields = models.TextField()
    requested_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    refused_reason = models.TextField(blank=True, default="")
    channel = models.CharField(max_length=60)
    agreement = models.CharField(max_length=100, blank=True, default="")
    redisclosure_terms = models.TextField(blank=True, default="")
    file_hash = models.CharField(max_length=64, blank=True, default="")
    exempt = models.BooleanField(help_text="not part of the record a parent inspects (34 CFR 99.32(d))")
    student_count = models.PositiveIntegerField()
    actor_id = models.BigIntegerField(null=True)
    request_id = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(released_at__isnull=True, refused_reason__gt="")
                | models.Q(released_at__isnull=False, refused_reason=""),
                name="disclosure_released_or_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"disclosure {self.pk}"


class DisclosedStudent(models.Model):
    """One student of one disclosure."""

    pk = models.CompositePrimaryKey("student_id", "disclosure_id")
    student_id = models.BigIntegerField()
    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="students")

    def __str__(self) -> str:
        return f"student {self.student_id} in disclosure {self.disclosure_id}"
