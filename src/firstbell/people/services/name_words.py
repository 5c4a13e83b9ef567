"""Keeping the words by which people are found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from firstbell.people.models import Contact, NameWord, Staff, Student
from firstbell.people.rules.names import search_words
from firstbell.platform.rows import insert_rows

BATCH = 2_000
_MODELS: dict[str, Any] = {"student": Student, "contact": Contact, "staff": Staff}
_NAMES = (
    "first_name",
    "middle_name",
    "last_name",
    "preferred_first_name",
    "preferred_middle_name",
    "preferred_last_name",
    "local_id",
)


def index_people(changed: Mapping[str, Iterable[int]]) -> None:
    """Write anew the words of the people in ``changed`` (kind -> ids)."""
    for kind, ids in changed.items():
        model = _MODELS[kind]
        fields = _NAMES if kind == "contact" else (*_NAMES, "state_id")
        rows = sorted(ids)
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            NameWord.objects.filter(kind=kind, object_id__in=batch).delete()
            people = model.objects.filter(id__in=batch).values_list("id", *fields)
            insert_rows(
                NameWord,
                ("word", "kind", "object_id"),
                [(word, kind, person) for person, *texts in people for word in search_words(texts)],
            )
