"""The pupil-day: what the rows of a day amount to, stored where somebody said something.

A day without a row was attended in full as far as anybody said; counts take it from membership.
"""

from __future__ import annotations

from typing import Any

from django.db import models


class PupilDayRow(models.Model):
    """A student's derived day at a school; no flag follows from another. Minutes are tenths of minutes."""

    student = models.ForeignKey("people.Student", on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("people.School", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    scheduled_tenths = models.PositiveIntegerField(default=0)
    present_tenths = models.PositiveIntegerField(default=0)
    fraction_n = models.PositiveIntegerField(default=1)
    fraction_d = models.PositiveIntegerField(default=1)
    category = models.CharField(max_length=32)
    code = models.CharField(max_length=3)
    state_day_present = models.BooleanField()
    local_day_present = models.BooleanField()
    earns_ada = models.BooleanField()
    full_day_unexcused = models.BooleanField()
    unexcused_gaps: models.JSONField[Any, Any] = models.JSONField(default=list)
    occasions = models.PositiveSmallIntegerField(default=0)
    complete = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["student", "school", "day"], name="one_pupil_day"),
        ]
        indexes = [models.Index(fields=["school", "day"])]


class RecomputeRequest(models.Model):
    """Days of a school that must be derived anew because calendar, bells, codes or settings changed.

    (What changes one student's days is derived anew at once.)
    """

    school = models.ForeignKey("people.School", on_delete=models.CASCADE, related_name="+")
    since = models.DateField()
    at = models.DateTimeField(auto_now_add=True)


class DayProof(models.Model):
    """The last proof of a school's pupil-days: stored days held against derived ones.

    ``sample`` names some that differ: (student id, day).
    """

    school = models.OneToOneField(
        "people.School", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField()
    begin = models.DateField()
    through = models.DateField()
    compared = models.PositiveIntegerField()
    differing = models.PositiveIntegerField()
    sample: models.JSONField[Any, Any] = models.JSONField(default=list)
