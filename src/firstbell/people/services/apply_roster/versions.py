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
) -> None:
    """Make this source's current versions those of ``wanted``.

    A row is the same row when the source's own id says so, else when student, place and first date agree.
    """
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
    _end_missing(application, present, by_source_key, ended_keys, fields, end_field, closed, version, tally)
    _write(application, model, closed, (*key, *fields, *BOOKKEEPING), added)


def _end_missing(
    application: Application,
    present: Mapping[Key, tuple[int, Any, Values]],
    by_source_key: Mapping[str, Key],
    ended_keys: Iterable[str],
    fields: tuple[str, ...],
    end_field: str,
    closed: list[int],
    version: Any,
    tally: Tally,
) -> None:
    """End current versions that a complete source no longer has, or that a delta names."""
    place = fields.index(end_field)
    last = application.today - ONE_DAY
    key_of = {row_key: source_key for source_key, row_key in by_source_key.items()}
    if application.roster.complete:
        gone = list(present)
    else:
        gone = [by_source_key[name] for name in ended_keys if by_source_key.get(name) in present]
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
