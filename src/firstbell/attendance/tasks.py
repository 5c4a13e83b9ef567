"""Work of the attendance room that goes on behind a page or by the clock."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from firstbell.attendance import api
from firstbell.people.api import job_viewer
from firstbell.platform.access import Viewer
from firstbell.platform.jobs import Run, work


def _viewer(purpose: str) -> Viewer:
    return job_viewer(f"attendance:{purpose}", timezone.localdate())


@work("attendance.mail_letters", label="Attendance letters mailed")
def mail_letters(run: Run, *, letters: list[int]) -> dict[str, Any]:
    """Mail the copies of sent letters that wait."""
    return api.mail_letters(_viewer("letters"), letters)


@work("attendance.propose_letters", label="Attendance letters proposed")
def propose_letters(run: Run) -> dict[str, Any]:
    """The nightly batch: propose what is due, withdraw what no longer is."""
    batch = api.propose_letters(_viewer("letters"))
    return {"proposed": batch.proposed, "withdrawn": batch.withdrawn, "moved": batch.moved}


@work("attendance.rolls", label="Outstanding rolls: end of meeting, reminders")
def outstanding_rolls(run: Run) -> dict[str, Any]:
    """Every few minutes: the end-of-meeting rule first, then reminders of what is still outstanding."""
    viewer = _viewer("rolls")
    return {"ended": api.end_meetings(viewer)} | api.remind(viewer)


@work("attendance.recompute", label="Attendance days derived anew")
def recompute(run: Run) -> dict[str, Any]:
    """Derive the days of schools whose calendar, bells, codes or settings changed."""
    return api.follow_requests(_viewer("recompute"))


@work("attendance.prove_days", label="Attendance days proved")
def prove_days(run: Run) -> dict[str, Any]:
    """The nightly proof that stored days equal derived ones."""
    return api.prove_days(_viewer("proof"))
