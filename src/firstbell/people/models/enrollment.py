"""Belonging, dated and versioned: a correction closes the old version and adds a new one.

``begin``/``entry`` to ``end``/``exit`` say when it was true; ``recorded_at`` to ``superseded_at`` say
when it was known. The current version has ``superseded_at`` null. Each act (enroll, withdraw,
correct, an import) is one ``RosterAct``, so that it can be read and undone as one.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from firstbell.people.data import AttendanceProgram, EnrollmentStatus, ProgramKind
from firstbell.people.models.course import Section
from firstbell.people.models.organization import School
from firstbell.people.models.person import Student


class RosterAct(models.Model):
    """One act on enrolments: who, when, why, and what it was."""

    verb = models.CharField(max_length=24)
    at = models.DateTimeField(auto_now_add=True)
    account_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=160, blank=True)
    source = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    student = models.ForeignKey(Student, null=True, on_delete=models.CASCADE, related_name="roster_acts")
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        indexes = [models.Index(fields=["student", "at"])]


class Versioned(models.Model):
    """A version of a dated fact."""

    sourced_id = models.UUIDField(db_index=True)
    recorded_in = models.ForeignKey(RosterAct, on_delete=models.PROTECT, related_name="+")
    superseded_in = models.ForeignKey(RosterAct, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=64, blank=True)
    #: the source's own id of the row, where it has one
    source_key = models.CharField(max_length=255, blank=True)

    class Meta:
        abstract = True


class SchoolEnrollment(Versioned):
    """A student in a school from ``entry`` to ``exit`` (inclusive; null while it lasts)."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="school_enrollments")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="school_enrollments")
    school_year = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=8)
    entry = models.DateField()
    entry_code = models.CharField(max_length=20, blank=True)
    exit = models.DateField(null=True)
    exit_code = models.CharField(max_length=20, blank=True)
    completion_code = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=12, default=EnrollmentStatus.PRIMARY.value)
    program = models.CharField(max_length=20, default=AttendanceProgram.REGULAR.value)
    track = models.CharField(max_length=20, default="A")
    ada_eligible = models.BooleanField(default=True)
    residence_district = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sourced_id"], condition=Q(superseded_at=None), name="one_current_school_enrollment"
            ),
        ]
        indexes = [
            models.Index(
                fields=["student", "entry"], condition=Q(superseded_at=None), name="school_enr_student"
            ),
            models.Index(
                fields=["school", "school_year", "entry", "exit"],
                condition=Q(superseded_at=None),
                name="school_enr_school",
            ),
        ]


class SectionEnrollment(Versioned):
    """A student in a section from ``begin`` to ``end`` (inclusive; null while it lasts)."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="section_enrollments")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="section_enrollments")
    begin = models.DateField()
    end = models.DateField(null=True)
    homeroom = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["sourced_id"], condition=Q(superseded_at=None), name="one_current_section_enrollment"
            ),
        ]
        indexes = [
            models.Index(
                fields=["section", "begin", "end"],
                condition=Q(superseded_at=None),
                name="section_enr_section",
            ),
            models.Index(
                fields=["student", "begin"], condition=Q(superseded_at=None), name="section_enr_student"
            ),
        ]


class ProgramParticipation(models.Model):
    """A student in a programme over a span (data class D8, D11 for need-based ones)."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="program_participations")
    kind = models.CharField(max_length=20, choices=[(k.value, k.name) for k in ProgramKind])
    name = models.CharField(max_length=120, blank=True)
    begin = models.DateField()
    end = models.DateField(null=True)
    detail = models.CharField(max_length=200, blank=True)
    exit_reason = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "kind", "name", "begin", "detail"], name="one_participation_per_begin"
            ),
        ]
        indexes = [models.Index(fields=["kind", "begin", "end"])]
