"""The first account of an installation."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from firstbell.kernel.finding import Refused, error
from firstbell.people.api import grant_first_role
from firstbell.platform.access import POLICY, Viewer
from firstbell.platform.accounts import create_account
from firstbell.platform.writing import hold, writing


def create_first_account(username: str, name: str, role: str, password: str) -> None:
    """Create the account and give it ``role`` for the district.

    Raises Refused when there are accounts already, the role is unknown or the password too weak.
    """
    accounts = get_user_model()
    findings = []
    if role not in POLICY.roles:
        findings.append(
            error("init.role", f"there is no role {role}", f"use one of {', '.join(POLICY.roles)}")
        )
    try:
        validate_password(password)
    except ValidationError as problem:
        findings += [
            error("init.password", text, "choose a longer, rarer password") for text in problem.messages
        ]
    if findings:
        raise Refused(findings)
    with writing():
        hold("first account")  # two who start at once: the second finds the first
        if accounts.objects.exists():
            told = "this installation has accounts already"
            raise Refused([error("init.done", told, "sign in, and grant roles there")])
        today = timezone.localdate()
        viewer = Viewer(account_id=None, name="init", today=today, purpose="init")
        number = create_account(viewer, username, password, display_name=name)
        grant_first_role(accounts.objects.get(pk=number), role, today)
