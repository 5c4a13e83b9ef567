"""Who sees more than their own rows has shown a second factor in this session, or gets no further."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

DEMONSTRATION = "demonstration"
# Where one is sent, one must be let in; nothing else of the account may be changed before.
_OPEN = frozenset({"account_login", "account_logout", "account_reauthenticate", "account_inactive"})


def second_factor_shown(request: HttpRequest) -> bool:
    """Whether this session was opened with a second factor (or as a persona of the demonstration)."""
    trusted = settings.FIRSTBELL_SECOND_FACTOR_AT_PROVIDER
    for entry in get_authentication_records(request, request.user if request.user.is_authenticated else None):
        if entry["method"] in ("mfa", DEMONSTRATION):
            return True
        if entry["method"] == "socialaccount" and entry.get("provider") in trusted:
            return True
    return False


def has_second_factor(account_id: int) -> bool:
    """Whether the account has set up a one-time code or a passkey."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user_id=account_id, type__in=kinds).exists())


class SecondFactorMiddleware:
    """Sends to set-up, or to verification where a factor is already set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        """None lets the request pass."""
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        name = (request.resolver_match.url_name if request.resolver_match else "") or ""
        if name in _OPEN or name.startswith("mfa_"):
            return None
        if second_factor_shown(request) or not request.viewer.needs_second_factor:  # type: ignore[attr-defined]
            return None
        set_up = has_second_factor(request.user.pk)
        target = resolve_url("mfa_reauthenticate" if set_up else "mfa_index")
        target += "?" + urlencode({"next": request.get_full_path()})
        if getattr(request, "htmx", False):
            return HttpResponse(status=200, headers={"HX-Redirect": target})
        return redirect(target)
