"""What the sign-in pages know besides their form."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from firstbell.platform.accounts.demonstration import personas_for


def sign_in(request: HttpRequest) -> dict[str, Any]:
    """Personas of a demonstration, and whether a password can be reset by e-mail."""
    return {
        "personas": SimpleLazyObject(lambda: personas_for(request)),
        "may_reset_password": bool(settings.SIGN_IN.mail),
    }
