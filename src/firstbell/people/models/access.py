"""Access that does not follow from a post: dated grants and caseloads."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from firstbell.people.models.organization import School
from firstbell.people.models.person import Staff, Student


class RoleGrant(models.Model):
    """A role given to an account for a time, by one person and confirmed by another.

    Posts and sections give roles by themselves; this is for those that no roster knows
    (privacy officer, auditor, first administrator).
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_grants"
    )
    role = models.CharField(max_length=24)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    begin = models.DateField()
    end = models.DateField(null=True, blank=True)
    granted_by_id = models.BigIntegerField(null=True)
    confirmed_by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "begin"])]


class Caseload(models.Model):
    """A staff member answers for a student by name: counselor, case manager, aide."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="caseload")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="caseload_links")
    begin = models.DateField()
    end = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "student", "begin"], name="caseload_once")]
        indexes = [models.Index(fields=["staff", "begin"])]


class FieldOpening(models.Model):
    """A masked field that somebody opened with a typed reason; it closes by itself at ``until``."""

    account_id = models.BigIntegerField()
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="field_openings")
    data_class = models.CharField(max_length=4)
    field = models.CharField(max_length=40)
    reason_code = models.CharField(max_length=24)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account_id", "student", "until"])]


class SentForm(models.Model):
    """A form that was sent, with what was answered: sent again, it changes nothing."""

    key = models.UUIDField(primary_key=True)
    account_id = models.BigIntegerField(null=True)
    answer = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(auto_now_add=True, db_index=True)
