"""Writing many rows of one table as fast as the database takes them.

``bulk_create`` makes an object and a piece of SQL for every row; here a row is a tuple, prepared column by
column exactly as the model's fields do, and sent by one prepared statement (SQLite) or by COPY
(PostgreSQL). Constraints hold as always. No signal is sent and no id is answered: what needs ids reads
them back by a key of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

BATCH = 10_000
#: so many rows at once change what a query planner should know of a table
MANY = 500
Prepare = Callable[[Any], Any]
#: fields whose values enter as they are, when they are of these types or None
_PLAIN: tuple[tuple[type[models.Field], tuple[type, ...]], ...] = (
    (models.BooleanField, (bool,)),
    (models.IntegerField, (int,)),
    (models.CharField, (str,)),
    (models.TextField, (str,)),
)


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert ``rows`` (values in the order of ``columns``, attribute names such as ``student_id``).

    Columns that are not named get their field's default, automatic times the present moment. Answers how
    many were inserted. Raises IntegrityError as any insert does; all or nothing.
    """
    fields = [_field(model, name) for name in columns]
    named = set(columns)
    rest = [
        item
        for item in model._meta.concrete_fields
        if item.attname not in named and not (item.primary_key and isinstance(item, models.AutoField))
    ]
    now = timezone.now()
    constants = [_Column(item).prepare([_default(item, now)])[0] for item in rest]
    ready = _prepared([_Column(item) for item in fields], constants, iter(rows))
    names = [str(item.column) for item in (*fields, *rest)]
    first = next(ready, None)
    if first is None:
        return 0
    with transaction.atomic(savepoint=False):
        write = _copy if connection.vendor == "postgresql" else _execute_many
        return write(model._meta.db_table, names, chain([first], ready))


def _prepared(
    columns: Sequence[_Column], constants: Sequence[Any], rows: Iterator[Sequence[Any]]
) -> Iterator[list[tuple[Any, ...]]]:
    """Batches of rows, prepared a column at a time."""
    while batch := list(islice(rows, BATCH)):
        ready = [
            column.prepare(values) for column, values in zip(columns, zip(*batch, strict=True), strict=True)
        ]
        yield list(zip(*ready, *([value] * len(batch) for value in constants), strict=True))


def _field(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    for item in model._meta.concrete_fields:
        if item.attname == name:
            return item
    raise LookupError(f"{model._meta.label} has no column {name}")


def _default(item: models.Field[Any, Any], now: Any) -> Any:
    if getattr(item, "auto_now", False) or getattr(item, "auto_now_add", False):
        return now
    return item.get_default()


class _Column:
    """How one field's values become what the database driver takes; equal values are prepared once."""

    def __init__(self, item: models.Field[Any, Any]) -> None:
        target: models.Field[Any, Any] = item
        while isinstance(target, models.ForeignKey):
            target = target.target_field
        plain = next((types for kind, types in _PLAIN if isinstance(target, kind)), ())
        self._plain = frozenset((*plain, type(None)))
        self._adapt: Prepare = lambda value: item.get_db_prep_save(value, connection)
        if isinstance(target, models.DateTimeField):
            self._adapt = connection.ops.adapt_datetimefield_value
        self._known: dict[Any, Any] = {}

    def prepare(self, values: Sequence[Any]) -> list[Any]:
        """The values of one batch."""
        plain, other = self._plain, self._other
        return [value if type(value) in plain else other(value) for value in values]

    def _other(self, value: Any) -> Any:
        try:
            return self._known[value]
        except KeyError:
            if len(self._known) > 4 * BATCH:
                self._known.clear()
            return self._known.setdefault(value, self._adapt(value))
        except TypeError:  # a list or a mapping has no hash
            return self._adapt(value)


def _execute_many(table: str, names: Sequence[str], batches: Iterator[list[tuple[Any, ...]]]) -> int:
    quote = connection.ops.quote_name
    places = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {quote(table)} ({', '.join(map(quote, names))}) VALUES ({places})"  # noqa: S608
    done = 0
    with connection.cursor() as cursor:
        for batch in batches:
            cursor.executemany(statement, batch)
            done += len(batch)
    return done


def _copy(table: str, names: Sequence[str], batches: Iterator[list[tuple[Any, ...]]]) -> int:
    quote = connection.ops.quote_name
    statement = f"COPY {quote(table)} ({', '.join(map(quote, names))}) FROM STDIN"
    done = 0
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for batch in batches:
            for row in batch:
                copy.write_row(row)
            done += len(batch)
    if done >= MANY:
        # PostgreSQL counts a table some minutes later; until then it plans as for an empty one
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {quote(table)}")
    return done
