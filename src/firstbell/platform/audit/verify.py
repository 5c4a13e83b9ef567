"""Does the chain hold, and if not, where was it touched?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from firstbell.kernel.finding import Finding, error
from firstbell.platform.audit.chain import SIGNED_COLUMNS, head_mac, key_id
from firstbell.platform.audit.data import SignedHead
from firstbell.platform.audit.diagnose import diagnose
from firstbell.platform.audit.heads import signature_holds
from firstbell.platform.audit.record import audit_key
from firstbell.platform.audit.walk import Walk, walk
from firstbell.platform.models import AuditEntry, AuditHead
from firstbell.platform.reading import one_picture

_COLUMNS = (*SIGNED_COLUMNS, "mac")
_WHOLESALE = {"audit.changed", "audit.rewritten_tail"}  # not one row moved, inserted or missing
_INCIDENT = (
    "Restore the log from a backup taken before, keep this database as evidence, and open an incident."
)


def verify(heads: Iterable[SignedHead] = (), *, key: bytes | None = None) -> list[Finding]:
    """Findings that name every touched row; none when the chain holds.

    ``heads`` are signed heads kept elsewhere: without them, a chain replaced or rewritten by
    somebody who holds the key cannot be told from a true one.
    """
    key = key or audit_key()
    outside = sorted(heads, key=lambda head: head.sequence)
    with one_picture():  # head and rows of one moment: a row added meanwhile is no row behind the head
        head = AuditHead.objects.filter(id=1).first()
        rows = AuditEntry.objects.order_by("sequence").values_list(*_COLUMNS).iterator(chunk_size=5000)
        found = walk(rows, key, frozenset(head.sequence for head in outside))
        findings = diagnose(found, key, _fetch)
        if found.nothing_verifies and {finding.code for finding in findings} <= _WHOLESALE:
            return [_nothing_verifies(found, head, outside, key)]
    findings += _against_own_head(found, head, key)
    return findings + _against_outside_heads(found, outside, key)


def _fetch(sequences: Iterable[int]) -> dict[int, tuple[Any, ...]]:
    rows = AuditEntry.objects.filter(sequence__in=list(sequences)).values_list(*_COLUMNS)
    return {row[0]: row for row in rows}


def _nothing_verifies(
    found: Walk, head: AuditHead | None, outside: Sequence[SignedHead], key: bytes
) -> Finding:
    """Wrong key or another chain: signed heads tell which."""
    if any(signature_holds(one, key) for one in outside):
        return error(
            "audit.replaced",
            "The whole chain was replaced: no row verifies, while signed heads kept elsewhere do.",
            _INCIDENT,
            file="audit chain",
            row=1,
        )
    if outside:
        return error(
            "audit.wrong_key",
            f"This key ({key_id(key)}) made neither the chain nor the signed heads ({outside[-1].key_id}).",
            "Put the file audit.secret of this installation back into its home folder.",
        )
    maker = head.key_id if head else "unknown"
    return error(
        "audit.unverifiable",
        f"None of {found.rows} rows verifies: wrong key, or the whole chain was replaced "
        f"(this key {key_id(key)}, chain says {maker}).",
        "Run again with --heads and the signed heads kept elsewhere: they tell which of the two it is.",
    )


def _against_own_head(found: Walk, head: AuditHead | None, key: bytes) -> list[Finding]:
    """The sealed head shows rows cut off at the end or added behind the product's back."""
    if head is None:
        message = "The head of the chain is missing."
        return [error("audit.head_missing", message, _INCIDENT, file="audit chain")] if found.rows else []
    if head.seal != head_mac(key, head.sequence, head.mac):
        message = "The head of the chain was changed."
        return [error("audit.head_changed", message, _INCIDENT, file="audit chain")]
    if head.sequence > found.last:
        message = f"The last rows, {found.last + 1} to {head.sequence}, are missing."
        place = found.last + 1
        return [error("audit.deleted", message, _INCIDENT, file="audit chain", row=place)]
    if head.sequence < found.last:
        message = f"Rows {head.sequence + 1} to {found.last} were added behind the head."
        place = head.sequence + 1
        return [error("audit.inserted", message, _INCIDENT, file="audit chain", row=place)]
    if head.mac != found.last_mac and not found.failing:
        message = "The last row is not the one the head was sealed with."
        return [error("audit.rewritten_tail", message, _INCIDENT, file="audit chain", row=found.last)]
    return []


def _against_outside_heads(found: Walk, outside: Sequence[SignedHead], key: bytes) -> list[Finding]:
    """Signed heads kept elsewhere show what somebody with the key (or an old copy) put in place."""
    held, findings = 0, []
    for head in outside:
        if not signature_holds(head, key):
            findings.append(
                error(
                    "audit.head_forged",
                    f"The signed head of {head.at} was not signed with this key ({head.key_id}).",
                    "Compare with another copy of the signed heads.",
                    file="signed heads",
                )
            )
        elif head.sequence == 0 or found.heads_seen.get(head.sequence) == head.mac:
            held = head.sequence
        else:
            code = "rewritten_tail" if held else "replaced"
            what = f"Rows {held + 1} to {head.sequence}" if held else "The whole chain"
            message = f"{what} differ from the signed head of {head.at}: rewritten or removed since."
            findings.append(error(f"audit.{code}", message, _INCIDENT, file="audit chain", row=held + 1))
            break
    return findings
