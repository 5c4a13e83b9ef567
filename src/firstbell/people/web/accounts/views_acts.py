"""Doing things to accounts. Every act is one form, one service, one line in the audit chain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from firstbell.kernel.finding import Refused, error
from firstbell.people import api
from firstbell.people.data import AccountPage
from firstbell.people.web.accounts.answers import act, act_form, refused_on
from firstbell.people.web.accounts.forms import FactorReason, FindPerson, NewAccount, Reason
from firstbell.people.web.accounts.tables import Sessions
from firstbell.platform.access import NotAllowed
from firstbell.platform.accounts import (
    ACCOUNT_KEEPERS,
    KEEPERS,
    ask_second_factor_reset,
    create_account,
    end_open_sessions,
    open_sessions,
    password_link,
    reopen_account,
)
from firstbell.platform.ui import Form, present
from firstbell.platform.web.pages import PageRequest, page


@page(roles=ACCOUNT_KEEPERS)
def account_new(request: PageRequest) -> HttpResponse:
    """Make an account."""
    return act_form(
        request,
        NewAccount(request.POST or None),
        "Make an account",
        "Make it",
        lambda asked: create_account(request.viewer, asked.pop("username"), **asked),
        to=lambda number: reverse("account", args=[number]),
        done="The account is made. Tie it to a person, then hand over a password link.",
        back=reverse("accounts"),
    )


@page(roles=ACCOUNT_KEEPERS)
def account_person(request: PageRequest, account_id: int) -> HttpResponse:
    """Tie the account to a person, or untie it."""
    if not api.may_find(request.viewer):
        raise NotAllowed("looking people up by name")
    shown = api.account_page(request.viewer, account_id)
    if request.method == "POST":
        return _tie(request, account_id, shown.row.person_kind)
    form = FindPerson(request.GET or None)
    text = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    hits = api.find_people(request.viewer, text, most=20)
    return render(
        request, "people/accounts/person.html", {"shown": shown, "form": form, "text": text, "hits": hits}
    )


def _tie(request: PageRequest, account_id: int, kind: str) -> HttpResponse:
    def write() -> None:
        chosen, _, number = request.POST.get("person", "").partition(":")
        if request.POST.get("untie"):
            api.unlink_account(request.viewer, account_id, kind or "staff")
        elif chosen in ("staff", "contact", "student") and number.isdecimal() and len(number) < 19:
            api.link_account(request.viewer, account_id, chosen, int(number))
        else:
            raise Refused([error("account.person", "nobody was chosen", "find the person and choose again")])

    done = "Done. It works with the next page they open."
    return act(request, write, reverse("account", args=[account_id]), done)


@page(roles=ACCOUNT_KEEPERS)
def account_password(request: PageRequest, account_id: int) -> HttpResponse:
    """A slip to print, shown once, with a link on which the owner chooses a password."""
    shown = api.account_page(request.viewer, account_id)
    back = reverse("account", args=[account_id])
    if request.method != "POST":
        words = (
            "The link works once, for a day, and until somebody signs in to the account. Hand it over in "
            "person or by a way you trust: whoever opens it first chooses the password."
        )
        title = f"A new password for {shown.row.username}"
        context = {"form": Form(), "title": title, "button": "Make a slip", "words": words, "back": back}
        context["of"] = shown.row.username
        return render(request, "people/accounts/form.html", context)
    try:
        path = password_link(request.viewer, account_id)
    except Refused as refused:
        return refused_on(request, refused, back)
    return render(
        request,
        "people/accounts/slip.html",
        {
            "shown": shown,
            "link": request.build_absolute_uri(path),
            "home": request.build_absolute_uri("/"),
            "made_at": timezone.now(),
        },
    )


@page(roles=ACCOUNT_KEEPERS)
def account_close(request: PageRequest, account_id: int) -> HttpResponse:
    """Close the account: open sessions end at once."""
    shown = api.account_page(request.viewer, account_id)
    return _with_reason(
        request,
        Reason(request.POST or None),
        f"Close the account {shown.row.username}",
        "Close it",
        lambda reason: api.close_account(request.viewer, account_id, reason=reason),
        words="Nobody signs in with it any more, and its open sessions end at once. It can be reopened.",
        done="The account is closed and its sessions have ended.",
        shown=shown,
    )


@require_POST
@page(roles=ACCOUNT_KEEPERS)
def account_reopen(request: PageRequest, account_id: int) -> HttpResponse:
    """Let a closed account sign in again."""
    return act(
        request,
        lambda: reopen_account(request.viewer, account_id),
        reverse("account", args=[account_id]),
        "The account may sign in again.",
    )


@page(roles=ACCOUNT_KEEPERS)
def account_sessions(request: PageRequest, account_id: int) -> HttpResponse:
    """Where the account is signed in just now, and ending that. One's own present session stays."""
    shown = api.account_page(request.viewer, account_id)
    key = (request.session.session_key or "") if shown.own else ""
    rows = Sessions(
        open_sessions(request.viewer, account_id, keep=key),
        caption="Other open sessions of yours" if shown.own else "Open sessions",
        nothing="It is signed in nowhere else." if shown.own else "It is signed in nowhere.",
    )
    return _with_reason(
        request,
        Reason(request.POST or None),
        f"Sessions of {shown.row.username}",
        "End them all",
        lambda reason: end_open_sessions(request.viewer, account_id, reason=reason, keep=key),
        words=f"A browser is signed in for {settings.SESSION_COOKIE_AGE // 3600} hours at most, or until it "
        "is closed.",
        done="The account is signed out everywhere else." if shown.own else "The account is signed out.",
        shown=shown,
        rows=present(request, rows, size=0),
    )


@page(roles=KEEPERS)
def factor_ask(request: PageRequest, account_id: int) -> HttpResponse:
    """Ask that a lost second factor be removed; a second person approves."""
    shown = api.account_page(request.viewer, account_id)
    return _with_reason(
        request,
        FactorReason(request.POST or None),
        f"Reset the second factor of {shown.row.username}",
        "Ask for it",
        lambda reason: ask_second_factor_reset(request.viewer, account_id, reason=reason),
        words="For somebody who lost phone, key and recovery codes. A second person approves it.",
        done="Asked. A second keeper of accounts must approve it within a day.",
        shown=shown,
    )


def _with_reason(
    request: PageRequest,
    form: Reason,
    title: str,
    button: str,
    write: Callable[[str], Any],
    *,
    words: str,
    done: str,
    shown: AccountPage,
    rows: Any = None,
) -> HttpResponse:
    account = reverse("account", args=[shown.row.id])
    return act_form(
        request,
        form,
        title,
        button,
        lambda asked: write(asked["reason"]),
        to=lambda _: account,
        done=done,
        back=account,
        of=shown.row.username,
        words=words,
        rows=rows,
    )
