"""Recording one act on enrolments: versions closed and added, audited, told to the house."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from firstbell.people.models import RosterAct, SchoolEnrollment, SectionEnrollment
from firstbell.people.models.source import sourced_id
from firstbell.platform import audit
from firstbell.platform.access import DataClass, Viewer

#: the source of rows that people of the district enter themselves
DISTRICT = "district"
_BOOKKEEPING = frozenset({"id", "recorded_in_id", "superseded_in_id", "recorded_at", "superseded_at"})


class Act:
    """One act in progress; ``finish`` audits it. Use inside a transaction."""

    def __init__(self, viewer: Viewer, verb: str, student_id: int, reason: str = "") -> None:
        self.viewer = viewer
        self.row = RosterAct.objects.create(
            verb=verb,
            account_id=viewer.account_id,
            actor_name=viewer.name,
            source=DISTRICT,
            reason=reason,
            student_id=student_id,
        )
        self.now = timezone.now()
        self.fields: set[str] = set()

    def add(self, model: Any, **columns: Any) -> Any:
        """A new row's first version."""
        self.fields.update(columns)
        return model.objects.create(
            recorded_in=self.row,
            recorded_at=self.now,
            source=DISTRICT,
            sourced_id=sourced_id(model._meta.model_name, uuid.uuid4().hex),
            **columns,
        )

    def close(self, version: SchoolEnrollment | SectionEnrollment) -> None:
        """Close a version without a successor."""
        version.superseded_in, version.superseded_at = self.row, self.now
        version.save(update_fields=["superseded_in", "superseded_at"])

    def replace(self, version: Any, **changes: Any) -> Any:
        """Close a version and add the one that follows it."""
        self.close(version)
        self.fields.update(changes)
        return type(version).objects.create(
            **{name: value for name, value in columns_of(version).items() if name not in changes},
            **changes,
            recorded_in=self.row,
            recorded_at=self.now,
        )

    def finish(self, data_classes: Iterable[DataClass] = (DataClass.ENROLLMENT,)) -> RosterAct:
        """Write the audit record; the last step of the transaction."""
        audit.record(
            self.viewer,
            f"enrollment.{self.row.verb}",
            "student",
            self.row.student_id or "",
            data_classes=data_classes,
            fields=sorted(self.fields),
        )
        return self.row


def columns_of(version: Any) -> dict[str, Any]:
    """The facts of a version, without its bookkeeping."""
    return {
        item.attname: getattr(version, item.attname)
        for item in version._meta.concrete_fields
        if item.attname not in _BOOKKEEPING
    }
