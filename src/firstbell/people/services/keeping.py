"""Closing accounts so that somebody is left who can open them again."""

from __future__ import annotations

from firstbell.kernel.finding import Refused, error
from firstbell.people.selectors.grants import keeper_remains
from firstbell.platform.access import NotAllowed, Viewer
from firstbell.platform.accounts import ACCOUNT_KEEPERS, deactivate_account
from firstbell.platform.writing import hold, writing


def hold_keeping() -> None:
    """Keep everybody else waiting who closes, ties or grants: each sees what the one before left."""
    hold("account keeping")


def refuse_unless_kept(
    viewer: Viewer, *, closing: int = 0, untying: int = 0, ending: int = 0, column: str = ""
) -> None:
    """Raise Refused where nobody would be left today who keeps accounts. Call it while holding."""
    if not keeper_remains(viewer, closing=closing, untying=untying, ending=ending):
        raise Refused(
            [
                error(
                    "account.last_keeper",
                    "nobody would be left who keeps accounts",
                    "have another technology chief or system administrator appointed first",
                    column=column,
                )
            ]
        )


def close_account(viewer: Viewer, account_id: int, *, reason: str) -> None:
    """Close an account at once: it signs in no more, and its open sessions end.

    Raises NotAllowed unless the viewer keeps accounts, NotVisible where there is none, Refused for one's
    own account, the last one that keeps accounts, and without a reason.
    """
    if not viewer.holds(*ACCOUNT_KEEPERS):
        raise NotAllowed("closing accounts")
    with writing():
        hold_keeping()
        refuse_unless_kept(viewer, closing=account_id, column="reason")
        deactivate_account(viewer, account_id, reason=reason)
