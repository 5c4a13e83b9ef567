"""Looking at accounts: who has a second factor, in expressions that other rooms' queries may hold."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def second_factor_set_up(account: str = "pk") -> Exists:
    """Whether the account of a row (by default the row itself) has a one-time code or a passkey."""
    return Exists(Authenticator.objects.filter(type__in=FACTORS, user_id=OuterRef(account)))
