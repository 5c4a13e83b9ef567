"""Letters of the truancy sequence: proposed, reviewed, held or released, sent, delivered, logged."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firstbell.attendance import api
from firstbell.attendance.data import LetterPage, LetterState
from firstbell.attendance.web.forms import Conference, LettersForm, OpenReason, ReasonForm
from firstbell.attendance.web.tables.letters import Deliveries, Evidence, LetterRows, Recipients
from firstbell.attendance.web.views_board import OFFICE, school_choices
from firstbell.kernel.finding import Refused
from firstbell.platform.access import DataClass, NotAllowed, NotVisible
from firstbell.platform.ui import present
from firstbell.platform.web.pages import PageRequest, page

#: who reads letters; the office of a school decides on them
READERS = (*OFFICE, "counselor", "case_manager", "registrar", "state_reporting")
WAITING = (LetterState.PROPOSED, LetterState.HELD)


@require_safe
@page(reads=DataClass.ATTENDANCE, roles=READERS)
def letters(request: PageRequest) -> HttpResponse:
    """Letters that wait, or those of another state."""
    viewer = request.viewer
    schools = school_choices(viewer)
    form = LettersForm(request.GET or None, schools=schools)
    asked = form.asked()
    states = (LetterState(asked["state"]),) if asked.get("state") else WAITING
    found = api.letters(viewer, school_id=asked.get("school"), states=states)
    rows = LetterRows(found, caption="Letters", nothing="No letter waits. The batch looks every night.")
    if len(schools) == 1:
        rows.columns.hide("school")
    if not any(one.hold_reason for one in found):
        rows.columns.hide("hold_reason")
    if not any(one.undelivered for one in found):
        rows.columns.hide("undelivered")
    if all(one.triggers for one in found):
        rows.columns.hide("triggers")
    mine = [(key, name) for key, name in schools if key in viewer.schools(*OFFICE)]
    return render(
        request,
        "attendance/letters.html",
        {
            "form": form,
            "rows": present(request, rows),
            "found": found,
            "mine": mine,
            "rules": api.unloaded_rules([key for key, _ in schools], viewer.today),
            "waiting": states == WAITING,
        },
    )


@require_POST
@page(writes=DataClass.ATTENDANCE, roles=OFFICE)
def letters_act(request: PageRequest, school_id: int) -> HttpResponse:
    """Acts on a school's letters: look for what is due, send what is proposed, hand the print to the post."""
    viewer = request.viewer
    if school_id not in viewer.schools(*OFFICE):
        raise NotVisible
    act = request.POST.get("act", "")
    if act == "propose":
        batch = api.propose_letters(viewer, school_id=school_id)
        messages.success(
            request,
            f"{batch.proposed} proposed, {batch.withdrawn} withdrawn, {batch.moved} moved to another school.",
        )
    elif act == "send":
        proposed = api.letters(viewer, school_id=school_id, states=[LetterState.PROPOSED])
        done = api.send_letters(viewer, [one.id for one in proposed])
        messages.success(request, f"{len(done.sent)} letters are sent.")
        for letter_id, findings in done.refused[:5]:
            words = "; ".join(f"{one.message}: {one.next_step}" for one in findings)
            messages.warning(request, f"Letter {letter_id} was not sent: {words}.")
    elif act == "mailed":
        messages.success(
            request, f"{api.mark_mailed(viewer, school_id)} copies are noted as handed to the post."
        )
    return redirect("letters")


@require_safe
@page(reads=DataClass.ATTENDANCE, roles=READERS)
def letter(request: PageRequest, letter_id: int) -> HttpResponse:
    """One letter: why, to whom, in which words, and what became of it."""
    return _letter(request, api.letter_page(request.viewer, letter_id), ReasonForm(), Conference())


def _letter(
    request: PageRequest, shown: LetterPage, form: ReasonForm, conference: Conference, status: int = 200
) -> HttpResponse:
    evidence = Evidence(shown.evidence, caption="Why: the attendance behind it")
    evidence.student_id = shown.letter.student_id
    recipients = Recipients(shown.recipients, caption="Would go to")
    deliveries = Deliveries(shown.deliveries, caption="Copies that left")
    return render(
        request,
        "attendance/letter.html",
        {
            "page": shown,
            "letter": shown.letter,
            "evidence": present(request, evidence, size=0),
            "recipients": present(request, recipients, size=0) if shown.recipients else None,
            "deliveries": present(request, deliveries, size=0) if shown.deliveries else None,
            "form": form,
            "conference": conference,
            "waits": shown.letter.state.waits,
        },
        status=status,
    )


@require_POST
@page(writes=DataClass.ATTENDANCE, roles=OFFICE)
def decide_letter(request: PageRequest, letter_id: int) -> HttpResponse:
    """Hold, release, send or dismiss a letter, or set its conference."""
    shown = api.letter_page(request.viewer, letter_id)
    if not shown.may_write:
        raise NotAllowed("deciding on this school's letters")
    viewer, number = request.viewer, letter_id
    act = request.POST.get("act", "")
    form = ReasonForm(request.POST if act in ("hold", "dismiss") else None)
    conference = Conference(request.POST if act == "conference" else None)
    for one in (form, conference):
        if one.is_bound and not one.is_valid():
            return _letter(request, shown, form, conference, status=422)
    reason = request.POST.get("reason", "")
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "hold": (lambda: api.hold_letter(viewer, number, reason), "The letter is held."),
        "dismiss": (lambda: api.dismiss_letter(viewer, number, reason), "The letter will not be sent."),
        "release": (lambda: api.release_letter(viewer, number), "The letter goes on."),
        "send": (lambda: api.send_letter(viewer, number, reason=reason), "The letter is sent."),
        "conference": (
            lambda: api.plan_conference(
                viewer,
                number,
                timezone.make_aware(conference.cleaned_data["at"]),
                conference.cleaned_data["place"],
            ),
            "The conference is set.",
        ),
    }
    if act not in acts:
        return _letter(request, shown, form, conference, status=422)
    do, done = acts[act]
    try:
        do()
    except Refused as refused:
        bound = conference if conference.is_bound else form
        if not bound.is_bound:
            bound = form = ReasonForm({"reason": reason or "-"})
            bound.is_valid()
        bound.add_findings(refused.findings)
        return _letter(request, shown, form, conference, status=422)
    messages.success(request, done)
    return redirect("letter", number)


@require_http_methods(["GET", "HEAD", "POST"])
@page(reads=DataClass.ATTENDANCE, roles=READERS)
def letter_file(request: PageRequest, delivery_id: int) -> HttpResponse:
    """One copy exactly as it left; a confidential address asks for a reason."""
    reason = request.POST.get("reason", "")
    try:
        pdf = api.letter_file(request.viewer, delivery_id, reason=reason)
    except NotAllowed:
        if request.method == "POST":
            raise
        form = OpenReason()
        return render(request, "attendance/open_letter.html", {"form": form})
    return _pdf(pdf, f"letter-{delivery_id}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@page(writes=DataClass.ATTENDANCE, roles=OFFICE)
def print_queue(request: PageRequest, school_id: int) -> HttpResponse:
    """Every copy of a school that waits for paper, in one file."""
    if school_id not in request.viewer.schools(*OFFICE):
        raise NotVisible
    try:
        pdf = api.print_letters(request.viewer, school_id, reason=request.POST.get("reason", ""))
    except NotAllowed:
        if request.method == "POST":
            raise
        return render(request, "attendance/open_letter.html", {"form": OpenReason()})
    except NotVisible:
        messages.info(request, "No letter waits for paper.")
        return redirect("letters")
    return _pdf(pdf, f"letters-{school_id}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_POST
@page(writes=DataClass.ATTENDANCE, roles=OFFICE)
def print_instead(request: PageRequest, delivery_id: int) -> HttpResponse:
    """A copy whose mail failed goes on paper."""
    try:
        api.print_instead(request.viewer, delivery_id, reason=request.POST.get("reason", ""))
        messages.success(request, "The copy waits in the print queue.")
    except Refused as refused:
        messages.error(request, "; ".join(f"{one.message}: {one.next_step}" for one in refused.findings))
    return redirect("letters")
