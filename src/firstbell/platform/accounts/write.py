"""Making accounts and closing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.utils import timezone

from firstbell.kernel.finding import Finding, Refused, error
from firstbell.platform.access import NotAllowed, NotVisible, Viewer
from firstbell.platform.audit import record
from firstbell.platform.models import Account
from firstbell.platform.rows import insert_rows
from firstbell.platform.writing import hold, writing

#: who makes and closes accounts, and ties them to people
ACCOUNT_KEEPERS = ("technology_chief", "system_administrator")


def create_account(
    viewer: Viewer, username: str, password: str | None = None, *, display_name: str = "", email: str = ""
) -> int:
    """Make an account and return its number; without ``password`` it opens by single sign-on only.

    Raises NotAllowed unless the viewer keeps accounts, Refused when the username or the e-mail address is
    taken or unfit, or the password too weak.
    """
    require_keeper(viewer)
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
                error(
                    "account.unfit", message.rstrip("."), "choose another and try again; no account was made"
                )
                for message in problem.messages
            ]
        ) from None
    return account.pk


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account to be made for somebody of the roster."""

    username: str
    display_name: str = ""
    email: str = ""


def create_accounts(viewer: Viewer, wanted: Iterable[NewAccount]) -> dict[str, int]:
    """Make many accounts at once, opened by single sign-on only; answers their numbers by username.

    Raises Refused when a username is unfit, or a username or an e-mail address is taken; none is made then.
    """
    rows = [(one.username.lower(), one.email.lower(), one.display_name) for one in wanted]
    findings = [*_unfit(name for name, _, _ in rows), *_twice(rows)]
    if findings:
        raise Refused(findings)
    with writing():
        insert_rows(
            Account,
            ("username", "email", "display_name", "password"),
            [(name, email, shown, make_password(None)) for name, email, shown in rows],
        )
        record(
            viewer,
            "account.create",
            "account",
            fields=["username", "display_name", "email"],
            count=len(rows),
        )
        names = {name for name, _, _ in rows}
        return {name: pk for name, pk in Account.objects.values_list("username", "pk") if name in names}


def _unfit(names: Iterable[str]) -> Iterator[Finding]:
    check = ASCIIUsernameValidator()
    for name in names:
        try:
            check(name)
        except ValidationError:
            yield error(
                "account.unfit", f"“{name}” is no username", "use letters, digits, @ . + - and _ only"
            )


def _twice(rows: list[tuple[str, str, str]]) -> Iterator[Finding]:
    """What stands twice among the wanted, or in an account that is there."""
    for place, what in ((0, "username"), (1, "e-mail address")):
        taken = set(Account.objects.values_list(("username", "email")[place], flat=True))
        for row in rows:
            if row[place] and row[place] in taken:
                yield error("account.taken", f"the {what} {row[place]} is taken", "choose another")
            taken.add(row[place])


def deactivate_account(viewer: Viewer, account_id: int, *, reason: str) -> None:
    """Close an account at once: it signs in no more, and its open sessions end.

    Raises NotAllowed unless the viewer keeps accounts, NotVisible where there is none, Refused for one's
    own account and without a reason.
    """
    require_keeper(viewer)
    findings = []
    if account_id == viewer.account_id:
        findings.append(error("account.own", "nobody closes their own account", "ask another keeper"))
    if not reason.strip():
        findings.append(
            error("account.reason", "closing an account needs a reason", "write why", column="reason")
        )
    if findings:
        raise Refused(findings)
    _set_active(viewer, account_id, active=False, reason=reason)


def reopen_account(viewer: Viewer, account_id: int) -> None:
    """Let a closed account sign in again; what it may see follows from today's roles.

    Raises NotAllowed unless the viewer keeps accounts, NotVisible where there is none.
    """
    require_keeper(viewer)
    _set_active(viewer, account_id, active=True)


def _set_active(viewer: Viewer, account_id: int, *, active: bool, reason: str = "") -> None:
    with writing():
        account = Account.objects.select_for_update().filter(pk=account_id).first()
        if account is None:
            raise NotVisible
        account.is_active = active
        account.deactivated_at = None if active else timezone.now()
        account.save(update_fields=["is_active", "deactivated_at"])
        if not active:
            end_sessions(account_id)
        verb = "account.reopen" if active else "account.deactivate"
        record(viewer, verb, "account", account_id, fields=["is_active"], reason=reason)


def require_keeper(viewer: Viewer) -> None:
    """Raise NotAllowed unless the viewer keeps accounts (or is the installation itself)."""
    if not (viewer.purpose or viewer.holds(*ACCOUNT_KEEPERS)):
        raise NotAllowed("keeping accounts")


def end_sessions(account_id: int, *, keep: str = "") -> int:
    """End every open session of an account but the one of key ``keep``; answers how many that were."""
    mine = [key for key, _ in sessions_of(account_id) if key != keep]
    Session.objects.filter(pk__in=mine).delete()
    return len(mine)


def sessions_of(account_id: int) -> list[tuple[str, dict[str, Any]]]:
    """Key and contents of an account's open sessions. Reads every open session: not for lists."""
    open_now = Session.objects.filter(expire_date__gte=timezone.now()).iterator()
    contents = ((session.pk, session.get_decoded()) for session in open_now)
    return [(key, held) for key, held in contents if held.get("_auth_user_id") == str(account_id)]
