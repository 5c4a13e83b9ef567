"""Ed-Fi 1.0 records become a delivery: the roster, attendance, and what later rooms will own.

Records pass one by one in load order; each topic takes the kinds it knows. What needs the whole
district (who is in a homeroom, in which order contacts are called, what contradicts what) is settled
once all have passed. Words of the source go through the code map; what has no place there is told,
never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from firstbell.exchange.data import Delivery
from firstbell.exchange.rules.edfi_in import (
    assessments,
    belonging,
    calendar,
    discipline,
    grades,
    organizations,
    people,
    schedule,
    staff,
)
from firstbell.exchange.rules.edfi_in.draft import Draft
from firstbell.formats.edfi import Source
from firstbell.formats.edfi.shape import Record

#: in the order in which they are settled: each needs only those before it
_TOPICS = (organizations, calendar, people, staff, schedule, belonging, grades, discipline, assessments)
#: named in the files, but no records of their own
_ONLY_NAMED = {"Location", "ClassPeriod", "StudentReference", "AssessmentReference"}
_TAKES: dict[type[Record], Callable[[Draft, Any], None]] = {
    kind: take for topic in _TOPICS for kind, take in topic.TAKES.items()
}


def delivery_of(source: Source) -> Delivery:
    """The whole delivery of an opened source, complete, with the reader's findings and the mapping's."""
    delivery = map_records(source.records())
    found = [*source.findings, *delivery.findings]
    delivery.findings = sorted(found, key=lambda finding: not finding.refuses)
    if source.dangling:
        delivery.details["reference.missing_target_record"] = source.dangling
    return delivery


def map_records(records: Iterable[Record]) -> Delivery:
    """The delivery that records make, in the order in which they come; references between them resolved."""
    draft = Draft.begin()
    for record in records:
        take = _TAKES.get(type(record))
        if take is not None:
            take(draft, record)
        elif type(record).__name__ not in _ONLY_NAMED:
            raise TypeError(f"no topic takes {type(record).__name__}")
    for topic in _TOPICS:
        topic.finish(draft)
    draft.release_strangers()
    return draft.delivery()


__all__ = ["delivery_of", "map_records"]
