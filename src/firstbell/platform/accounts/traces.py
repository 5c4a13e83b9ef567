"""Signing in, failing to, and changing a second factor leave a row in the audit chain."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from firstbell.platform.access import Viewer
from firstbell.platform.audit import record
from firstbell.platform.models import Account


def connect_traces() -> None:
    """Listen to what Django and allauth have to say about sign-in."""
    user_logged_in.connect(_signed_in, dispatch_uid="firstbell.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="firstbell.signed_out")
    user_login_failed.connect(_refused, dispatch_uid="firstbell.refused")
    for signal in (password_changed, password_reset, password_set):
        signal.connect(_password_set, dispatch_uid="firstbell.password_set")
    authentication_failed.connect(_second_factor_refused, dispatch_uid="firstbell.second_refused")
    authenticator_added.connect(_second_factor_added, dispatch_uid="firstbell.second_added")
    authenticator_removed.connect(_second_factor_removed, dispatch_uid="firstbell.second_removed")


def _record(account: Account | None, action: str, **details: Any) -> None:
    viewer = Viewer(account_id=account.pk if account else None, name="", today=timezone.localdate())
    record(viewer, action, "account", account.pk if account else "", count=0, **details)


def _signed_in(sender: object, user: Account, **kwargs: Any) -> None:
    _record(user, "session.begin")


def _signed_out(sender: object, user: Account | None, **kwargs: Any) -> None:
    if user is not None:
        _record(user, "session.end")


def _refused(sender: object, credentials: dict[str, Any], **kwargs: Any) -> None:
    """What was typed may be a password in the wrong field: only the account it hits is named."""
    name = str(credentials.get("username") or "").lower()
    _record(Account.objects.filter(username=name).first(), "session.refuse")


def _password_set(sender: object, user: Account, **kwargs: Any) -> None:
    _record(user, "password.set", fields=["password"])


def _second_factor_refused(sender: object, user: Account, **kwargs: Any) -> None:
    _record(user, "session.refuse", fields=["second_factor"])


def _second_factor_added(
    sender: object, request: HttpRequest, user: Account, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Setting up the first factor proves that one holds it: the session need not ask again."""
    _record(user, "second_factor.add", fields=[authenticator.type])
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    others = Authenticator.objects.filter(user_id=user.pk).exclude(pk=authenticator.pk)
    if not others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def _second_factor_removed(
    sender: object, user: Account, authenticator: Authenticator, **kwargs: Any
) -> None:
    _record(user, "second_factor.remove", fields=[authenticator.type])
