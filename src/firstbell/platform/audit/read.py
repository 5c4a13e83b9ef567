"""Reading the log: only for those whose role opens it (data class D17)."""

from __future__ import annotations

from datetime import datetime

from firstbell.platform.access import DataClass, NotAllowed, Viewer
from firstbell.platform.audit.data import AuditLine
from firstbell.platform.models import AuditEntry


def audit_lines(
    viewer: Viewer,
    *,
    object_kind: str = "",
    object_id: str | int = "",
    before: int | None = None,
    size: int = 50,
) -> list[AuditLine]:
    """The newest lines first, of one object or of all. Raises NotAllowed unless all logs are open to you."""
    if not viewer.sees_whole_district(DataClass.LOGS):
        raise NotAllowed("reading the audit log")
    rows = AuditEntry.objects.order_by("-sequence")
    if object_kind:
        rows = rows.filter(object_kind=object_kind, object_id=str(object_id))
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    return [_line(entry) for entry in rows[:size]]


def _line(entry: AuditEntry) -> AuditLine:
    return AuditLine(
        sequence=entry.sequence,
        at=datetime.fromisoformat(entry.at),
        actor_id=entry.actor_id,
        purpose=entry.purpose,
        action=entry.action,
        object_kind=entry.object_kind,
        object_id=entry.object_id,
        data_classes=tuple(DataClass(code) for code in entry.data_classes.split()),
        fields=tuple(entry.fields.split()),
        count=entry.count,
        reason=entry.reason,
        request_id=entry.request_id,
    )
