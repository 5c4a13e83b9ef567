"""Where rows come from, what they were before, and the ids under which they leave."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models


def sourced_id(kind: str, natural_key: str) -> uuid.UUID:
    """An opaque id, stable for ever: UUIDv5 in the installation's secret namespace.

    A plain hash of a student number can be reversed by counting; the secret namespace prevents it.
    Stored at creation and never computed again, so that a renamed or moved row keeps it.
    """
    return uuid.uuid5(settings.SOURCED_ID_NAMESPACE, f"{kind}:{natural_key}")


class Sourced(models.Model):
    """A row that other systems know: it has an opaque id for ever, and ends instead of vanishing."""

    sourced_id = models.UUIDField(unique=True, editable=False)
    #: first day on which its source no longer spoke of it
    ended_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class SourceKey(models.Model):
    """A source's own key for a row: (source, kind, key) leads to the row for ever."""

    source = models.CharField(max_length=64)
    kind = models.CharField(max_length=32)
    key = models.CharField(max_length=255)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "key"], name="one_row_per_source_key"),
        ]
        indexes = [models.Index(fields=["kind", "object_id"])]


class Revision(models.Model):
    """What a row held before a change, who changed it and why; written in the same transaction."""

    kind = models.CharField(max_length=32)
    object_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    account_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    before: models.JSONField[Any, Any] = models.JSONField(default=dict)
    after: models.JSONField[Any, Any] = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id", "at"])]
