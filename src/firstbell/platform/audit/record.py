"""Adding to the chain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.audit.chain import GENESIS, SIGNED_COLUMNS, head_mac, key_id, row_mac
from firstbell.platform.audit.data import Act
from firstbell.platform.models import AuditEntry, AuditHead
from firstbell.platform.request_id import current_request_id

_NAME = re.compile(r"[a-z][a-z0-9_.:-]*\Z")


def audit_key() -> bytes:
    """The key of the chain, from the home folder; it never lies in the database."""
    return str(settings.AUDIT_KEY).encode("ascii")


def record(
    viewer: Viewer,
    action: str,
    object_kind: str = "",
    object_id: str | int = "",
    *,
    data_classes: Iterable[DataClass] = (),
    fields: Iterable[str] = (),
    count: int = 1,
    reason: str = "",
    agreement: str = "",
    on_behalf_of_id: int | None = None,
) -> int:
    """Record one act in the caller's transaction, as its last step; returns the number of the row.

    Raises ValueError when an action or a field is not a plain name: a value must never get in.
    """
    act = Act(
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        data_classes=tuple(data_classes),
        fields=tuple(fields),
        count=count,
        reason=reason,
        agreement=agreement,
        on_behalf_of_id=on_behalf_of_id,
    )
    return record_many(viewer, [act])


def record_many(viewer: Viewer, acts: Iterable[Act]) -> int:
    """Record many acts with the same number of queries per thousand; returns the number of the last row."""
    rows = [_row(viewer, act) for act in acts]
    with transaction.atomic(savepoint=False):
        head = _locked_head()
        if not rows:
            return head.sequence
        key = audit_key()
        entries = []
        for row in rows:
            head.sequence += 1
            row[0] = head.sequence
            head.mac = row_mac(key, head.mac, row)
            entries.append(AuditEntry(**dict(zip(SIGNED_COLUMNS, row, strict=True)), mac=head.mac))
        AuditEntry.objects.bulk_create(entries, batch_size=1000)
        head.key_id = key_id(key)
        head.seal = head_mac(key, head.sequence, head.mac)
        head.save(force_update=True)
        return head.sequence


def _locked_head() -> AuditHead:
    """The head, held until the transaction ends: one writer at a time (SQLite writes one by one anyway)."""
    head = AuditHead.objects.select_for_update().filter(id=1).first()
    if head is None:
        AuditHead.objects.bulk_create([_first_head()], ignore_conflicts=True)
        head = AuditHead.objects.select_for_update().get(id=1)
    return head


def _first_head() -> AuditHead:
    key = audit_key()
    return AuditHead(id=1, sequence=0, mac=GENESIS, seal=head_mac(key, 0, GENESIS), key_id=key_id(key))


def _row(viewer: Viewer, act: Act) -> list[Any]:
    """The values in signing order, the sequence still open."""
    for name in (act.action, *act.fields):
        if not _NAME.match(name):
            raise ValueError("an audit row holds names of actions and fields, never values")
    return [
        0,
        stamp(timezone.now()),
        viewer.account_id,
        viewer.purpose,
        act.on_behalf_of_id,
        act.action,
        act.object_kind,
        str(act.object_id),
        " ".join(sorted(act.data_classes, key=lambda code: int(code[1:]))),
        " ".join(act.fields),
        act.count,
        act.reason,
        current_request_id(),
        act.agreement,
    ]


def stamp(moment: datetime) -> str:
    """An instant as it is signed: UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
