"""A lost second factor takes two people to reset."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from firstbell.platform.models.account import Account


class SecondFactorReset(models.Model):
    """One person asks, another approves; neither for themself."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField()
    asked_by_id = models.BigIntegerField()
    asked_at = models.DateTimeField()
    approved_by_id = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(approved_by_id__isnull=True)
                | ~models.Q(approved_by_id=models.F("asked_by_id")),
                name="second_factor_reset_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"reset {self.pk}"
