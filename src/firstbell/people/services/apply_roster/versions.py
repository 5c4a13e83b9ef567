"""Comparing versioned rows: a difference closes the current version and adds a new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from firstbell.kernel.date_span import ONE_DAY
from firstbell.people.services.apply_roster.comparison import (
    BATCH,
    Key,
    Tally,
    Values,
    check_texts,
    spoken,
    text_limits,
)
from firstbell.platform.rows import insert_rows

if TYPE_CHECKING:
    from firstbell.people.services.apply_roster.application import Application

BOOKKEEPING = ("sourced_id", "source_key", "source", "recorded_in_id", "recorded_at")


def sync_versions(
    application: Application,
    model: Any,
    *,
    key: tuple[str, ...],
    fields: tuple[str, ...],
    wanted: Mapping[Key, Values],
    source_keys: Mapping[Key, str],
    tally: Tally,
    end_field: str,
    ended_keys: Iterable[str],
    places: str,
) -> None:
    """Make this source's current versions those of ``wanted``.

    A row is the same row when the source's own id says so, else when student, place and first date agree.
    It keeps the columns that the source has no word for. ``places`` is the list of what the key's second
    column names.
    """
    silent = application.silent(tally.kind)
    present: dict[Key, tuple[int, Any, Values]] = {}
    by_source_key: dict[str, Key] = {}
    columns = (*key, *fields, "id", "sourced_id", "source_key")
    current = model.objects.filter(source=application.source, superseded_at=None)
    for row in current.values_list(*columns):
        row_key, values = tuple(row[: len(key)]), tuple(row[len(key) : -3])
        present[row_key] = (row[-3], row[-2], values)
        if row[-1]:
            by_source_key[row[-1]] = row_key
    tally.active_before += len(present)
    limits = text_limits(model)
    closed: list[int] = []
    added: list[Values] = []
    act = application.act.pk

    def version(row_key: Key, values: Values, sourced: Any, source_key: str) -> None:
        added.append((*row_key, *values, sourced, source_key, application.source, act, application.now))

    for row_key, values in wanted.items():
        source_key = source_keys.get(row_key, "")
        found = present.pop(row_key, None)
        moved = by_source_key.get(source_key) if source_key and found is None else None
        if moved is not None and moved not in wanted:
            found = present.pop(moved, None)
        if found is not None:
            values = spoken(fields, values, found[2], silent)
        if found is not None and found[2] == values and moved is None:
            tally.unchanged += 1
            continue
        application.findings.extend(check_texts(limits, key + fields, row_key + values, tally.kind))
        if found is not None:
            closed.append(found[0])
            tally.changed += 1
            version(row_key, values, found[1], source_key)
        else:
            tally.added += 1
            version(row_key, values, application.identify(tally.kind, source_key, row_key), source_key)
    application.refuse_if_needed()
    if application.roster.complete:
        gone = list(present)
    else:
        whole = application.whole(tally.kind, "students")
        gone = _ended(application, present, by_source_key, ended_keys, places, whole)
    _end(application, present, gone, by_source_key, fields, end_field, closed, version, tally)
    _write(application, model, closed, (*key, *fields, *BOOKKEEPING), added)


def _ended(
    application: Application,
    present: Mapping[Key, tuple[int, Any, Values]],
    by_source_key: Mapping[str, Key],
    ended_keys: Iterable[str],
    places: str,
    whole: set[int],
) -> list[Key]:
    """What a delta ends: rows by the source's key, those of a student or a place that it ends, and those
    it lacks of students of whom it says everything."""
    named = {by_source_key[name] for name in ended_keys if by_source_key.get(name) in present}
    students, of = application.gone.get("students", set()) | whole, application.gone.get(places, set())
    return [key for key in present if key in named or key[0] in students or key[1] in of]


def _end(
    application: Application,
    present: Mapping[Key, tuple[int, Any, Values]],
    gone: Iterable[Key],
    by_source_key: Mapping[str, Key],
    fields: tuple[str, ...],
    end_field: str,
    closed: list[int],
    version: Any,
    tally: Tally,
) -> None:
    """End current versions that a source no longer has."""
    place = fields.index(end_field)
    last = application.today - ONE_DAY
    key_of = {row_key: source_key for source_key, row_key in by_source_key.items()}
    for row_key in gone:
        row, sourced, values = present[row_key]
        begin: date = row_key[-1]
        if values[place] is not None and values[place] <= last:
            tally.unchanged += 1
            continue
        end = max(last, begin - ONE_DAY) if end_field == "exit" else max(last, begin)
        ended = (*values[:place], end, *values[place + 1 :])
        if ended == values:
            continue
        closed.append(row)
        tally.ended += 1
        version(row_key, ended, sourced, key_of.get(row_key, ""))


def _write(
    application: Application, model: Any, closed: list[int], columns: tuple[str, ...], added: list[Values]
) -> None:
    for start in range(0, len(closed), BATCH):
        model.objects.filter(id__in=closed[start : start + BATCH]).update(
            superseded_in=application.act, superseded_at=application.now
        )
    insert_rows(model, columns, added)
