"""School years, sessions, calendars and bell schedules."""

from __future__ import annotations

from typing import Any

from django.db import models

from firstbell.people.data import DayType, SessionKind
from firstbell.people.models.organization import School
from firstbell.people.models.source import Sourced


class AcademicSession(Sourced):
    """A school year, semester, term or grading period of a school, or (``school`` null) of the district."""

    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="sessions")
    kind = models.CharField(max_length=16, choices=[(k.value, k.name) for k in SessionKind])
    name = models.CharField(max_length=120)
    school_year = models.PositiveSmallIntegerField()
    begin = models.DateField()
    end = models.DateField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("begin")), name="session_ends_after_begin"
            ),
        ]
        indexes = [models.Index(fields=["school_year", "kind"])]

    def __str__(self) -> str:
        return self.name


class Calendar(Sourced):
    """The days of a school, a school year and a track."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="calendars")
    school_year = models.PositiveSmallIntegerField()
    track = models.CharField(max_length=20, default="A")
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "school_year", "track"], name="one_calendar_per_track"),
        ]


class CalendarDate(models.Model):
    """One date of a calendar. A date that has no row is not a school day."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="dates")
    day = models.DateField()
    day_type = models.CharField(max_length=12, choices=[(k.value, k.name) for k in DayType])
    cycle_letter = models.CharField(max_length=4, blank=True)
    school_month = models.PositiveSmallIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="one_row_per_calendar_day")]
        indexes = [models.Index(fields=["day", "day_type"])]


class ClassPeriod(Sourced):
    """A class period of a school, as in the timetable's column."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="periods")
    name = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="one_period_per_name")]
        ordering = ["school", "order"]

    def __str__(self) -> str:
        return self.name


class BellSchedule(Sourced):
    """The times of a school day; empty lists mean every day type, letter or grade."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="bell_schedules")
    name = models.CharField(max_length=80)
    day_types: models.JSONField[Any, Any] = models.JSONField(default=list)
    letters: models.JSONField[Any, Any] = models.JSONField(default=list)
    grades: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="one_bell_schedule_per_name")]


class BellTimeRow(models.Model):
    """When a period meets in a bell schedule; ``minutes`` count for attendance."""

    bell_schedule = models.ForeignKey(BellSchedule, on_delete=models.CASCADE, related_name="times")
    period = models.ForeignKey(ClassPeriod, on_delete=models.PROTECT, related_name="+")
    begin = models.TimeField()
    end = models.TimeField()
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bell_schedule", "period"], name="one_time_per_period"),
        ]
        ordering = ["begin"]


class Room(Sourced):
    """A room of a school."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    seats = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="one_room_per_name")]

    def __str__(self) -> str:
        return self.name
