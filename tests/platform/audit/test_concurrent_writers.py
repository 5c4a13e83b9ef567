"""Many at once add to one chain: it stays one chain, and a writer who gives up leaves no gap."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from firstbell.platform.models import Account, AuditEntry
from tests.platform.audit.writer_process import __file__ as PROGRAM  # noqa: N812 - a path

WRITERS, ACTS = 3, 12
ROOT = Path(__file__).resolve().parents[3]


def run(home, database, *arguments):
    environment = dict(os.environ)
    environment |= {
        "FIRSTBELL_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "firstbell.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    environment.pop("DATABASE_URL", None)
    if database:
        environment["DATABASE_URL"] = database
    command = [sys.executable, PROGRAM, *map(str, arguments)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def finish(process):
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return output


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain_without_a_gap(tmp_path):
    """On the database as it is served: a file of its own for SQLite, the test database for PostgreSQL."""
    database = None
    if connection.vendor == "postgresql":
        row = connection.settings_dict
        place = f":{row['PORT']}" if row["PORT"] else ""
        database = (
            f"postgresql://{row['USER']}:{row['PASSWORD']}@localhost{place}/{row['NAME']}?host={row['HOST']}"
        )
        (tmp_path / "audit.secret").write_text(settings.AUDIT_KEY)
        assert not AuditEntry.objects.exists()
        assert not Account.objects.exists()
    else:
        finish(run(tmp_path, None, -1, 0))
    for process in [run(tmp_path, database, writer, ACTS) for writer in range(WRITERS)]:
        finish(process)
    findings, accounts, rows = finish(run(tmp_path, database, 0, 0)).split(" ", 2)
    kept = WRITERS * (ACTS - ACTS // 3)
    assert (int(findings), int(accounts)) == (0, kept)
    rows = ast.literal_eval(rows)
    assert len(rows) == kept
    for writer in range(WRITERS):
        assert [count for actor, count in rows if actor == writer] == [n for n in range(ACTS) if n % 3]
