"""A calculation the product is trusted for: JSON in, JSON out, without a database.

A room lists its calculations in ``calc.py``; ``firstbell calc`` runs them. Input and output
are msgspec structs, so that the JSON Schema, the strict reading (unknown keys are refused by
name) and the code are one thing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec


class Shape(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Base of every input shape: a key that is not known is refused by its name."""


class Line(msgspec.Struct, kw_only=True):
    """One line of a trace: how a figure was made, from which inputs, by which source."""

    id: str
    label: str
    amount: str | None
    inputs: dict[str, str | None] = msgspec.field(default_factory=dict)
    source: str = ""


@dataclass(frozen=True)
class Calculation:
    """A named pure function from one shape to another, with an example that runs."""

    name: str
    summary: str
    accepts: type[msgspec.Struct]
    returns: type[msgspec.Struct]
    run: Callable[[Any], Any]
    example: dict[str, Any] = field(default_factory=dict)

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of input and output."""
        return {"input": msgspec.json.schema(self.accepts), "output": msgspec.json.schema(self.returns)}

    def __call__(self, document: bytes) -> bytes:
        """Answer one JSON object, or an array of them in the same order.

        Raises msgspec.ValidationError or ValueError with the place of what is wrong.
        """
        if document.lstrip()[:1] == b"[":
            inputs = msgspec.json.decode(document, type=list[self.accepts])  # type: ignore[name-defined]
            return msgspec.json.encode([self.run(one) for one in inputs])
        return msgspec.json.encode(self.run(msgspec.json.decode(document, type=self.accepts)))
