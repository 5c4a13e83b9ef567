"""The truancy sequence: letters with the exact rows that triggered them, and what was done besides."""

from __future__ import annotations

from typing import Any

from django.db import models

from firstbell.attendance.data import LetterState


class Letter(models.Model):
    """A letter of the sequence. What was sent never changes; a later correction is only noted.

    ``evidence`` is the frozen copy of the attendance rows, ``evidence_sha256`` that of its canonical JSON.
    """

    student = models.ForeignKey("people.Student", on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey("people.School", on_delete=models.PROTECT, related_name="+")
    school_year = models.PositiveSmallIntegerField()
    rules = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=LetterState.PROPOSED.value)
    evidence: models.JSONField[Any, Any] = models.JSONField(default=list)
    evidence_sha256 = models.CharField(max_length=64, blank=True)
    conference_at = models.DateTimeField(null=True)
    conference_place = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField(auto_now_add=True)
    hold_reason = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    #: the school-local date of ``sent_at``: occasions after it count for the next letter
    sent_on = models.DateField(null=True)
    sent_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "school_year", "step"],
                condition=models.Q(state__in=["proposed", "held", "sent"]),
                name="each_letter_once_a_school_year",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "state"]),
            models.Index(fields=["student", "school_year"]),
        ]


class LetterAct(models.Model):
    """What somebody (or the batch) did with a letter; never changed, never removed."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="acts")
    verb = models.CharField(max_length=16)
    at = models.DateTimeField(auto_now_add=True)
    account_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=160, blank=True)
    reason = models.CharField(max_length=300, blank=True)


class LetterDelivery(models.Model):
    """One copy of a sent letter: to whom, where, how, in which words, and what became of it.

    ``paper`` is all that was printed, so that a copy can be printed again; ``pdf_sha256`` names the kept
    file (``platform.files``).
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="deliveries")
    contact_id = models.BigIntegerField(null=True)
    addressee = models.CharField(max_length=200)
    relation = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=12)
    template = models.CharField(max_length=60)
    channel = models.CharField(max_length=10)
    address = models.CharField(max_length=400, blank=True)
    confidential = models.BooleanField(default=False)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    paper: models.JSONField[Any, Any] = models.JSONField(default=dict)
    pdf_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10)
    result = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=160, blank=True)
    disclosure_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name_plural = "letter deliveries"


class LetterSettings(models.Model):
    """What letters of a school (null: every school without its own) say and when they are due, from
    ``begin`` on. ``ladder`` empty is the law's; texts are by language."""

    school = models.ForeignKey("people.School", null=True, on_delete=models.CASCADE, related_name="+")
    begin = models.DateField()
    ladder: models.JSONField[Any, Any] = models.JSONField(default=list)
    settle_days = models.PositiveSmallIntegerField(default=0)
    email_first = models.BooleanField(default=True)
    contact_name = models.CharField(max_length=160, blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_email = models.CharField(max_length=254, blank=True)
    signatory = models.CharField(max_length=300, blank=True)
    alternative_programs: models.JSONField[Any, Any] = models.JSONField(default=dict)
    support_services: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "letter settings"
        constraints = [
            models.UniqueConstraint(fields=["school", "begin"], name="one_letter_setting_per_begin"),
            models.UniqueConstraint(
                fields=["begin"],
                condition=models.Q(school=None),
                name="one_district_letter_setting_per_begin",
            ),
        ]


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
