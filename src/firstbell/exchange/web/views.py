"""Imports: what came in, what waits, what one of them does, and a file to bring in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from firstbell.exchange import api
from firstbell.exchange.data import RunPage
from firstbell.exchange.web.forms import ChooseRuns, Decide, NewImport
from firstbell.exchange.web.tables import Difference, EndingRows, Findings, FindingsFile, Runs, ending_rows
from firstbell.exchange.web.words import DECIDED, SAID, by_words, kind_of_file, kind_words
from firstbell.kernel.finding import Refused
from firstbell.platform.access import DataClass, NotVisible
from firstbell.platform.jobs import JobProgress, job_for
from firstbell.platform.ui import download, present
from firstbell.platform.web.pages import PageRequest, page
from firstbell.platform.web.uploads import sent_too_much

SIZE = 50
#: rows of what would end that a page shows; the file has the others
MOST_SHOWN = 200
#: whose identifiers a finding or a difference may name
CLASSES = (DataClass.DIRECTORY, DataClass.ENROLLMENT, DataClass.STAFF)


@require_safe
@page(roles=api.IMPORTERS)
def imports(request: PageRequest) -> HttpResponse:
    """Every import, the newest first; what waits for a decision above them."""
    form = ChooseRuns(request.GET or None, sources=api.import_sources(request.viewer))
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    before = request.GET.get("before", "")
    rows = api.import_runs(
        request.viewer,
        source=asked.get("source", ""),
        state=asked.get("state", ""),
        before=int(before) if before.isdecimal() and len(before) < 18 else None,
        most=SIZE + 1,
    )
    nothing = "No import is like that." if any(asked.values()) or before else "Nothing was imported yet."
    shown = Runs(rows[:SIZE], caption="Imports, newest first", nothing=nothing)
    return render(
        request,
        "exchange/imports.html",
        {
            "form": form,
            "waiting": [
                (run, by_words(run.by)) for run in api.runs_waiting(request.viewer) if run.state == "held"
            ],
            "runs": present(request, shown, size=0),
            "older": rows[SIZE - 1].id if len(rows) > SIZE else None,
            "newer": bool(before),
        },
    )


@require_safe
@page(roles=api.IMPORTERS)
def import_run(request: PageRequest, run_id: int) -> HttpResponse:
    """One import: its difference, its findings, and what it waits for."""
    run = api.import_run(request.viewer, run_id)
    asked = request.GET.get("as", "")
    if asked in ("findings", "difference", "ending"):
        return _file(request, run, asked)
    response = _shown(request, run, Decide(held=run.row.state == "held"))
    if request.htmx and run.row.state not in ("waiting", "running"):
        response["HX-Refresh"] = "true"
    return response


@require_POST
@page(roles=api.IMPORTERS)
def import_decide(request: PageRequest, run_id: int) -> HttpResponse:
    """Have a file applied that waits, or dismiss it."""
    run = api.import_run(request.viewer, run_id)
    form = Decide(request.POST, held=run.row.state == "held")
    dismiss = request.POST.get("verb") == "dismiss"
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if dismiss:
                api.dismiss_run(request.viewer, run_id, reason=reason)
                messages.success(request, "Dismissed. Nothing was changed.")
                return redirect("import_run", run_id)
            return redirect("import_run", api.confirm_run(request.viewer, run_id, reason=reason))
        except Refused as refused:
            form.add_findings(refused.findings)
    return _shown(request, run, form, status=422)


@page(roles=api.IMPORTERS)
def import_new(request: PageRequest) -> HttpResponse:
    """Take a file, and show what it would do."""
    form = NewImport(request.POST or None, request.FILES or None, sources=api.import_sources(request.viewer))
    if sent_too_much(request):
        form.full_clean()
        form.errors.pop("file", None)
        form.add_findings([api.too_large()])
    elif form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = api.receive_import(
                request.viewer,
                file.chunks(),
                format_name=form.cleaned_data["format"],
                source=form.cleaned_data["source"],
                file_name=file.name,
                options=form.habits,
            )
            return redirect("import_run", run)
        except Refused as refused:
            form.add_findings(refused.findings)
    return render(request, "exchange/new.html", {"form": form}, status=422 if form.errors else 200)


def _shown(request: PageRequest, run: RunPage, form: Decide, status: int = 200) -> HttpResponse:
    job = _job(request, run)
    lost = run.row.state in ("waiting", "running") and (job is None or job.state.over)
    said, tone = SAID["failed"] if lost else SAID.get(run.row.state, ("", ""))
    differs = [kind for kind in run.kinds if kind.added + kind.changed + kind.ended]
    findings = Findings(run.findings, caption="Findings", caption_hidden=True)
    return render(
        request,
        "exchange/run.html",
        {
            "run": run,
            "kind": kind_of_file(run.row.format),
            "by": by_words(run.row.by),
            "decided_by": by_words(run.decision.by) if run.decision else "",
            "said": said,
            "tone": tone,
            "job": None if lost else job,
            "under_way": run.row.state in ("waiting", "running") and not lost,
            "difference": present(request, Difference(differs, caption="What changes"), size=0)
            if differs
            else None,
            "findings": present(request, findings, size=SIZE) if run.findings else None,
            "left_out": run.row.finding_count - len(run.findings),
            "ending": [_ending(request, part) for part in run.ending],
            "decided": DECIDED.get(run.decision.verb) if run.decision else "",
            "form": form,
        },
        status=status,
    )


def _ending(request: PageRequest, part: Any) -> dict[str, Any]:
    rows = ending_rows(part.kind, part.rows)
    words = kind_words(part.kind)
    table = EndingRows(rows[:MOST_SHOWN], caption=f"{words} that end", caption_hidden=True)
    return {
        "words": words,
        "number": part.number,
        "shown": min(len(rows), MOST_SHOWN),
        "table": present(request, table, size=0),
    }


def _job(request: PageRequest, run: RunPage) -> JobProgress | None:
    if run.job_id is None or run.row.state not in ("waiting", "running"):
        return None
    try:
        return job_for(request.viewer, run.job_id)
    except NotVisible:
        return None


def _file(request: PageRequest, run: RunPage, asked: str) -> HttpResponse:
    """Findings, difference or endings as CSV; recorded before it leaves."""
    if asked == "findings":
        table: Any = FindingsFile(run.findings, caption="Findings")
    elif asked == "difference":
        table = Difference(run.kinds, caption="Difference")
    else:
        rows = [row for part in run.ending for row in ending_rows(part.kind, part.rows)]
        table = EndingRows(rows, caption="What ends")
    name = f"import-{run.row.id}-{asked}.csv"
    return download(request.viewer, table, name, data_classes=CLASSES, purpose=f"import {run.row.id}")
