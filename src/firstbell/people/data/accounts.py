"""Accounts and the roles they hold, as pages and the bridge tell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SignInCounts:
    """Active accounts whose roles demand a second factor, those without one, those that never signed in."""

    demanded: int
    without: int
    never: int


@dataclass(frozen=True, slots=True)
class RoleWhy:
    """A role somebody holds today and what it follows from: a post, sections, a relation, a grant."""

    role: str
    label: str
    why: str
    school: str = ""
    begin: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """An account as a list shows it. What the viewer's role does not open is empty (``roles``: None)."""

    id: int
    username: str
    name: str
    email: str
    #: staff, contact, student or empty
    person_kind: str
    person_id: int | None
    roles: tuple[RoleWhy, ...] | None
    factor: bool
    demanded: bool
    last_sign_in: datetime | None
    active: bool
    demonstration: bool

    @property
    def role_words(self) -> str:
        """The roles in a line."""
        return ", ".join(dict.fromkeys(one.label for one in self.roles or ()))

    @property
    def factor_state(self) -> str:
        """``set``, ``missing`` where a role demands one, ``none`` where none is asked for."""
        return "set" if self.factor else "missing" if self.demanded else "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRow:
    """A role given by hand. ``state``: waiting, in_force, later, ended, withdrawn (before its first day)."""

    id: int
    account_id: int
    username: str
    role: str
    label: str
    school: str
    begin: date
    end: date | None
    reason: str
    granted_by: str
    confirmed_by: str
    state: str
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class AccountEvent:
    """A line of the audit chain about an account: when, what, by whom, and the reason that was typed."""

    at: datetime
    action: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountPage:
    """One account: the row, its grants, and what the viewer may do.

    ``events`` is None where the viewer's role does not open the log; ``person`` is empty where it does not
    show names.
    """

    row: AccountRow
    created_at: datetime
    deactivated_at: datetime | None
    has_password: bool
    held_back: bool
    person: str
    grants: tuple[GrantRow, ...]
    events: tuple[AccountEvent, ...] | None
    own: bool
    may_keep: bool
    may_grant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGrant:
    """A role to be given to an account from ``begin`` to ``end`` (inclusive; None: until it is ended)."""

    account_id: int
    role: str
    school_id: int | None
    begin: date
    end: date | None
    reason: str
