"""Giving a role that no roster knows."""

from __future__ import annotations

from datetime import date
from typing import Any

from firstbell.people.models import RoleGrant


def grant_first_role(account: Any, role: str, today: date) -> None:
    """Give the first administrator of an installation a role for the district.

    Only while nobody holds a grant; later ones need two people.
    """
    if not RoleGrant.objects.exists():
        RoleGrant.objects.create(account=account, role=role, begin=today, reason="first administrator")
