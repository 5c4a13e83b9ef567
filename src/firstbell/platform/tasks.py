"""What the ground floor itself does by the clock."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from firstbell.platform.audit import read_heads, signed_head, verify, write_head
from firstbell.platform.jobs import Run, work

MOST_FINDINGS = 50


@work("audit.head", label="Signed head of the audit chain")
def keep_head(run: Run) -> dict[str, Any]:
    """Add a signed head to the file that is carried off the machine."""
    head = write_head(Path(settings.HOME) / "audit-heads.jsonl")
    return {"rows": head.sequence}


@work("audit.verify", label="Audit chain verified")
def verify_chain(run: Run) -> dict[str, Any]:
    """Check every row of the chain, against the signed heads of the home folder as well."""
    run.progress(1, "walking the chain")
    heads = Path(settings.HOME) / "audit-heads.jsonl"
    found = verify(read_heads(heads) if heads.exists() else ())
    return {
        "holds": not found,
        "rows": signed_head().sequence,
        "findings": [finding.as_dict() for finding in found[:MOST_FINDINGS]],
    }


@work("sessions.clear", label="Ended sessions cleared")
def clear_sessions(run: Run) -> dict[str, Any]:
    """Remove sessions that have ended."""
    count, _ = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return {"rows": count}
