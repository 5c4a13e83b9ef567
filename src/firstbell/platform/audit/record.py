"""Adding to the chain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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

#: rows of the transaction in progress that are written at its end
_waiting: ContextVar[list[list[Any]] | None] = ContextVar("audit rows", default=None)
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
) -> None:
    """Record one act in the caller's transaction: inside ``writing()`` at its end, else at once.

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
    record_many(viewer, [act])


def record_many(viewer: Viewer, acts: Iterable[Act]) -> None:
    """Record many acts with the same number of queries per thousand."""
    rows = [_row(viewer, act) for act in acts]
    waiting = _waiting.get()
    if waiting is not None:
        waiting.extend(rows)
    elif rows:
        _append(rows)


@contextmanager
def gathered() -> Iterator[None]:
    """Inside, rows wait; at the end they are written together, so that the chain is held for that moment
    only and nothing is locked after it. What is taken back leaves no row. Use inside a transaction."""
    outer = _waiting.get()
    mine: list[list[Any]] = []
    token = _waiting.set(mine)
    try:
        yield
    finally:
        _waiting.reset(token)
    if transaction.get_rollback():
        return
    if outer is not None:
        outer.extend(mine)
    elif mine:
        _append(mine)


def _append(rows: list[list[Any]]) -> None:
    with transaction.atomic(savepoint=False):
        head = _locked_head()
        key = audit_key()
        entries = []
        for row in rows:
            head.sequence += 1
            row[0], row[1] = head.sequence, stamp(timezone.now())
            head.mac = row_mac(key, head.mac, row)
            entries.append(AuditEntry(**dict(zip(SIGNED_COLUMNS, row, strict=True)), mac=head.mac))
        AuditEntry.objects.bulk_create(entries, batch_size=1000)
        head.key_id = key_id(key)
        head.seal = head_mac(key, head.sequence, head.mac)
        head.save(force_update=True)


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
    """The values in signing order; number and instant are given when the row joins the chain."""
    for name in (act.action, *act.fields):
        if not _NAME.match(name):
            raise ValueError("an audit row holds names of actions and fields, never values")
    return [
        0,
        "",
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
