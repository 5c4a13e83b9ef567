"""The installation: is it sound, and does the audit chain hold?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.module_loading import import_string

from firstbell.overview.data import Panel, Place, Waiting
from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.jobs import JobProgress, last_job
from firstbell.platform.ui import time_words

ORDER = 80
MINUTE = 60
VERIFIED_WITHIN = timedelta(days=3)
Checks = Callable[[], list[dict[str, Any]]]


def opens(viewer: Viewer) -> bool:
    """Whoever looks after the installation."""
    return viewer.shows_everywhere(DataClass.SECURITY, "jobs")


def panel(viewer: Viewer) -> Panel | None:
    """Every check with what was seen, and the last verification of the chain."""
    checks: Checks = import_string(settings.FIRSTBELL_SOUNDNESS)
    rows = cache.get_or_set("overview.soundness", checks, MINUTE) or []
    chain = last_job(viewer, "audit.verify")
    fact, wrong = _chain(chain)
    waiting = [
        Waiting(words=f"{row['name'].capitalize()}: {row['says']}", tone="bad")
        for row in rows
        if not row["ok"]
    ]
    if wrong:
        waiting.append(wrong)
    return Panel(
        key="installation",
        title="Installation",
        waiting=tuple(waiting),
        facts=(*((row["name"].capitalize(), row["says"]) for row in rows), ("Audit chain", fact)),
        places=(Place("audit_log", "Audit log"),),
    )


def _chain(job: JobProgress | None) -> tuple[str, Waiting | None]:
    here = Place("audit_log", "Audit log")
    if job is None or job.finished_at is None:
        return "not verified yet", None
    at = timezone.localtime(job.finished_at)
    when = f"{at:%b} {at.day}, {time_words(at)}"
    if not job.result.get("holds"):
        if "holds" not in job.result:
            return f"the verification of {when} did not end", Waiting(
                words="The audit chain could not be verified", tone="warn", place=here
            )
        number = len(job.result.get("findings", ()))
        return f"does not hold: {number} findings on {when}", Waiting(
            words="The audit chain does not hold: rows were touched behind the product's back",
            tone="bad",
            place=here,
        )
    if timezone.now() - job.finished_at > VERIFIED_WITHIN:
        return f"held on {when}", Waiting(
            words=f"The audit chain was last verified on {when}", tone="warn", place=here
        )
    return f"holds, {job.result['rows']:,} rows, verified {when}", None
