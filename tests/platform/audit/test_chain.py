"""The code of a row, against the definition worked out by hand with the standard library."""

import hashlib
import hmac
import json

from firstbell.platform.audit.chain import GENESIS, SIGNED_COLUMNS, head_mac, key_id, row_mac

KEY = b"k" * 32
ROW = (
    1,
    "2026-11-24T04:14:00.123456Z",
    7,
    "",
    None,
    "student.update",
    "student",
    "12",
    "D1 D3",
    "name",
    1,
    "ñ",
    "",
    "",
)


def test_the_code_is_hmac_sha256_over_the_code_before_and_canonical_json():
    text = GENESIS + json.dumps(list(ROW), ensure_ascii=True, separators=(",", ":"))
    assert row_mac(KEY, GENESIS, ROW) == hmac.new(KEY, text.encode(), hashlib.sha256).hexdigest()


def test_a_known_row_keeps_its_code_forever():
    """RFC 4231 test case 2 pins HMAC-SHA256; the order of columns is pinned by name."""
    mac = hmac.digest(b"Jefe", b"what do ya want for nothing?", "sha256").hex()
    assert mac == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert SIGNED_COLUMNS == (
        "sequence", "at", "actor_id", "purpose", "on_behalf_of_id", "action", "object_kind",
        "object_id", "data_classes", "fields", "count", "reason", "request_id", "agreement",
    )  # fmt: skip


def test_a_head_is_never_taken_for_a_row_and_a_key_is_named_without_being_told():
    assert head_mac(KEY, 1, GENESIS) != row_mac(KEY, GENESIS, (1, GENESIS))
    assert key_id(KEY) != key_id(b"other")
    assert KEY.hex() not in key_id(KEY)
