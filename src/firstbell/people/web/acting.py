"""How every form that changes something is answered: shown, rehearsed, written once, and away by redirect."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from firstbell.kernel.finding import Refused
from firstbell.people import api
from firstbell.platform.ui import Form
from firstbell.platform.web.pages import PageRequest

OWN = ("form_id", "seen")


class ActForm(Form):
    """A form that changes something. ``form_id`` makes a second sending harmless; ``seen`` proves that
    what is confirmed is what was shown."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def values(self) -> dict[str, Any]:
        """What was asked for, without the form's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if name not in OWN}

    @property
    def digest(self) -> str:
        """A fingerprint of what was asked for."""
        return hashlib.sha256(repr(sorted(self.values.items())).encode()).hexdigest()[:32]

    def was_shown(self) -> bool:
        """Whether exactly this was rehearsed before the eyes of the sender."""
        return bool(self.cleaned_data["seen"] == self.digest)

    def mark_shown(self) -> None:
        """Have the next sending confirm what is shown now."""
        self.data = {**self.data.dict(), "seen": self.digest}  # type: ignore[attr-defined]  # a QueryDict


def answer(
    request: PageRequest,
    form: ActForm,
    template: str,
    context: dict[str, Any],
    *,
    write: Callable[[dict[str, Any]], object],
    to: Callable[[str], str],
    done: str,
    rehearse: int | None = None,
) -> HttpResponse:
    """Show the form, or do what it asks.

    ``write`` gets the values and calls the service; its refusals come back beside the fields. With
    ``rehearse`` (a student's id) the first sending shows what would change, the second does it. ``to``
    takes what ``write`` answered and gives the address to go on to; ``done`` is said there.
    """
    lines: list[str] = []
    if form.is_valid():
        earlier = api.sent_before(request.viewer, form.cleaned_data["form_id"])
        if earlier:
            return redirect(to(earlier))
        try:
            if rehearse is None or form.was_shown():
                answered = api.once(request.viewer, form.cleaned_data["form_id"], lambda: write(form.values))
                messages.success(request, done)
                return redirect(to(answered))
            lines = api.rehearse(rehearse, lambda: write(form.values))
            form.mark_shown()
        except Refused as refused:
            form.add_findings(refused.findings)
    words = {**context, "form": form, "preview": lines, "rehearsed": rehearse is not None}
    return render(request, template, words, status=422 if form.errors else 200)
