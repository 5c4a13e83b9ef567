"""Keeping the records of a delivery for rooms to come, as a difference."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from firstbell.exchange.data import KeptRecord
from firstbell.exchange.models import KeptRecordRow
from firstbell.kernel.finding import Finding, Refused, error
from firstbell.people.api import source_ids
from firstbell.people.data import KindDifference

BATCH = 2_000


def keep_records(records: Iterable[KeptRecord], *, source: str) -> list[KindDifference]:
    """Make this source's kept records those of ``records``; answers the difference by kind.

    Raises Refused when a record names a student whom the source does not have, or two share a key.
    """
    students = source_ids(source, "student")
    present: dict[tuple[str, str], tuple[int, int | None, Any]] = {
        (kind, key): (row, student, payload)
        for row, kind, key, student, payload in KeptRecordRow.objects.filter(source=source).values_list(
            "id", "kind", "key", "student_id", "payload"
        )
    }
    findings: list[Finding] = []
    tallies: dict[str, list[int]] = {}
    added: list[KeptRecordRow] = []
    changed: list[KeptRecordRow] = []
    seen: set[tuple[str, str]] = set()
    for record in records:
        tally = tallies.setdefault(record.kind, [0, 0, 0, 0])
        place = (record.kind, record.key)
        student = students.get(record.student) if record.student else None
        if (record.student and student is None) or place in seen:
            findings.append(_fault(record, twice=place in seen))
            continue
        seen.add(place)
        found = present.pop(place, None)
        if found is not None and found[1:] == (student, record.payload):
            tally[3] += 1
            continue
        row = KeptRecordRow(
            pk=found[0] if found else None,
            source=source,
            kind=record.kind,
            key=record.key,
            student_id=student,
            payload=record.payload,
        )
        (changed if found else added).append(row)
        tally[1 if found else 0] += 1
    if findings:
        raise Refused(findings[:200])
    KeptRecordRow.objects.bulk_create(added, batch_size=BATCH)
    KeptRecordRow.objects.bulk_update(changed, ["student", "payload"], batch_size=500)
    for kind, _ in present:
        tallies.setdefault(kind, [0, 0, 0, 0])[2] += 1
    gone = [row for row, _, _ in present.values()]
    for start in range(0, len(gone), BATCH):
        KeptRecordRow.objects.filter(id__in=gone[start : start + BATCH]).delete()
    return [
        KindDifference(kind, tally[0], tally[1], tally[2], tally[3])
        for kind, tally in sorted(tallies.items())
    ]


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
