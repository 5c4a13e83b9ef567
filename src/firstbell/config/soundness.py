"""Is this installation sound?"""

from __future__ import annotations

import shutil
import stat
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from firstbell.platform.jobs import worker_seen_at

LEAST_FREE = 1 << 30
WORKER_SILENCE = timedelta(minutes=5)


def soundness() -> list[dict[str, Any]]:
    """Checks with name, whether all is well, and what was seen or is to be done."""
    return [_database(), _migrations(), _secrets(), _worker(), _disk()]


def _row(name: str, ok: bool, says: str) -> dict[str, Any]:
    return {"name": name, "ok": ok, "says": says}


def _database() -> dict[str, Any]:
    try:
        connection.ensure_connection()
    except Exception as problem:
        return _row("database", False, f"does not answer ({type(problem).__name__}): check DATABASE_URL")
    return _row("database", True, f"{connection.vendor} answers")


def _migrations() -> dict[str, Any]:
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        return _row("migrations", False, f"{len(pending)} to apply: firstbell serve applies them at start")
    return _row("migrations", True, "all applied")


def _secrets() -> dict[str, Any]:
    open_files = [
        path.name
        for path in settings.HOME.glob("*.secret")
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    if open_files:
        return _row("secrets", False, f"readable by others: chmod 600 {' '.join(sorted(open_files))}")
    return _row("secrets", True, "readable by their owner only")


def _worker() -> dict[str, Any]:
    seen = worker_seen_at()
    if seen is None or timezone.now() - seen > WORKER_SILENCE:
        return _row("worker", False, "not seen lately: start it with firstbell serve")
    return _row("worker", True, f"seen {timezone.localtime(seen):%H:%M:%S}")


def _disk() -> dict[str, Any]:
    free = shutil.disk_usage(settings.HOME).free
    return _row("disk", free > LEAST_FREE, f"{free / (1 << 30):.1f} GiB free in the home folder")
