"""Who may sign in, as those see it who keep accounts."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.utils import timezone

from firstbell import params
from firstbell.kernel.fetched import Fetched
from firstbell.people.data.accounts import AccountRow
from firstbell.people.selectors.roles_held import holding, roles_held
from firstbell.people.selectors.sign_ins import demanded
from firstbell.platform.access import DataClass, NotAllowed, Viewer
from firstbell.platform.accounts import KEEPERS, held_back, second_factor_set_up

TABLE = Path(__file__).resolve().parents[1] / "tables" / "accounts.yaml"
KINDS = ("staff", "contact", "student")


class AccountList(Fetched):
    """Accounts by username, fetched as far as a page shows them."""

    def __init__(self, viewer: Viewer, rows: QuerySet[Any]) -> None:
        self._viewer, self._rows = viewer, rows

    def __len__(self) -> int:
        return self._number

    @cached_property
    def _number(self) -> int:
        return self._rows.count()

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return read_rows(self._viewer, self._rows[place])
        return read_rows(self._viewer, self._rows[place : place + 1])[0]


def accounts(
    viewer: Viewer,
    *,
    text: str = "",
    kind: str = "",
    role: str = "",
    factor: str = "",
    state: str = "active",
) -> AccountList:
    """Accounts whose username or name begins with ``text``. Raises NotAllowed unless one keeps accounts.

    ``kind``: staff, contact, student or ``none`` (nobody behind it); ``role``: held today, for viewers who
    see roles (else NotAllowed); ``factor``: ``none`` (a role demands a second factor and none is set up) or
    ``set``; ``state``: active, closed, never (never signed in), dormant, held (wrong passwords) or all.
    """
    rows = visible_accounts(viewer).order_by("username")
    if role:
        if not sees_account_field(viewer, "roles"):
            raise NotAllowed("looking accounts up by role")
        rows = rows.filter(holding(role, viewer.today))
    if text:
        found = Q(username__startswith=text.lower())
        if sees_account_field(viewer, "name"):
            found |= Q(display_name__istartswith=text) | Q(display_name__icontains=f" {text}")
        rows = rows.filter(found)
    if kind in KINDS:
        rows = rows.filter(**{f"{kind}__isnull": False})
    elif kind == "none":
        rows = rows.filter(**{f"{name}__isnull": True for name in KINDS})
    if factor == "none":
        rows = rows.filter(must=True, factor=False)
    elif factor == "set":
        rows = rows.filter(factor=True)
    return AccountList(viewer, _in_state(viewer, rows, state))


def dormant_after(viewer: Viewer) -> int:
    """After how many days without a sign-in an account counts as dormant today."""
    return int(params.load(TABLE)["dormant_after"].on(viewer.today).value)


def _in_state(viewer: Viewer, rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    if state == "closed":
        return rows.filter(is_active=False)
    if state != "all":
        rows = rows.filter(is_active=True)
    if state == "never":
        return rows.filter(last_login=None)
    if state == "dormant":
        since = timezone.now() - timedelta(days=dormant_after(viewer))
        return rows.filter(Q(last_login__lt=since) | Q(last_login=None, created_at__lt=since))
    if state == "held":
        return rows.filter(pk__in=held_back())
    return rows


def visible_accounts(viewer: Viewer) -> QuerySet[Any]:
    """Accounts with ``factor`` (set up) and ``must`` (demanded). Raises NotAllowed unless a keeper asks."""
    if not viewer.holds(*KEEPERS):
        raise NotAllowed("reading about accounts")
    return get_user_model().objects.annotate(
        factor=second_factor_set_up(),
        must=Case(
            When(demanded(viewer), then=Value(True)), default=Value(False), output_field=BooleanField()
        ),
    )


def sees_account_field(viewer: Viewer, field: str) -> bool:
    """Whether the viewer's role shows this field of every account."""
    return viewer.shows_everywhere(DataClass.DIRECTORY, field)


def read_rows(viewer: Viewer, rows: QuerySet[Any]) -> list[AccountRow]:
    """Rows with the roles of today, as far as the viewer's own role shows them."""
    found = list(rows.select_related(*KINDS))
    shows = {field: sees_account_field(viewer, field) for field in ("name", "email", "roles")}
    held = roles_held([account.pk for account in found], viewer.today) if shows["roles"] else {}
    return [
        AccountRow(
            id=account.pk,
            username=account.username,
            name=account.display_name if shows["name"] else "",
            email=account.email if shows["email"] else "",
            person_kind=_kind(account),
            person_id=getattr(account, _kind(account)).pk if _kind(account) else None,
            roles=held.get(account.pk, ()) if shows["roles"] else None,
            factor=account.factor,
            demanded=account.must,
            last_sign_in=account.last_login,
            active=account.is_active,
            demonstration=account.is_demonstration,
        )
        for account in found
    ]


def _kind(account: Any) -> str:
    return next((kind for kind in KINDS if hasattr(account, kind)), "")
