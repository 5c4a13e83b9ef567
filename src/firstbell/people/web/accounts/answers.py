"""How acts on accounts are answered: a form of its own page, or a button and a sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from firstbell.kernel.finding import Refused
from firstbell.people.web.acting import ActForm, answer
from firstbell.platform.web.pages import PageRequest


def act_form(
    request: PageRequest,
    form: ActForm,
    title: str,
    button: str,
    write: Callable[[dict[str, Any]], object],
    *,
    to: Callable[[str], str],
    done: str,
    back: str,
    of: str = "",
    words: str = "",
    rows: Any = None,
) -> HttpResponse:
    """A page with one form: ``words`` say what it does, ``rows`` (a table) what it concerns.

    ``of`` is the username of the account at ``back``.
    """
    context = {"title": title, "button": button, "words": words, "back": back, "of": of, "rows": rows}
    return answer(request, form, "people/accounts/form.html", context, write=write, to=to, done=done)


def act(request: PageRequest, write: Callable[[], Any], to: str, done: str) -> HttpResponse:
    """Do it, and say so on the page it belongs to."""
    try:
        write()
    except Refused as refused:
        return refused_on(request, refused, to)
    messages.success(request, done)
    return redirect(to)


def refused_on(request: PageRequest, refused: Refused, to: str) -> HttpResponse:
    """Go to a page and say there why nothing was done."""
    for finding in refused.findings:
        sentence = f"{finding.message[:1].upper()}{finding.message[1:]}: {finding.next_step}"
        messages.error(request, sentence.rstrip(".") + ".")
    return redirect(to)
