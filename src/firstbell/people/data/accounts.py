"""Accounts and the roles they hold, as pages and the bridge tell them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignInCounts:
    """Active accounts whose roles demand a second factor, those without one, those that never signed in."""

    demanded: int
    without: int
    never: int
