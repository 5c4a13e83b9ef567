"""What other rooms' tests may use: viewers of any role, and the hands of somebody who owns the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection

from firstbell.platform.access import RoleHeld, Viewer
from firstbell.platform.audit.triggers import add_triggers, drop_triggers
from firstbell.platform.models import AuditEntry


def viewer_with(
    *roles: str,
    school_id: int | None = None,
    account_id: int = 1,
    today: date | None = None,
    timed: bool = True,
) -> Viewer:
    """A viewer who holds these roles today (``timed``: by a grant that ends)."""
    return Viewer(
        account_id=account_id,
        name="Test Viewer",
        today=today or date(2026, 11, 24),
        roles=tuple(RoleHeld(role, school_id, timed) for role in roles),
    )


@contextmanager
def audit_chain_unlocked() -> Iterator[None]:
    """The audit table without its triggers, as somebody who owns the database could have it."""
    table = AuditEntry._meta.db_table
    drop_triggers(connection, table)
    try:
        yield
    finally:
        add_triggers(connection, table)
