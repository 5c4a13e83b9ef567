"""Keeping the records of a delivery for rooms to come, as a difference."""

from __future__ import annotations

from typing import Any

from firstbell.exchange.data import Delivery, KeptRecord
from firstbell.exchange.models import KeptRecordRow
from firstbell.kernel.finding import Finding, Refused, error
from firstbell.people.api import source_ids
from firstbell.people.data import KindDifference

BATCH = 2_000


def keep_records(delivery: Delivery, *, source: str) -> list[KindDifference]:
    """Make this source's kept records those of ``delivery``; answers the difference by kind.

    Raises Refused when a record names a student whom the source does not have, or two share a key.
    """
    work = _Keeping(source)
    for record in delivery.kept:
        work.take(record)
    if work.findings:
        raise Refused(work.findings[:200])
    ended = set(delivery.kept_ended)
    for place in list(work.present):
        if delivery.kept_kinds is not None and place[0] not in delivery.kept_kinds and place not in ended:
            del work.present[place]
    work.write()
    return [KindDifference(kind, t[0], t[1], t[2], t[3]) for kind, t in sorted(work.tallies.items())]


class _Keeping:
    """The difference between what is kept of a source and what it brings."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.students = source_ids(source, "student")
        columns = ("id", "kind", "key", "student_id", "payload")
        rows = KeptRecordRow.objects.filter(source=source).values_list(*columns)
        #: by (kind, key): row, student, payload; what is left at the end is gone from the source
        self.present: dict[tuple[str, str], tuple[int, int | None, Any]] = {
            (kind, key): (row, student, payload) for row, kind, key, student, payload in rows
        }
        self.seen: set[tuple[str, str]] = set()
        self.added: list[KeptRecordRow] = []
        self.changed: list[KeptRecordRow] = []
        self.findings: list[Finding] = []
        #: by kind: added, changed, gone, unchanged
        self.tallies: dict[str, list[int]] = {}

    def take(self, record: KeptRecord) -> None:
        """Compare one record."""
        tally = self.tallies.setdefault(record.kind, [0, 0, 0, 0])
        place = (record.kind, record.key)
        student = self.students.get(record.student) if record.student else None
        if (record.student and student is None) or place in self.seen:
            self.findings.append(_fault(record, twice=place in self.seen))
            return
        self.seen.add(place)
        found = self.present.pop(place, None)
        if found is not None and found[1:] == (student, record.payload):
            tally[3] += 1
            return
        row = KeptRecordRow(
            pk=found[0] if found else None,
            source=self.source,
            kind=record.kind,
            key=record.key,
            student_id=student,
            payload=record.payload,
        )
        (self.changed if found else self.added).append(row)
        tally[1 if found else 0] += 1

    def write(self) -> None:
        """Write what differs and remove what is gone."""
        KeptRecordRow.objects.bulk_create(self.added, batch_size=BATCH)
        KeptRecordRow.objects.bulk_update(self.changed, ["student", "payload"], batch_size=500)
        for kind, _ in self.present:
            self.tallies.setdefault(kind, [0, 0, 0, 0])[2] += 1
        gone = [row for row, _, _ in self.present.values()]
        for start in range(0, len(gone), BATCH):
            KeptRecordRow.objects.filter(id__in=gone[start : start + BATCH]).delete()


def _fault(record: KeptRecord, *, twice: bool) -> Finding:
    if twice:
        return error(
            "reference.duplicate_sourced_id",
            f"{record.kind} {record.key} stands in the source twice",
            "keep one of the two records",
            column=record.kind,
        )
    return error(
        "reference.missing_target_record",
        f"{record.kind} {record.key} refers to the student {record.student}, who is not in the source",
        "add the student to the source, or remove the record",
        column=record.kind,
    )
