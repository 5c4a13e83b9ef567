"""The demonstration district may be entered with one click, by nobody but the machine it runs on.

Four things must hold, each by itself reason enough to refuse: the home says it is a demonstration,
the account is marked as a persona, the server listens on loopback only, and the request came
straight from there (no proxy, no foreign host name).
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from firstbell.platform.models import Account


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody of the demonstration district one may sign in as, and what there is to do."""

    username: str
    name: str
    role_label: str
    does: str


def personas() -> tuple[Persona, ...]:
    """The personas that ``demonstration.json`` in the home names; none in a real district."""
    path = Path(settings.HOME) / "demonstration.json"
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    return tuple(Persona(row["username"], row["name"], row["role_label"], row["does"]) for row in rows)


def mark_as_demonstration(usernames: Iterable[str]) -> int:
    """Mark accounts as personas of a demonstration; returns how many there were."""
    return Account.objects.filter(username__in=[name.lower() for name in usernames]).update(
        is_demonstration=True
    )


def pretend_use(signed_in: Mapping[int, datetime], factors: Iterable[int]) -> None:
    """Have accounts of invented people look used: when each signed in last, and who has a second factor.

    The secrets of these factors are known to nobody. Accounts that a password opens stay as they are.
    """
    closed = [row for row in Account.objects.filter(pk__in=signed_in) if not row.has_usable_password()]
    for account in closed:
        account.last_login = signed_in[account.pk]
    Account.objects.bulk_update(closed, ["last_login"], batch_size=500)
    chosen = set(factors) & {account.pk for account in closed}
    adapter = get_adapter()
    Authenticator.objects.bulk_create(
        [
            Authenticator(
                user_id=account,
                type=Authenticator.Type.TOTP,
                data={"secret": adapter.encrypt(token_hex(20))},
            )
            for account in sorted(chosen)
        ]
    )


def personas_for(request: HttpRequest) -> tuple[Persona, ...]:
    """The personas offered to this request; none unless it comes from this machine to this machine."""
    if not _is_loopback(settings.FIRSTBELL_BIND) or _was_forwarded(request):
        return ()
    if not _is_loopback(request.META.get("REMOTE_ADDR", "")):
        return ()
    if not _is_loopback(urlsplit(f"//{request.get_host()}").hostname or ""):
        return ()
    return personas()


def persona_account(request: HttpRequest, username: str) -> Account | None:
    """The account behind a persona, or None where one-click sign-in is not allowed."""
    if username not in {persona.username for persona in personas_for(request)}:
        return None
    return Account.objects.filter(username=username.lower(), is_demonstration=True, is_active=True).first()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _was_forwarded(request: HttpRequest) -> bool:
    return any(name in request.META for name in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP"))
