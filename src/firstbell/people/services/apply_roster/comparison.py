"""Comparing wanted rows with present ones, and writing only the difference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from firstbell.kernel.finding import Finding, error
from firstbell.people.data import KindDifference
from firstbell.platform.rows import insert_rows

BATCH = 2_000
EXAMPLES = 5
MOST_ENDING = 1_000

Key = tuple[Any, ...]
Values = tuple[Any, ...]


@dataclass
class Tally:
    """Counts of one kind while it is compared."""

    kind: str
    added: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    active_before: int = 0
    examples: list[str] = field(default_factory=list)
    ending: list[int] = field(default_factory=list)

    def end(self, rows: Sequence[int]) -> None:
        """Count rows that end, and remember the first of them."""
        self.ended += len(rows)
        self.ending += rows[: MOST_ENDING - len(self.ending)]

    def note(self, text: str) -> None:
        """Keep a few readable examples."""
        if len(self.examples) < EXAMPLES:
            self.examples.append(text)

    def difference(self) -> KindDifference:
        """The counts as a value."""
        return KindDifference(
            self.kind,
            self.added,
            self.changed,
            self.ended,
            self.unchanged,
            tuple(self.examples),
            tuple(self.ending),
        )


def text_limits(model: type[models.Model]) -> dict[str, int]:
    """Longest text each character column of a table holds."""
    return {
        item.attname: item.max_length
        for item in model._meta.concrete_fields
        if isinstance(item, models.CharField) and item.max_length
    }


def check_texts(
    limits: Mapping[str, int], names: Sequence[str], values: Values, label: str
) -> Iterable[Finding]:
    """Findings for texts that a column cannot hold; SQLite would take them silently."""
    for name, value in zip(names, values, strict=True):
        if not isinstance(value, str):
            continue
        if name in limits and len(value) > limits[name]:
            yield error(
                "value.too_long",
                f"{label}: {name} has {len(value)} characters, {limits[name]} fit",
                "shorten the value in the source",
                column=name,
            )
        if "\x00" in value:
            yield error(
                "value.nul", f"{label}: {name} holds a NUL character", "remove it in the source", column=name
            )


def spoken(
    names: Sequence[str],
    values: Values,
    before: Values,
    silent: frozenset[str],
    unemptied: frozenset[str] = frozenset(),
) -> Values:
    """``values``, with those of ``before`` where the source has no word for a column.

    Columns of ``unemptied`` (numbers by which a person is known) keep what they have against an empty value.
    """
    if not (silent or unemptied):
        return values
    return tuple(
        old if name in silent or (name in unemptied and not new) else new
        for name, new, old in zip(names, values, before, strict=True)
    )


@dataclass
class RowPlan:
    """Rows to write for one table: new ones as values of ``columns``, changed ones with their ``fields``."""

    model: type[models.Model]
    fields: tuple[str, ...]
    columns: tuple[str, ...] = ()
    create: list[Values] = field(default_factory=list)
    update: list[models.Model] = field(default_factory=list)

    def write(self) -> None:
        """Insert and update in batches."""
        if self.create:
            insert_rows(self.model, self.columns, self.create)
        if self.update:
            manager = self.model._default_manager
            manager.bulk_update(self.update, [_attribute(self.model, f) for f in self.fields], batch_size=500)


def _attribute(model: type[models.Model], attname: str) -> str:
    """The field name of a column attribute (``school`` for ``school_id``)."""
    for item in model._meta.concrete_fields:
        if item.attname == attname:
            return item.name
    return attname


def sync_rows(
    model: type[models.Model],
    *,
    key: tuple[str, ...],
    fields: tuple[str, ...],
    wanted: Mapping[Key, Values],
    present: models.QuerySet[Any],
    tally: Tally,
    missing: Callable[[models.QuerySet[Any]], int] | None,
    extra: Mapping[str, Any] | None = None,
    identify: Callable[[Key], Mapping[str, Any]] | None = None,
    silent: frozenset[str] = frozenset(),
    findings: list[Finding],
) -> None:
    """Make the rows of ``present`` those of ``wanted`` (a table without source keys).

    ``missing`` receives the rows that are present but not wanted and answers how many it ended or
    removed; None keeps them. ``extra`` fills columns of new rows, ``identify`` those that give a new
    row its id for other systems. A row that is there keeps its ``silent`` columns.
    """
    limits = text_limits(model)
    pk = model._meta.pk.attname if model._meta.pk else "id"
    rows = {
        tuple(row[: len(key)]): (row[-1], tuple(row[len(key) : -1]))
        for row in present.values_list(*key, *fields, pk)
    }
    tally.active_before += len(rows)
    more = dict(extra or {})
    own = tuple(identify(next(iter(wanted)))) if identify and wanted else ()
    plan = RowPlan(model, fields, (*key, *fields, *more, *own))
    for row_key, values in wanted.items():
        found = rows.pop(row_key, None)
        if found is not None:
            values = spoken(fields, values, found[1], silent)
            if found[1] == values:
                tally.unchanged += 1
                continue
        findings.extend(check_texts(limits, key + fields, row_key + values, str(model._meta.verbose_name)))
        if found is None:
            given = tuple(identify(row_key).values()) if identify else ()
            plan.create.append((*row_key, *values, *more.values(), *given))
            tally.added += 1
        else:
            columns = dict(zip(key + fields, row_key + values, strict=True))
            plan.update.append(model(**{**columns, pk: found[0]}))
            tally.changed += 1
    if any(finding.refuses for finding in findings):
        return
    plan.write()
    if rows and missing is not None:
        ids = [found[0] for found in rows.values()]
        for start in range(0, len(ids), BATCH):
            batch = model._default_manager.filter(pk__in=ids[start : start + BATCH])
            tally.ended += missing(batch)
