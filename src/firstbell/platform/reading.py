"""Reads of many queries that must agree with each other, whoever writes meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction


@contextmanager
def one_picture() -> Iterator[None]:
    """Inside, every query sees the same moment of the database; for reading only.

    Nobody waits for it and it waits for nobody. Inside a transaction it adds nothing.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        connection.ensure_connection()
        sqlite: Any = connections[DEFAULT_DB_ALIAS]
        mode = sqlite.transaction_mode
        sqlite.transaction_mode = "DEFERRED"  # IMMEDIATE would make every writer wait
        try:
            with transaction.atomic():
                yield
        finally:
            sqlite.transaction_mode = mode
