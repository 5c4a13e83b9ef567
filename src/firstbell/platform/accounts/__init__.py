"""Accounts and how they are entered: password and second factor, passkey, the district's own sign-in.

Nobody signs up: accounts come from the roster or from an administrator. Single sign-on finds an
account, it never makes one.
"""

from firstbell.platform.accounts.demonstration import Persona, mark_as_demonstration, personas
from firstbell.platform.accounts.read import second_factor_set_up
from firstbell.platform.accounts.second_factor import approve_second_factor_reset, ask_second_factor_reset
from firstbell.platform.accounts.write import create_account, deactivate_account

__all__ = [
    "Persona",
    "approve_second_factor_reset",
    "ask_second_factor_reset",
    "create_account",
    "deactivate_account",
    "mark_as_demonstration",
    "personas",
    "second_factor_set_up",
]
