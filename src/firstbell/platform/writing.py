"""Several people write at the same moment: who waits for whom, and in which order.

A service writes inside ``writing()``: one transaction whose audit rows come last. What it reads in
order to decide, it first holds: ``hold`` keeps everybody else who holds the same name waiting until the
transaction ends, and what is read afterwards is what they left. Names are held in one order, so that
nobody waits in a circle (docs/decisions/0007): the roster, students, what is written of them, days of
schools, and the audit chain last of all.

SQLite lets one transaction write at a time, from its begin (``IMMEDIATE``): there every name is held
anyway. Who waits too long gets ``Busy``: a sentence, and nothing was changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError

from firstbell.kernel.finding import Refused, error
from firstbell.platform.audit.record import gathered

#: PostgreSQL: lock not available (waited too long), deadlock detected
_MET_ANOTHER = {"55P03", "40P01"}


class Busy(Refused):
    """Somebody else, or an import, writes the same just now; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            [
                error(
                    "busy",
                    "somebody else or an import is writing the same records just now; nothing was changed",
                    "try again in a moment",
                )
            ]
        )


@contextmanager
def writing() -> Iterator[None]:
    """One transaction, all or nothing; the acts recorded inside join the audit chain at its end.

    Inside another ``writing`` it is a part of that: taken back alone when it fails, recorded with the whole.
    Raises Busy when it waited longer than the setting ``FIRSTBELL_PATIENCE`` for somebody else.
    """
    try:
        with transaction.atomic(), gathered():
            yield
    except OperationalError as problem:
        if not met_another(problem):
            raise
        raise Busy from problem


def met_another(problem: OperationalError) -> bool:
    """Whether a database error says only that somebody else was writing."""
    cause = problem.__cause__
    return getattr(cause, "sqlstate", "") in _MET_ANOTHER or "database is locked" in str(cause)


def hold(*alone: str, together: Iterable[str] = ()) -> None:
    """Hold names until the transaction ends: ``alone`` without anybody else, ``together`` beside others who
    hold them so. Holding a name again costs nothing and changes nothing.

    Hold a few names (a class, not a district: PostgreSQL's table of locks has room for some thousand);
    for many rows there is a name that stands for all.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("a name is held until the transaction ends: begin one first")
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('lock_timeout', %s, true),"
            " (SELECT count(pg_advisory_xact_lock_shared(name)) FROM unnest(%s::bigint[]) AS name),"
            " (SELECT count(pg_advisory_xact_lock(name)) FROM unnest(%s::bigint[]) AS name)",
            [f"{settings.FIRSTBELL_PATIENCE}s", _keys(together), _keys(alone)],
        )


def _keys(names: Iterable[str]) -> list[int]:
    """Numbers for names, ascending: everybody takes several in the same order."""
    return sorted(
        int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
        for name in set(names)
    )
