"""How many rows a second the audit chain takes and verifies: ``python benchmarks/audit_chain.py [rows]``.

Uses the database the environment names; run it on an empty home of its own.
"""

from __future__ import annotations

import os
import sys
import time


def main(rows: int) -> None:
    """Write, verify and write one by one; print what each took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstbell.config.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from firstbell.platform.audit import Act, record, record_many, verify
    from firstbell.platform.testing import viewer_with

    call_command("migrate", verbosity=0)
    viewer = viewer_with("registrar")
    act = Act(
        action="student.update", object_kind="student", object_id=12, fields=("last_name", "first_name")
    )
    begin = time.perf_counter()
    for _ in range(rows // 10_000):
        record_many(viewer, [act] * 10_000)
    written = time.perf_counter()
    assert verify() == []  # noqa: S101
    verified = time.perf_counter()
    for _ in range(200):
        record(viewer, "student.update")
    single = time.perf_counter()
    print(f"record_many {rows / (written - begin):,.0f} rows/s")
    print(f"verify      {rows / (verified - written):,.0f} rows/s")
    print(f"record      {(single - verified) / 200 * 1000:.2f} ms each, committed")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
