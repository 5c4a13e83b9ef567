"""The proof that attendance was taken."""

from __future__ import annotations

from typing import Any

from django.db import models

#: ``slot`` of a section that meets without a class period (a homeroom's daily roll)
NO_PERIOD = 0


class RollSubmission(models.Model):
    """A section's roll for one meeting of a day was submitted. No row means "not taken", never "all present".

    ``slot`` is the class period's id, 0 where the section meets without one. ``version`` counts edits
    from 1.
    """

    section = models.ForeignKey("people.Section", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    slot = models.BigIntegerField(default=NO_PERIOD)
    version = models.PositiveIntegerField(default=1)
    submitted_at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=160, blank=True)
    acting_for = models.CharField(max_length=160, blank=True)
    on_paper = models.BooleanField(default=False)
    enrolled = models.PositiveSmallIntegerField(default=0)
    absent = models.PositiveSmallIntegerField(default=0)
    tardy = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "day", "slot"], name="one_submission_per_meeting"),
        ]
        indexes = [models.Index(fields=["day", "section"])]


class RollAnswer(models.Model):
    """What a sent roll was answered. The browser makes a client id for each roll it sends, so that one sent
    again, however late and however many edits ago, gets the first answer and changes nothing."""

    submission = models.ForeignKey(RollSubmission, on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField()
    receipt: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "client_id"], name="one_answer_per_client_id"),
        ]


class RollWaiver(models.Model):
    """A roll that need not be taken any more, with the reason."""

    section = models.ForeignKey("people.Section", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    slot = models.BigIntegerField(default=NO_PERIOD)
    reason = models.CharField(max_length=300)
    account_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "day", "slot"], name="one_waiver_per_meeting")
        ]


class RollReminder(models.Model):
    """An outstanding roll's teacher was reminded; once for each meeting."""

    section = models.ForeignKey("people.Section", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    slot = models.BigIntegerField(default=NO_PERIOD)
    at = models.DateTimeField(auto_now_add=True)
    mailed = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "day", "slot"], name="one_reminder_per_meeting")
        ]
        indexes = [models.Index(fields=["day"])]


class RollOpening(models.Model):
    """A roll was opened by whoever takes it, where the school lets unmarked students become absent."""

    section = models.ForeignKey("people.Section", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    slot = models.BigIntegerField(default=NO_PERIOD)
    at = models.DateTimeField(auto_now_add=True)
    by_name = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "day", "slot"], name="one_opening_per_meeting")
        ]
        indexes = [models.Index(fields=["day"])]
