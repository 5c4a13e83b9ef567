"""Who lost phone, key and recovery codes is let in again by two keepers of accounts together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from firstbell.kernel.finding import Refused, error
from firstbell.platform.access import NotAllowed, NotVisible, Viewer
from firstbell.platform.accounts.write import end_sessions
from firstbell.platform.audit import record
from firstbell.platform.models import Account, SecondFactorReset

KEEPERS = ("technology_chief", "system_administrator", "privacy_officer")
VALID = timedelta(hours=24)  # how long a request waits for its approval


@dataclass(frozen=True, slots=True)
class ResetRequest:
    """A request that waits for a second person."""

    id: int
    account_id: int
    username: str
    reason: str
    asked_by_id: int
    asked_at: datetime
    may_approve: bool


def waiting_resets(viewer: Viewer) -> list[ResetRequest]:
    """Requests that may still be approved, the oldest first. Raises NotAllowed unless a keeper asks."""
    keeper = _keeper(viewer)
    rows = SecondFactorReset.objects.filter(approved_at=None, asked_at__gte=timezone.now() - VALID)
    return [
        ResetRequest(
            id=row.pk,
            account_id=row.account_id,
            username=row.account.username,
            reason=row.reason,
            asked_by_id=row.asked_by_id,
            asked_at=row.asked_at,
            may_approve=keeper not in (row.asked_by_id, row.account_id),
        )
        for row in rows.select_related("account").order_by("asked_at")
    ]


def ask_second_factor_reset(viewer: Viewer, account_id: int, *, reason: str) -> int:
    """Ask that an account's second factor be removed; returns the number to be approved by somebody else.

    Raises NotAllowed unless the viewer keeps accounts, Refused without a reason or for oneself.
    """
    keeper = _keeper(viewer)
    if not Account.objects.filter(pk=account_id).exists():
        raise NotVisible
    _refuse_if(
        account_id == keeper,
        "own_account",
        "nobody resets their own second factor",
        "ask two other people who keep accounts",
    )
    _refuse_if(
        not reason.strip(),
        "reason_missing",
        "a reset needs a reason",
        "write how you made sure who is asking",
    )
    with transaction.atomic():
        reset = SecondFactorReset.objects.create(
            account_id=account_id, reason=reason, asked_by_id=keeper, asked_at=timezone.now()
        )
        record(viewer, "second_factor.ask_reset", "account", account_id, reason=reason)
    return reset.pk


def approve_second_factor_reset(viewer: Viewer, reset_id: int) -> None:
    """Approve a request of somebody else: the factors are removed and all sessions of the account end.

    Raises Refused when it is one's own request or account, was approved already, or waited over a day.
    """
    keeper = _keeper(viewer)
    with transaction.atomic():
        reset = SecondFactorReset.objects.select_for_update().filter(pk=reset_id).first()
        if reset is None:
            raise NotVisible
        _refuse_if(
            keeper in (reset.asked_by_id, reset.account_id),
            "second_person",
            "it takes a second person: who asked, or whose account it is, cannot approve",
            "have another technology chief, administrator or privacy officer approve it",
        )
        over = reset.approved_at is not None or reset.asked_at + VALID < timezone.now()
        _refuse_if(over, "over", "this request was approved already or is over a day old", "ask anew")
        reset.approved_by_id = keeper
        reset.approved_at = timezone.now()
        reset.save(update_fields=["approved_by_id", "approved_at"])
        Authenticator.objects.filter(user_id=reset.account_id).delete()
        end_sessions(reset.account_id)
        record(viewer, "second_factor.reset", "account", reset.account_id, reason=reset.reason)


def _keeper(viewer: Viewer) -> int:
    if viewer.account_id is None or not viewer.holds(*KEEPERS):
        raise NotAllowed("resetting a second step")
    return viewer.account_id


def _refuse_if(condition: bool, code: str, message: str, next_step: str) -> None:
    if condition:
        raise Refused([error(f"second_factor.{code}", message, next_step)])
