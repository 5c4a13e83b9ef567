"""Database triggers that refuse to change or remove a row of an append-only table."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER {table}_append_only_row BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_append_only();
CREATE TRIGGER {table}_append_only_all BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only();
"""
_SQLITE = (
    "CREATE TRIGGER {table}_append_only_{verb} BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
)


def add_triggers(connection: BaseDatabaseWrapper, table: str) -> None:
    """Make ``table`` append-only."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL.format(table=table))
        else:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(_SQLITE.format(table=table, verb=verb))


def drop_triggers(connection: BaseDatabaseWrapper, table: str) -> None:
    """Undo ``add_triggers``."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only_row ON {table}")
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only_all ON {table}")
        else:
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only_{verb}")
