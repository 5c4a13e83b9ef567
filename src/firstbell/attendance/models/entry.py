"""What teacher and office say about a student's presence; the office outranks, both are kept."""

from __future__ import annotations

from typing import Any

from django.db import models

from firstbell.attendance.models.roll import NO_PERIOD


class SectionAttendance(models.Model):
    """A student at one meeting of a section. Only exceptions have a row where silence means present."""

    student = models.ForeignKey("people.Student", on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey("people.Section", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    slot = models.BigIntegerField(default=NO_PERIOD)
    teacher_code = models.CharField(max_length=3, blank=True)
    teacher_at = models.DateTimeField(null=True)
    teacher_by = models.CharField(max_length=160, blank=True)
    acting_for = models.CharField(max_length=160, blank=True)
    minutes_late = models.PositiveSmallIntegerField(null=True)
    minutes_early = models.PositiveSmallIntegerField(null=True)
    comment = models.CharField(max_length=300, blank=True)
    office_code = models.CharField(max_length=3, blank=True)
    office_at = models.DateTimeField(null=True)
    office_by = models.CharField(max_length=160, blank=True)
    office_comment = models.CharField(max_length=300, blank=True)
    #: the known absence that wrote the office's code, if one did
    known_absence = models.ForeignKey(
        "KnownAbsenceRow", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    source = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "section", "day", "slot"], name="one_attendance_per_meeting"
            ),
        ]
        indexes = [models.Index(fields=["section", "day", "slot"]), models.Index(fields=["day"])]

    @property
    def effective(self) -> str:
        """The code that counts: the office's if set, else the teacher's."""
        return self.office_code or self.teacher_code


class DayAttendance(models.Model):
    """The office's code for a student's whole day at a school."""

    student = models.ForeignKey("people.Student", on_delete=models.CASCADE, related_name="+")
    school = models.ForeignKey("people.School", on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    office_code = models.CharField(max_length=3)
    office_at = models.DateTimeField()
    office_by = models.CharField(max_length=160, blank=True)
    comment = models.CharField(max_length=300, blank=True)
    known_absence = models.ForeignKey(
        "KnownAbsenceRow", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    source = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["student", "school", "day"], name="one_day_attendance"),
        ]
        indexes = [models.Index(fields=["school", "day"])]


class AttendanceChange(models.Model):
    """What an entry held before a change; the first version stays readable."""

    student = models.ForeignKey("people.Student", on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    school_id = models.BigIntegerField(null=True)
    section_id = models.BigIntegerField(null=True)
    slot = models.BigIntegerField(default=NO_PERIOD)
    at = models.DateTimeField()
    account_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=160, blank=True)
    side = models.CharField(max_length=8)
    before: models.JSONField[Any, Any] = models.JSONField(default=dict)
    after: models.JSONField[Any, Any] = models.JSONField(default=dict)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["student", "day"]), models.Index(fields=["school_id", "at"])]


class KnownAbsenceRow(models.Model):
    """An absence known ahead, both dates inclusive. A family's report waits until the office accepts it."""

    student = models.ForeignKey("people.Student", on_delete=models.CASCADE, related_name="+")
    begin = models.DateField()
    end = models.DateField()
    code = models.CharField(max_length=3, blank=True)
    #: slots of the periods it covers; empty means the whole day
    periods: models.JSONField[Any, Any] = models.JSONField(default=list)
    state = models.CharField(max_length=10, default="accepted")
    #: key of the excuse reason that the family or the office named
    reason = models.CharField(max_length=24, blank=True)
    comment = models.CharField(max_length=300, blank=True)
    reported_at = models.DateTimeField(auto_now_add=True)
    account_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=160, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("begin")), name="known_absence_ends_after_begin"
            ),
        ]
        indexes = [models.Index(fields=["student", "begin", "end"]), models.Index(fields=["state", "begin"])]
