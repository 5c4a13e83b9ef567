"""Kept records on their way out: the source's keys become the ids under which rows leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from firstbell.exchange.data import KeptRecord
from firstbell.exchange.rules.oneroster_words import EXTRA_FILES, KEPT_FILES

#: (kind, key of the source) -> the id under which the row leaves, empty where it does not
Find = Callable[[str, str], str]

_PEOPLE = ("students", "staff", "contacts")
#: column of a kept record -> the kinds of row that it may name
TARGETS: dict[str, tuple[str, ...]] = {
    "classSourcedId": ("sections",),
    "courseSourcedId": ("courses",),
    "schoolSourcedId": ("schools",),
    "orgSourcedId": ("schools", "agencies"),
    "academicSessionSourcedId": ("sessions",),
    "categorySourcedId": ("categories",),
    "lineItemSourcedId": ("line_items",),
    "resultSourcedId": ("results",),
    "resourceSourcedId": ("resources",),
    "scoreScaleSourcedId": ("score_scales",),
    "userProfileSourcedId": ("user_profiles",),
    "studentSourcedId": ("students",),
    "userSourcedId": _PEOPLE,
    "section": ("sections",),
    "session": ("sessions",),
}
#: whose key an extra has
_OWNERS: dict[str, tuple[str, ...]] = {
    "academicSessions": ("sessions",),
    "orgs": ("schools", "agencies"),
    "courses": ("courses",),
    "classes": ("sections",),
    "users": _PEOPLE,
    "roles": ("roles",),
    "enrollments": ("section_enrollments", "section_staff"),
    "demographics": ("students",),
}
OWNERS = {EXTRA_FILES[file]: kinds for file, kinds in _OWNERS.items()}
#: kinds of kept record that OneRoster carries: marks and gradebook, what users and places say beside
GRADEBOOK = frozenset({"period_grades", *KEPT_FILES.values()} - {"user_profiles"})
BESIDE = frozenset({"user_profiles", *EXTRA_FILES.values()})


def leaving(record: KeptRecord, find: Find) -> KeptRecord | None:
    """The record with ids in place of keys; None where what it belongs to does not leave.

    ``record.student`` is such an id already, or empty.
    """
    key = _first(find, OWNERS.get(record.kind, (record.kind,)), record.key)
    if not key:
        return None
    payload = {
        name: _first(find, TARGETS[name], str(value)) if name in TARGETS else value
        for name, value in record.payload.items()
        if name != "student"
    }
    return replace(record, key=key, payload=payload)


def _first(find: Find, kinds: tuple[str, ...], key: str) -> str:
    return next((found for kind in kinds if (found := find(kind, key))), "")
