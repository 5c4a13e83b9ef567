"""One account as those see it who keep accounts: the person, the roles and why, what happened to it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model

from firstbell.people.data.accounts import AccountEvent, AccountPage, AccountRow
from firstbell.people.models import Contact, RoleGrant, Staff, Student
from firstbell.people.selectors.accounts import KINDS, read_rows, sees_account_field, visible_accounts
from firstbell.people.selectors.grants import grant_rows
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.accounts import ACCOUNT_KEEPERS, held_back
from firstbell.platform.audit import LogFilter, audit_lines

EVENTS = 20
_PEOPLE: dict[str, Any] = dict(zip(KINDS, (Staff, Contact, Student), strict=True))


def account_page(viewer: Viewer, account_id: int) -> AccountPage:
    """One account. Raises NotAllowed unless one keeps accounts, NotVisible where there is none."""
    found = read_rows(viewer, visible_accounts(viewer).filter(pk=account_id))
    if not found:
        raise NotVisible
    account = get_user_model().objects.get(pk=account_id)
    own = account_id == viewer.account_id
    keeps = viewer.holds(*ACCOUNT_KEEPERS)
    return AccountPage(
        row=found[0],
        created_at=account.created_at,
        deactivated_at=account.deactivated_at,
        has_password=account.has_usable_password(),
        held_back=account_id in held_back(),
        person=_person(viewer, found[0]),
        grants=tuple(grant_rows(viewer, RoleGrant.objects.filter(account=account_id))),
        events=_events(viewer, account_id),
        own=own,
        may_keep=keeps and not own,
        may_grant=keeps and not own and account.is_active,
    )


def _person(viewer: Viewer, row: AccountRow) -> str:
    if not row.person_kind or not sees_account_field(viewer, "name"):
        return ""
    return str(_PEOPLE[row.person_kind].objects.get(pk=row.person_id).display_name)


def _events(viewer: Viewer, account_id: int) -> tuple[AccountEvent, ...] | None:
    """The newest lines of the log about this account, for whose role opens the log."""
    if not viewer.sees_whole_district(DataClass.LOGS):
        return None
    asked = LogFilter(object_kind="account", object_id=str(account_id))
    return tuple(
        AccountEvent(
            at=line.at,
            action=line.action,
            by=line.actor or "nobody who is known",
            reason=line.reason,
        )
        for line in audit_lines(viewer, asked, size=EVENTS)
    )
