"""Looking at accounts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from firstbell.people import api
from firstbell.people.web.accounts.forms import FindAccounts
from firstbell.people.web.accounts.tables import Accounts, Events, Grants, Roles
from firstbell.platform.accounts import ACCOUNT_KEEPERS, KEEPERS
from firstbell.platform.ui import present
from firstbell.platform.web.pages import PageRequest, page

NO_ROLE = "No role today: only the first page opens. Tie the account to a person, or grant a role."
NO_GRANT = "No role was ever granted by hand. Posts, sections and families give roles by themselves."


@require_safe
@page(roles=KEEPERS)
def accounts(request: PageRequest) -> HttpResponse:
    """Who may sign in, in which roles, with which second factor."""
    words: dict[str, Any] = {
        "days": api.dormant_after(request.viewer),
        "roles": api.sees_account_field(request.viewer, "roles"),
    }
    form = FindAccounts(request.GET or None, **words)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = api.accounts(
        request.viewer,
        text=asked.get("q", ""),
        kind=asked.get("kind", ""),
        role=asked.get("role", ""),
        factor=asked.get("factor", ""),
        state=asked.get("state") or "active",
    )
    rows = Accounts(found, caption="Accounts", nothing="No account is like that.", exclude=_hidden(request))
    return render(
        request,
        "people/accounts/list.html",
        {
            "may_make": request.viewer.holds(*ACCOUNT_KEEPERS),
            "form": form if form.is_bound else FindAccounts(initial={"state": "active"}, **words),
            "rows": present(request, rows),
        },
    )


def _hidden(request: PageRequest) -> tuple[str, ...]:
    """Columns that the viewer's role does not open."""
    hidden = {"name": "name", "role_words": "roles"}
    return tuple(
        column for column, field in hidden.items() if not api.sees_account_field(request.viewer, field)
    )


@require_safe
@page(roles=KEEPERS)
def account(request: PageRequest, account_id: int) -> HttpResponse:
    """One account: who is behind it, the roles it holds and why, and what can be done."""
    shown = api.account_page(request.viewer, account_id)
    grants = Grants(shown.grants, caption="Roles granted by hand", nothing=NO_GRANT)
    roles = events = None
    if shown.events is not None:
        table = Events(shown.events, caption="What happened lately", nothing="Nothing yet.")
        events = present(request, table, size=0)
    if shown.row.roles is not None:
        roles = present(request, Roles(shown.row.roles, caption="Roles today", nothing=NO_ROLE), size=0)
    return render(
        request,
        "people/accounts/account.html",
        {
            "shown": shown,
            "row": shown.row,
            "roles": roles,
            "events": events,
            "may_end": request.viewer.holds(*ACCOUNT_KEEPERS),
            "grants": present(request, grants, size=0),
            "open_grants": [one for one in shown.grants if one.state in ("in_force", "later")],
            "waiting": [one for one in shown.grants if one.state == "waiting"],
        },
    )
