"""News that travels upward: a room publishes what happened, rooms above it have subscribed.

Handlers run at once and in the publisher's transaction, so that a fact and all that follows from
it are stored together or not at all. Every subscription stands in ``config/wiring.py``.

>>> from dataclasses import dataclass
>>> @dataclass(frozen=True)
... class BellRang:
...     times: int
>>> heard = []
>>> subscribe(BellRang, lambda event: heard.append(event.times))
>>> for handler in handlers_of(BellRang):
...     handler(BellRang(2))
>>> heard
[2]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

E = TypeVar("E")
Handler = Callable[[Any], None]

_handlers: defaultdict[type, list[Handler]] = defaultdict(list)


def subscribe(kind: type[E], handler: Callable[[E], None]) -> None:
    """Have ``handler`` called with every published event of exactly this ``kind``, once per event."""
    if handler not in _handlers[kind]:
        _handlers[kind].append(handler)


def unsubscribe(kind: type[E], handler: Callable[[E], None]) -> None:
    """Stop calling ``handler`` (for tests)."""
    if handler in _handlers[kind]:
        _handlers[kind].remove(handler)


def handlers_of(kind: type) -> tuple[Handler, ...]:
    """Who has subscribed to this kind, in the order of subscription."""
    return tuple(_handlers.get(kind, ()))


def publish(event: object) -> None:
    """Tell every subscriber, within the caller's transaction: a handler that fails undoes the whole."""
    handlers = handlers_of(type(event))
    if not handlers:
        return
    with transaction.atomic(savepoint=False):
        for handler in handlers:
            handler(event)
