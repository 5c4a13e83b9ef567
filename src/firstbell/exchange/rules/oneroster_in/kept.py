"""Gradebook, resources and profiles: kept for the rooms to come, in the words of OneRoster 1.2."""

from __future__ import annotations

from firstbell.exchange.data import KeptRecord
from firstbell.exchange.rules.oneroster_in.draft import Draft
from firstbell.exchange.rules.oneroster_words import KEPT_FILES, METADATA

#: column of 1.1 -> its name in 1.2
RENAMED = {"gradingPeriodSourcedId": "academicSessionSourcedId"}
_NOT_KEPT = ("sourcedId", "status", "dateLastModified")


def take(draft: Draft) -> None:
    """Records of the files that the roster does not hold; a delta's ended rows go."""
    for file, kind in KEPT_FILES.items():
        draft.kept_ended.extend((kind, row["sourcedId"]) for row in draft.package.ended(file))
        for row in draft.package.rows(file):
            payload = {
                RENAMED.get(name, name.removeprefix(METADATA)): value
                for name, value in row.filled().items()
                if name not in _NOT_KEPT
            }
            student = payload.get("studentSourcedId", "")
            draft.kept.append(
                KeptRecord(
                    kind=kind,
                    key=row["sourcedId"],
                    student=student if student in draft.students else "",
                    payload=payload,
                )
            )
