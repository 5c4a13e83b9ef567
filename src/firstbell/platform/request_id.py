"""The number by which a request, a command or a job is found again in log, audit and error page."""

from __future__ import annotations

import secrets
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("firstbell_request_id", default="")


def current_request_id() -> str:
    """The number of what is running now; empty outside of any request."""
    return _current.get()


def begin_request_id(number: str = "") -> str:
    """Start a new number (12 hexadecimal digits) and return it."""
    number = number or secrets.token_hex(6)
    _current.set(number)
    return number
