"""Signed heads: what somebody keeps elsewhere, to hold the chain against later."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from django.utils import timezone

from firstbell.kernel.finding import Refused, error
from firstbell.platform.audit.chain import GENESIS, head_mac, key_id
from firstbell.platform.audit.data import SignedHead
from firstbell.platform.audit.record import audit_key, stamp
from firstbell.platform.models import AuditEntry


def signed_head() -> SignedHead:
    """The end of the chain as it stands now, signed with the key of the chain."""
    key = audit_key()
    last = AuditEntry.objects.order_by("-sequence").values_list("sequence", "mac").first() or (0, GENESIS)
    at = stamp(timezone.now())
    return SignedHead(
        sequence=last[0],
        mac=last[1],
        at=at,
        key_id=key_id(key),
        signature=head_mac(key, last[0], last[1], at),
    )


def signature_holds(head: SignedHead, key: bytes) -> bool:
    """Whether this head was signed with this key."""
    return head_mac(key, head.sequence, head.mac, head.at) == head.signature


def write_head(path: Path) -> SignedHead:
    """Append the signed head to a file, one JSON object a line. Keep that file on another machine."""
    head = signed_head()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(json.dumps(asdict(head)) + "\n")
    return head


def read_heads(path: Path) -> Iterator[SignedHead]:
    """The heads of a file. Raises Refused naming the line that is not a head."""
    with path.open(encoding="ascii", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                yield SignedHead(**json.loads(line))
            except (ValueError, TypeError):
                raise Refused(
                    [
                        error(
                            "audit.head_unreadable",
                            "This line is not a signed head.",
                            "Use the file as `firstbell audit head` wrote it.",
                            file=path.name,
                            row=number,
                        )
                    ]
                ) from None
