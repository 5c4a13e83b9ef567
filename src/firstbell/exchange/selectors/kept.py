"""Kept records that may leave with a viewer."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.db.models import Q

from firstbell.exchange.data import KeptRecord
from firstbell.exchange.models import KeptRecordRow
from firstbell.exchange.rules.leaving_records import BESIDE, GRADEBOOK, Find, leaving
from firstbell.people.api import leaving_ids, sourced_id, students_leaving
from firstbell.platform.access import DataClass, Viewer


def kept_for(viewer: Viewer) -> Iterator[KeptRecord]:
    """Marks, gradebook, resources and extras, under the ids by which they leave.

    A mark leaves where its student's gradebook (D5) is open to the viewer whole; what belongs to no
    student (line items, resources) leaves with any.
    """
    rows = KeptRecordRow.objects.filter(kind__in=BESIDE)
    marked = students_leaving(viewer, DataClass.GRADEBOOK)
    if marked.exists():
        open_ = Q(student=None) | Q(student__in=marked)
        rows = KeptRecordRow.objects.filter(Q(kind__in=BESIDE) | (Q(kind__in=GRADEBOOK) & open_))
    for source in rows.order_by("source").values_list("source", flat=True).distinct():
        find = _finder(source)
        columns = ("kind", "key", "student__sourced_id", "payload")
        for kind, key, student, payload in rows.filter(source=source).values_list(*columns).iterator(5_000):
            record = KeptRecord(kind=kind, key=key, student=str(student or ""), payload=payload)
            found = leaving(record, find)
            if found is not None:
                yield found


def _finder(source: str) -> Find:
    ids = leaving_ids(source)

    def find(kind: str, key: str) -> str:
        if not key:
            return ""
        return ids[kind].get(key, "") if kind in ids else kept_id(source, kind, key)

    return find


def kept_id(source: str, kind: str, key: str) -> str:
    """The opaque id of a kept record: the source's own where it is a UUID, else one of ours."""
    try:
        own = str(uuid.UUID(key))
    except ValueError:
        own = ""
    return own if own == key else str(sourced_id(kind, f"{source}:{key}"))
