"""Roles given by hand, and what waits for a second person."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from firstbell.people import api
from firstbell.people.data import NewGrant
from firstbell.people.web.accounts.answers import act, act_form
from firstbell.people.web.accounts.forms import Grant, Reason
from firstbell.platform.accounts import (
    ACCOUNT_KEEPERS,
    KEEPERS,
    approve_second_factor_reset,
    waiting_resets,
)
from firstbell.platform.web.pages import PageRequest, page


@page(roles=ACCOUNT_KEEPERS)
def grant_ask(request: PageRequest, account_id: int) -> HttpResponse:
    """Ask for a role that no roster knows."""
    shown = api.account_page(request.viewer, account_id)
    account = reverse("account", args=[account_id])

    def write(asked: dict[str, Any]) -> int:
        school = int(asked.pop("school") or 0) or None
        number, _ = api.ask_grant(request.viewer, NewGrant(account_id=account_id, school_id=school, **asked))
        return number

    return act_form(
        request,
        Grant(
            request.POST or None,
            schools=api.schools_to_grant(request.viewer),
            initial={"begin": request.viewer.today},
        ),
        f"Grant a role to {shown.row.username}",
        "Ask for it",
        write,
        to=lambda _: account,
        done="Asked for. The list of grants says whether it waits for a second person or is in force.",
        back=account,
        of=shown.row.username,
        words="Roles follow from posts, sections and families by themselves. A grant is for what no roster "
        "knows; a second person confirms it.",
    )


@page(roles=ACCOUNT_KEEPERS)
def grant_end(request: PageRequest, grant_id: int) -> HttpResponse:
    """End a grant at once."""
    grant = api.grant_row(request.viewer, grant_id)
    account = reverse("account", args=[grant.account_id])
    return act_form(
        request,
        Reason(request.POST or None),
        f"End the role {grant.label} of {grant.username}",
        "End it now",
        lambda asked: api.revoke_grant(request.viewer, grant_id, reason=asked["reason"]),
        to=lambda _: account,
        done="Ended: the next page they open is without it.",
        back=account,
        of=grant.username,
        words="It ends with the next page they open. Nothing is taken from the record of who held it when.",
    )


@require_safe
@page(roles=api.CONFIRMERS)
def waiting(request: PageRequest) -> HttpResponse:
    """What waits for a second person: grants, and second factors to be reset."""
    resets = waiting_resets(request.viewer) if request.viewer.holds(*KEEPERS) else []
    return render(
        request,
        "people/accounts/waiting.html",
        {"grants": api.waiting_grants(request.viewer), "resets": resets},
    )


@require_POST
@page(roles=api.CONFIRMERS)
def grant_decide(request: PageRequest, grant_id: int) -> HttpResponse:
    """Confirm a grant, or turn it down."""
    if request.POST.get("decline"):
        return _decided(request, lambda: api.decline_grant(request.viewer, grant_id), "Turned down.")
    done = "Confirmed: it is in force from its first day."
    return _decided(request, lambda: api.confirm_grant(request.viewer, grant_id), done)


@require_POST
@page(roles=KEEPERS)
def factor_approve(request: PageRequest, reset_id: int) -> HttpResponse:
    """Approve somebody else's request."""
    done = "Removed. All sessions of the account have ended; a new factor is set up at the next sign-in."
    return _decided(request, lambda: approve_second_factor_reset(request.viewer, reset_id), done)


def _decided(request: PageRequest, write: Any, done: str) -> HttpResponse:
    return act(request, write, reverse("accounts_waiting"), done)
