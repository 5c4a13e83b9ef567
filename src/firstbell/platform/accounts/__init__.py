"""Accounts and how they are entered: password and second factor, passkey, the district's own sign-in.

Nobody signs up: accounts come from the roster or from an administrator. Single sign-on finds an
account, it never makes one.
"""

from firstbell.platform.accounts.demonstration import Persona, mark_as_demonstration, personas, pretend_use
from firstbell.platform.accounts.password_link import password_link
from firstbell.platform.accounts.read import held_back, second_factor_set_up
from firstbell.platform.accounts.second_factor import (
    KEEPERS,
    ResetRequest,
    approve_second_factor_reset,
    ask_second_factor_reset,
    waiting_resets,
)
from firstbell.platform.accounts.sessions import OpenSession, end_open_sessions, open_sessions
from firstbell.platform.accounts.write import (
    ACCOUNT_KEEPERS,
    NewAccount,
    create_account,
    create_accounts,
    deactivate_account,
    reopen_account,
)

__all__ = [
    "ACCOUNT_KEEPERS",
    "KEEPERS",
    "NewAccount",
    "OpenSession",
    "Persona",
    "ResetRequest",
    "approve_second_factor_reset",
    "ask_second_factor_reset",
    "create_account",
    "create_accounts",
    "deactivate_account",
    "end_open_sessions",
    "held_back",
    "mark_as_demonstration",
    "open_sessions",
    "password_link",
    "personas",
    "pretend_use",
    "reopen_account",
    "second_factor_set_up",
    "waiting_resets",
]
