"""The tables made at once are the tables that the migrations make, and so is what is in them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from firstbell.platform.fresh_database import make_tables_at_once
from firstbell.platform.models import AuditEntry

pytestmark = pytest.mark.django_db(transaction=True)  # PostgreSQL makes no database inside one

#: PostgreSQL: Django numbers a join table otherwise in a migration's rendering; nobody here has groups
NUMBERED = {("auth_group_permissions", "id")}
POSTGRESQL = {
    "columns": "SELECT table_name, column_name, data_type, is_nullable, column_default, "
    "character_maximum_length, is_identity FROM information_schema.columns WHERE table_schema = 'public'",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger "
    "WHERE NOT tgisinternal",
}


@contextmanager
def empty_database(tmp_path) -> Iterator[BaseDatabaseWrapper]:
    """An empty database in the place of the tests' one, which migrations made."""
    migrated = connections["default"]
    name = f"fresh_{uuid.uuid4().hex[:8]}"
    on_file = migrated.vendor == "sqlite"
    if not on_file:
        with migrated.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
    place = str(tmp_path / f"{name}.sqlite3") if on_file else name
    options = {name: value for name, value in migrated.settings_dict["OPTIONS"].items() if name != "pool"}
    fresh = type(migrated)(migrated.settings_dict | {"NAME": place, "OPTIONS": options}, "default")
    connections["default"] = fresh
    try:
        yield fresh
    finally:
        fresh.close()
        connections["default"] = migrated
        if not on_file:
            with migrated.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name}")


def shape(database) -> dict[str, set]:
    """Columns, indexes, constraints and triggers, by name and by what they say, in any order."""
    with database.cursor() as cursor:

        def rows(sql: str) -> list[tuple]:
            cursor.execute(sql)
            return cursor.fetchall()

        if database.vendor == "postgresql":
            return {what: set(rows(sql)) for what, sql in POSTGRESQL.items()}
        found: dict[str, set] = {"columns": set(), "indexes": set(), "keys": set(), "others": set()}
        for kind, name, table, sql in rows("SELECT type, name, tbl_name, sql FROM sqlite_master"):
            if kind == "table" and not name.startswith("sqlite_"):
                checks = " ".join(sql.split()).count(" CHECK ")
                found["others"].add((table, checks, "AUTOINCREMENT" in sql))
                found["columns"] |= {(table, *row[1:]) for row in rows(f'PRAGMA table_info("{name}")')}
                found["keys"] |= {(table, *row[2:]) for row in rows(f'PRAGMA foreign_key_list("{name}")')}
                for row in rows(f'PRAGMA index_list("{name}")'):
                    parts = tuple(part[2] for part in rows(f'PRAGMA index_info("{row[1]}")'))
                    own = "" if row[1].startswith("sqlite_autoindex") else row[1]
                    found["indexes"].add((table, own, *row[2:], parts))
            elif sql:
                found["others"].add((kind, name, table, sql))
        return found


def content(database) -> dict[str, set]:
    """The rows of tables that are not empty in a new database, ids and times apart."""
    found = {}
    with database.cursor() as cursor:
        for table, columns in {
            "django_migrations": "app, name",
            "django_content_type": "app_label, model",
            "auth_permission": "codename",
        }.items():
            cursor.execute(f"SELECT {columns} FROM {table}")
            found[table] = set(cursor.fetchall())
    return found


def test_a_database_made_at_once_is_the_one_that_migrations_make(tmp_path):
    wanted, rows = shape(connection), content(connection)
    with empty_database(tmp_path) as fresh:
        assert make_tables_at_once(fresh)
        made = shape(fresh)
        assert made.keys() == wanted.keys()
        for what in made:
            different = {row for row in made[what] ^ wanted[what] if row[:2] not in NUMBERED}
            assert different == set(), what
        assert content(fresh)["django_migrations"] == rows["django_migrations"]
        assert content(fresh)["django_content_type"]


def test_the_audit_log_of_a_fresh_database_is_append_only(tmp_path):
    with empty_database(tmp_path) as fresh:
        assert make_tables_at_once(fresh)
        AuditEntry(sequence=1, at="2026-11-24T00:00:00.000000Z", action="a", count=0, mac="0").save(
            force_insert=True
        )
        with pytest.raises(IntegrityError, match="append-only"):
            AuditEntry.objects.filter(sequence=1).update(action="b")


def test_a_database_that_holds_anything_is_left_alone():
    before = shape(connection)
    assert not make_tables_at_once(connections["default"])
    assert shape(connection) == before
