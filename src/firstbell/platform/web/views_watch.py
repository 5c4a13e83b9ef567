"""Watching over the house: the log of what was done, and the work that goes on behind the pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from firstbell.kernel.finding import Finding, Severity
from firstbell.platform.access import DataClass, NotVisible
from firstbell.platform.audit import LOG_READERS, LogFilter, audit_lines
from firstbell.platform.data import JobState
from firstbell.platform.jobs import (
    JOB_WATCHERS,
    JobProgress,
    jobs_for,
    last_job,
    run_now,
    scheduled_work,
    start_unless_under_way,
    worker_seen_at,
)
from firstbell.platform.ui import download, present
from firstbell.platform.web.forms_watch import AskJobs, AskLog
from firstbell.platform.web.pages import PageRequest, page
from firstbell.platform.web.tables import Jobs, LogFile, LogLines, Scheduled, run_now_column

SIZE = 50
#: lines that leave as one file
MOST_IN_FILE = 10_000
VERIFY = "audit.verify"
#: a worker beats every ten seconds
SILENT = timedelta(minutes=2)


def _before(request: PageRequest) -> int | None:
    text = request.GET.get("before", "")
    return int(text) if text.isdecimal() and len(text) < 18 else None


@require_safe
@page(roles=LOG_READERS)
def audit_log(request: PageRequest) -> HttpResponse:
    """What was done, by whom, when; narrowed, also as a file; and whether the chain holds."""
    form = AskLog(request.GET or None)
    asked, before = form.asked, _before(request)
    if request.GET.get("as") == "csv":
        lines = audit_lines(request.viewer, asked, before=before, size=MOST_IN_FILE)
        name = f"audit-log-{request.viewer.today}.csv"
        whole = LogFile(lines, caption="Audit log")
        return download(request.viewer, whole, name, data_classes=[DataClass.LOGS], purpose="the audit log")
    lines = audit_lines(request.viewer, asked, before=before, size=SIZE + 1)
    nothing = "Nothing was recorded yet." if asked == LogFilter() else "Nothing like that is in the log."
    shown = LogLines(lines[:SIZE], caption="Acts, newest first", nothing=nothing)
    job = last_job(request.viewer, VERIFY)
    return render(
        request,
        "platform/audit_log.html",
        {
            "form": form,
            "lines": present(request, shown, size=0),
            "older": lines[SIZE - 1].sequence if len(lines) > SIZE else None,
            "newer": before is not None,
            "verified": job,
            "findings": _findings(job),
            "verifying": bool(
                jobs_for(request.viewer, name=VERIFY, states=(JobState.WAITING, JobState.RUNNING), size=1)
            ),
            "most_in_file": MOST_IN_FILE,
        },
        status=422 if form.errors else 200,
    )


def _findings(job: JobProgress | None) -> list[Finding]:
    rows = job.result.get("findings", ()) if job else ()
    return [Finding(**{**row, "severity": Severity(row["severity"])}) for row in rows]


@require_POST
@page(roles=LOG_READERS)
def audit_verify(request: PageRequest) -> HttpResponse:
    """Have every row of the chain checked, behind the page."""
    start_unless_under_way(request.viewer, VERIFY)
    messages.info(request, "The chain is being checked. Look again in a moment.")
    return redirect("audit_log")


@require_safe
@page(roles=JOB_WATCHERS)
def jobs(request: PageRequest) -> HttpResponse:
    """What runs by the clock, and every job of the last ninety days."""
    form = AskJobs(request.GET or None)
    state = form.cleaned_data["state"] if form.is_bound and form.is_valid() else ""
    before = _before(request)
    rows = jobs_for(request.viewer, states=[JobState(state)] if state else (), before=before, size=SIZE + 1)
    may_run = request.viewer.may(DataClass.SECURITY, write=True)
    more: dict[str, Any] = {"extra_columns": run_now_column()} if may_run else {}
    clock = Scheduled(scheduled_work(request.viewer), caption="By the clock", **more)
    nothing = "No job is like that." if state or before else "No job was asked for yet."
    beat = worker_seen_at()
    return render(
        request,
        "platform/jobs.html",
        {
            "form": form,
            "clock": present(request, clock, size=0),
            "jobs": present(
                request, Jobs(rows[:SIZE], caption="Jobs, newest first", nothing=nothing), size=0
            ),
            "older": rows[SIZE - 1].id if len(rows) > SIZE else None,
            "newer": before is not None,
            "beat": beat,
            "silent": beat is None or timezone.now() - beat > SILENT,
        },
    )


@page(writes=DataClass.SECURITY)
def job_run(request: PageRequest, name: str) -> HttpResponse:
    """Run a scheduled piece of work at once, or again after it failed."""
    work = next((one for one in scheduled_work(request.viewer) if one.name == name), None)
    if work is None:
        raise NotVisible
    if request.method == "POST":
        run_now(request.viewer, name)
        messages.info(request, f"Asked for: {work.label}. A worker takes it in a moment.")
        return redirect("jobs")
    return render(request, "platform/job_run.html", {"work": work})
