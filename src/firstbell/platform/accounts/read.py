"""Looking at accounts: who has a second factor, and whom wrong passwords hold back just now."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from allauth.core.internal.ratelimit import parse_rates
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef

from firstbell.platform.models import AuditEntry

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def second_factor_set_up(account: str = "pk") -> Exists:
    """Whether the account of a row (by default the row itself) has a one-time code or a passkey."""
    return Exists(Authenticator.objects.filter(type__in=FACTORS, user_id=OuterRef(account)))


def held_back() -> frozenset[int]:
    """Accounts that wrong passwords hold back just now, as the settings say (``login_failed``, by key).

    From the audit chain, so over all addresses together: the way in is closed only from the address where
    the password was mistyped. A sign-in that succeeds begins anew. One query over those few minutes.
    """
    rates = parse_rates(settings.ACCOUNT_RATE_LIMITS["login_failed"])
    limit = next(rate for rate in rates if rate.per == "key")
    since = datetime.now(UTC) - timedelta(seconds=limit.duration)
    told = AuditEntry.objects.filter(
        at__gte=since.strftime("%Y-%m-%dT%H:%M:%S"),
        action__in=("session.begin", "session.refuse"),
        object_kind="account",
        fields="",
    ).exclude(object_id="")
    refused: Counter[int] = Counter()
    for account, action in told.order_by("sequence").values_list("object_id", "action"):
        refused[int(account)] = refused[int(account)] + 1 if action == "session.refuse" else 0
    return frozenset(account for account, number in refused.items() if number >= limit.amount)
