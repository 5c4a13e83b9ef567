"""Where an account is signed in just now, and ending that at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from firstbell.kernel.finding import Refused, error
from firstbell.platform.access import NotVisible, Viewer
from firstbell.platform.accounts.write import end_sessions, require_keeper, sessions_of
from firstbell.platform.audit import record
from firstbell.platform.models import Account
from firstbell.platform.writing import writing

_WAYS = {
    "password": "password",
    "mfa": "second factor",
    "socialaccount": "the district's sign-in",
    "demonstration": "persona of the demonstration",
}


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser that is signed in: since when (None where it does not say), and how it was opened."""

    begun_at: datetime | None
    ways: str


def open_sessions(viewer: Viewer, account_id: int, *, keep: str = "") -> list[OpenSession]:
    """Open sessions of an account, the newest first, without the one of key ``keep``.

    Raises NotAllowed unless the viewer keeps accounts.
    """
    require_keeper(viewer)
    found = [_described(held) for key, held in sessions_of(account_id) if key != keep]
    first = datetime.min.replace(tzinfo=UTC)
    return sorted(found, key=lambda one: one.begun_at or first, reverse=True)


def end_open_sessions(viewer: Viewer, account_id: int, *, reason: str, keep: str = "") -> int:
    """Sign an account out everywhere but in the session of key ``keep``; answers in how many browsers.

    Raises NotAllowed unless the viewer keeps accounts, NotVisible where there is none, Refused without a
    reason.
    """
    require_keeper(viewer)
    if not reason.strip():
        raise Refused(
            [error("account.reason", "ending sessions needs a reason", "write why", column="reason")]
        )
    with writing():
        if not Account.objects.filter(pk=account_id).exists():
            raise NotVisible
        ended = end_sessions(account_id, keep=keep)
        record(viewer, "session.end_all", "account", account_id, count=ended, reason=reason)
    return ended


def _described(held: dict[str, Any]) -> OpenSession:
    entries = held.get("account_authentication_methods") or []
    times = [entry["at"] for entry in entries if entry.get("at")]
    ways = dict.fromkeys(_WAYS.get(entry.get("method", ""), "") for entry in entries)
    return OpenSession(
        begun_at=datetime.fromtimestamp(min(times), tz=UTC) if times else None,
        ways=", ".join(way for way in ways if way),
    )
