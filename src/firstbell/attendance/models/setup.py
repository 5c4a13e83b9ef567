"""What a district and its schools set: codes, modes and windows, locked periods. All of it dated."""

from __future__ import annotations

from typing import Any

from django.db import models


class AttendanceCodeRow(models.Model):
    """A code of the district's table; a code that was used is ended, never deleted."""

    code = models.CharField(max_length=3)
    key = models.CharField(max_length=1)
    titles: models.JSONField[Any, Any] = models.JSONField(default=dict)
    kind = models.CharField(max_length=8)
    reason = models.CharField(max_length=10)
    state_category = models.CharField(max_length=32)
    rank = models.PositiveSmallIntegerField()
    begin = models.DateField()
    end = models.DateField(null=True, blank=True)
    tardy = models.BooleanField(default=False)
    left_early = models.BooleanField(default=False)
    earns_ada = models.BooleanField(default=False)
    counts_for_truancy = models.BooleanField(default=False)
    office_only = models.BooleanField(default=False)
    default = models.BooleanField(default=False)
    prefill = models.BooleanField(default=False)
    future = models.BooleanField(default=False)
    needs_comment = models.BooleanField(default=False)
    needs_minutes = models.BooleanField(default=False)
    on_site = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)
    color = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "begin"], name="one_code_per_begin")]
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.code


class AttendanceSettings(models.Model):
    """How a school (null: every school without its own) takes attendance from ``begin`` on.

    ``mode`` is "period" (every meeting has a roll) or "daily" (one homeroom roll a day). Times are
    school-local, days are taught days, minutes count from the begin of the meeting.
    """

    school = models.ForeignKey("people.School", null=True, on_delete=models.CASCADE, related_name="+")
    begin = models.DateField()
    mode = models.CharField(max_length=8, default="period")
    positive = models.BooleanField(default=False)
    rules = models.CharField(max_length=20, default="us-ca")
    day_method = models.CharField(max_length=24, blank=True)
    back_post_days = models.PositiveSmallIntegerField(default=2)
    forward_post_days = models.PositiveSmallIntegerField(default=0)
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    recent_days = models.PositiveSmallIntegerField(default=10)
    remind_after_minutes = models.PositiveSmallIntegerField(default=15)
    unmarked_become_absent = models.BooleanField(default=False)
    #: taught days back for which a family may still explain an absence
    family_excuse_days = models.PositiveSmallIntegerField(default=10)
    #: days up to here count as taken without a submission (an imported year of absences only)
    silent_through = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "attendance settings"
        constraints = [
            models.UniqueConstraint(fields=["school", "begin"], name="one_attendance_setting_per_begin"),
            models.UniqueConstraint(
                fields=["begin"],
                condition=models.Q(school=None),
                name="one_district_attendance_setting_per_begin",
            ),
        ]


class ClosingMonth(models.Model):
    """Which school month closes a period of apportionment (EC 41601); ``school`` null: every school's."""

    school = models.ForeignKey("people.School", null=True, on_delete=models.CASCADE, related_name="+")
    school_year = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=8)
    month = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "school_year", "period"], name="one_closing_month"),
            models.UniqueConstraint(
                fields=["school_year", "period"],
                condition=models.Q(school=None),
                name="one_district_closing_month",
            ),
        ]


class AttendanceLock(models.Model):
    """A closed period: no row through ``through`` changes without a reason, and its figures stay printed.

    ``figures`` holds the figures as certified, ``students`` what each student brought to them; a later
    correction goes to an amended version with what changed and why.
    """

    school = models.ForeignKey("people.School", on_delete=models.CASCADE, related_name="+")
    school_year = models.PositiveSmallIntegerField()
    begin = models.DateField()
    through = models.DateField()
    name = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField(default=1)
    locked_at = models.DateTimeField(auto_now_add=True)
    account_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=160, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    figures: models.JSONField[Any, Any] = models.JSONField(default=dict)
    students: models.JSONField[Any, Any] = models.JSONField(default=list)
    changes: models.JSONField[Any, Any] = models.JSONField(default=list)
    #: attendance or enrollment of its days changed since: an amended version may be due
    stale = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year", "name", "version"], name="one_lock_per_version"
            ),
        ]
