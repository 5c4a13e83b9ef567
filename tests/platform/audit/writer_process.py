"""One of several processes that write to one chain: ``python writer_process.py NUMBER ACTS``."""

from __future__ import annotations

import sys


def main(writer: int, acts: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    from firstbell.platform.audit import record, verify
    from firstbell.platform.models import Account, AuditEntry
    from firstbell.platform.testing import viewer_with

    if writer < 0:
        call_command("migrate", verbosity=0)
        return 0
    if not acts:
        rows = list(AuditEntry.objects.order_by("sequence").values_list("actor_id", "count"))
        sys.stdout.write(f"{len(verify())} {Account.objects.count()} {rows}\n")
        return 0
    for number in range(acts):
        try:
            with transaction.atomic():
                Account.objects.create(username=f"a{writer}-{number}", password="!")
                record(viewer_with("registrar", account_id=writer), "account.create", count=number)
                if number % 3 == 0:
                    raise LookupError  # gives up after having written
        except LookupError:
            continue
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
