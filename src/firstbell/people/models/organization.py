"""Agencies and schools."""

from __future__ import annotations

from typing import Any

from django.db import models

from firstbell.people.data import AgencyKind
from firstbell.people.models.source import Sourced


class Agency(Sourced):
    """A district, or the county, service center or state above it."""

    kind = models.CharField(max_length=24, choices=[(k.value, k.name) for k in AgencyKind])
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    state_id = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class School(Sourced):
    """A school of an agency; ``grades`` are CEDS codes, youngest first."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="schools")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    state_id = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=60, blank=True)
    grades: models.JSONField[Any, Any] = models.JSONField(default=list)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
