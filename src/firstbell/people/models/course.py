"""Courses, their offerings, the sections that meet, and who teaches them."""

from __future__ import annotations

from typing import Any

from django.db import models

from firstbell.people.data import SectionPosition
from firstbell.people.models.calendar import AcademicSession, ClassPeriod, Room
from firstbell.people.models.organization import School
from firstbell.people.models.person import Staff
from firstbell.people.models.source import Sourced


class Course(Sourced):
    """A catalogue entry of a school, or (``school`` null) of the district."""

    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="courses")
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    description = models.CharField(max_length=1000, blank=True)
    subject = models.CharField(max_length=120, blank=True)
    subject_code = models.CharField(max_length=40, blank=True)
    school_year = models.PositiveSmallIntegerField(null=True)
    grades: models.JSONField[Any, Any] = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.title


class CourseOffering(Sourced):
    """A course offered by a school in a session."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="offerings")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="offerings")
    session = models.ForeignKey(AcademicSession, on_delete=models.PROTECT, related_name="offerings")
    local_code = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200, blank=True)


class Section(Sourced):
    """The group that meets (a OneRoster class)."""

    offering = models.ForeignKey(CourseOffering, on_delete=models.PROTECT, related_name="sections")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="sections")
    code = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    homeroom = models.BooleanField(default=False)
    location = models.CharField(max_length=120, blank=True)
    grades: models.JSONField[Any, Any] = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["school", "title"])]

    def __str__(self) -> str:
        return self.title


class SectionSession(models.Model):
    """A session of a section that lasts longer than its offering's one."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="extra_sessions")
    session = models.ForeignKey(AcademicSession, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "session"], name="section_session_once")]


class SectionMeeting(models.Model):
    """When and where a section meets: a period, on every taught day or on one cycle letter."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="meetings")
    period = models.ForeignKey(ClassPeriod, on_delete=models.PROTECT, related_name="meetings")
    letter = models.CharField(max_length=4, blank=True)
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="meetings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "period", "letter"], name="one_meeting_per_period"),
        ]


class SectionStaff(models.Model):
    """A staff member in a section over a span; access to its students starts and ends with it."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="staff_links")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="section_links")
    position = models.CharField(max_length=20, choices=[(p.value, p.name) for p in SectionPosition])
    begin = models.DateField()
    end = models.DateField(null=True)
    sourced_id = models.UUIDField(unique=True)
    source = models.CharField(max_length=64, blank=True)
    source_key = models.CharField(max_length=255, blank=True)

    class Meta:
        verbose_name_plural = "section staff"
        constraints = [
            models.UniqueConstraint(fields=["section", "staff", "begin"], name="one_section_staff_per_begin"),
        ]
        indexes = [models.Index(fields=["staff", "begin", "end"])]


class Substitution(models.Model):
    """A substitute takes a section on one date; access lasts that date."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="substitutions")
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="substitutions")
    acting_for = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "staff", "day"], name="one_substitution_per_day"),
        ]
        indexes = [models.Index(fields=["staff", "day"])]
