"""The audit chain as stored: rows that are only ever added, and the sealed head that says how far they go."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class AuditEntry(models.Model):
    """One act. The stored text is the signed text: instants, lists and the code are kept as they were signed.

    Rows are added by ``platform.audit`` alone; triggers refuse a change or a removal.
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=27, help_text="UTC, 2026-11-24T04:14:00.123456Z")
    actor_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=100)
    on_behalf_of_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=100)
    object_kind = models.CharField(max_length=100)
    object_id = models.CharField(max_length=200)
    data_classes = models.CharField(max_length=200, help_text="codes, separated by spaces")
    fields = models.TextField(help_text="names only, separated by spaces; never values")
    count = models.BigIntegerField()
    reason = models.TextField()
    request_id = models.CharField(max_length=40)
    agreement = models.CharField(max_length=100)
    mac = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["actor_id", "sequence"], name="audit_actor"),
            models.Index(fields=["object_kind", "object_id", "sequence"], name="audit_object"),
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["action", "sequence"], name="audit_action"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class AuditHead(models.Model):
    """The end of the chain, sealed, so that cut-off last rows show. One row; also the writers' lock."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField()
    mac = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)
    key_id = models.CharField(max_length=16)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="audit_head_is_one_row"),
        ]

    def __str__(self) -> str:
        return f"head at {self.sequence}"
