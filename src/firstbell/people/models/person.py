"""Students, contacts and staff.

What identifies a student (``Student``, ``StudentIdentifier``), what describes them
(``StudentDemographics``) and how to reach them (``StudentDirectory``) are apart, because each is
seen by different eyes and leaves under its own contract (Ed-Fi 6 splits them in the same way).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from firstbell.people.data import StaffRole
from firstbell.people.models.organization import School
from firstbell.people.models.source import Sourced


class Named(models.Model):
    """A legal name with the preferred one beside it."""

    first_name = models.CharField(max_length=80)
    middle_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=80)
    suffix = models.CharField(max_length=20, blank=True)
    preferred_first_name = models.CharField(max_length=80, blank=True)
    preferred_middle_name = models.CharField(max_length=80, blank=True)
    preferred_last_name = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        # no name: models end up in logs and error reports
        return f"{type(self).__name__} {self.pk}"

    @property
    def display_name(self) -> str:
        """``Last, First``, by the preferred name where there is one."""
        last = self.preferred_last_name or self.last_name
        first = self.preferred_first_name or self.first_name
        return f"{last}, {first}{' ' + self.suffix if self.suffix else ''}"

    @property
    def spoken_name(self) -> str:
        """``First Last``, by the preferred name where there is one."""
        first = self.preferred_first_name or self.first_name
        return f"{first} {self.preferred_last_name or self.last_name}"


class Reachable(models.Model):
    """How to reach a person."""

    address = models.CharField(max_length=300, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=40, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    mobile = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    #: address masked everywhere, exports too
    confidential = models.BooleanField(default=False)

    class Meta:
        abstract = True


class Student(Named, Sourced):
    """A student's identity."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="student"
    )
    local_id = models.CharField(max_length=40, blank=True, db_index=True)
    state_id = models.CharField(max_length=40, blank=True, db_index=True)
    username = models.CharField(max_length=150, blank=True)
    #: grade as a source without school enrolments reports it (CEDS code)
    reported_grade = models.CharField(max_length=8, blank=True)


class StudentIdentifier(models.Model):
    """A further number of a student in some system. Restricted ones never leave and are masked on screen."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="identifiers")
    system = models.CharField(max_length=40)
    value = models.CharField(max_length=80)
    restricted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["student", "system", "value"], name="identifier_once"),
        ]


class StudentDemographics(models.Model):
    """What describes a student (data class D2, exports under their own scope)."""

    student = models.OneToOneField(
        Student, primary_key=True, on_delete=models.CASCADE, related_name="demographics"
    )
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=12, blank=True)
    hispanic = models.BooleanField(null=True)
    american_indian = models.BooleanField(default=False)
    asian = models.BooleanField(default=False)
    black = models.BooleanField(default=False)
    pacific_islander = models.BooleanField(default=False)
    white = models.BooleanField(default=False)
    two_or_more_races = models.BooleanField(default=False)
    home_language = models.CharField(max_length=60, blank=True)
    birth_country = models.CharField(max_length=60, blank=True)
    birth_state = models.CharField(max_length=60, blank=True)
    birth_city = models.CharField(max_length=80, blank=True)
    residence_status = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name_plural = "student demographics"
        indexes = [models.Index(fields=["birth_date"])]


class StudentDirectory(Reachable):
    """How to reach a student's home (data class D2)."""

    student = models.OneToOneField(
        Student, primary_key=True, on_delete=models.CASCADE, related_name="directory"
    )

    class Meta:
        verbose_name_plural = "student directories"


class Contact(Named, Reachable, Sourced):
    """A parent, guardian or other person who answers for a student."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="contact"
    )
    local_id = models.CharField(max_length=40, blank=True)
    username = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=12, blank=True)


class StudentContact(models.Model):
    """The dated relation of a contact to a student, with the contact's rights."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="contact_links")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="student_links")
    relation = models.CharField(max_length=60)
    has_rights = models.BooleanField(default=True)
    primary = models.BooleanField(default=False)
    lives_with = models.BooleanField(null=True)
    emergency = models.BooleanField(default=False)
    may_pick_up = models.BooleanField(default=True)
    portal_access = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=1)
    begin = models.DateField(null=True)
    end = models.DateField(null=True)
    source = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["student", "contact"], name="one_link_per_student_and_contact"),
        ]
        indexes = [models.Index(fields=["contact", "student"])]
        ordering = ["order", "id"]


class CourtOrder(models.Model):
    """A court order about a contact and a student (D12). While it bars, it beats every other relation."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="court_orders")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="court_orders")
    bars_access = models.BooleanField(default=True)
    begin = models.DateField()
    end = models.DateField(null=True, blank=True)
    #: court and case number; the paper itself is sighted, not uploaded
    reference = models.CharField(max_length=120)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["contact", "student", "begin"])]


class Staff(Named, Reachable, Sourced):
    """A staff member."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="staff"
    )
    local_id = models.CharField(max_length=40, blank=True, db_index=True)
    state_id = models.CharField(max_length=40, blank=True, db_index=True)
    username = models.CharField(max_length=150, blank=True)
    sex = models.CharField(max_length=12, blank=True)
    birth_date = models.DateField(null=True)
    hire_date = models.DateField(null=True)
    end_date = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "staff"


class StaffAssignment(models.Model):
    """A post at a school, or at the district (``school`` null). A post ends, its access ends."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="assignments")
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="staff_assignments")
    role = models.CharField(max_length=24, choices=[(r.value, r.name) for r in StaffRole])
    title = models.CharField(max_length=120, blank=True)
    classification = models.CharField(max_length=80, blank=True)
    primary = models.BooleanField(default=True)
    begin = models.DateField()
    end = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["staff", "begin"]), models.Index(fields=["school", "role"])]


class NameWord(models.Model):
    """A word by which a person is found: name parts without accents in lower case, and numbers."""

    word = models.CharField(max_length=80)
    kind = models.CharField(max_length=8)
    object_id = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["word", "kind", "object_id"]),
            models.Index(fields=["kind", "object_id"]),
        ]
