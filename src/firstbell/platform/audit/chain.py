"""The code of each row: HMAC-SHA256 over the code before it and the row in canonical JSON."""

from __future__ import annotations

import hmac
import json
from collections.abc import Sequence
from typing import Any

# The order in which a row is signed. Never reorder or insert: old rows would no longer verify.
SIGNED_COLUMNS = (
    "sequence",
    "at",
    "actor_id",
    "purpose",
    "on_behalf_of_id",
    "action",
    "object_kind",
    "object_id",
    "data_classes",
    "fields",
    "count",
    "reason",
    "request_id",
    "agreement",
)
GENESIS = "0" * 64

_encode = json.JSONEncoder(
    ensure_ascii=True, separators=(",", ":"), allow_nan=False, check_circular=False
).encode


def row_mac(key: bytes, previous: str, row: Sequence[Any]) -> str:
    """The code (64 hexadecimal digits) of a row whose values stand in the order of ``SIGNED_COLUMNS``."""
    return hmac.digest(key, (previous + _encode(row)).encode("ascii"), "sha256").hex()


def head_mac(key: bytes, *parts: str | int) -> str:
    """The code that seals a head; it can never be taken for the code of a row."""
    return hmac.digest(key, ("head" + _encode(parts)).encode("ascii"), "sha256").hex()


def key_id(key: bytes) -> str:
    """Which key this is (16 hexadecimal digits), without telling the key."""
    return hmac.digest(key, b"which key", "sha256").hex()[:16]
