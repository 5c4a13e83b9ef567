"""Making accounts and closing them."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from firstbell.kernel.finding import Refused, error
from firstbell.platform.access import Viewer
from firstbell.platform.audit import record
from firstbell.platform.models import Account
from firstbell.platform.writing import hold, writing


def create_account(
    viewer: Viewer, username: str, password: str | None = None, *, display_name: str = "", email: str = ""
) -> int:
    """Make an account and return its number; without ``password`` it opens by single sign-on only.

    Raises Refused when the username or the e-mail address is taken or unfit, or the password too weak.
    """
    account = Account(username=username.lower(), email=email.lower(), display_name=display_name)
    try:
        if password is not None:
            validate_password(password, account)
        account.set_password(password)
        with writing():
            hold("account names")  # looked up and taken by one at a time
            account.full_clean(exclude=["password"])
            account.save()
            fields = ["username", "display_name", "email"]
            record(viewer, "account.create", "account", account.pk, fields=fields)
    except ValidationError as problem:
        raise Refused(
            [
                error("account.unfit", message, "Choose another and try again; no account was made.")
                for message in problem.messages
            ]
        ) from None
    return account.pk


def deactivate_account(viewer: Viewer, account_id: int, *, reason: str) -> None:
    """Close an account at once: it signs in no more, and its open sessions end."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(pk=account_id)
        account.is_active = False
        account.deactivated_at = timezone.now()
        account.save(update_fields=["is_active", "deactivated_at"])
        end_sessions(account_id)
        record(viewer, "account.deactivate", "account", account_id, fields=["is_active"], reason=reason)


def end_sessions(account_id: int) -> None:
    """End every open session of an account."""
    mine = [
        session.pk
        for session in Session.objects.filter(expire_date__gte=timezone.now()).iterator()
        if session.get_decoded().get("_auth_user_id") == str(account_id)
    ]
    Session.objects.filter(pk__in=mine).delete()
