"""Which room hears what from which, and what runs by the clock: every subscription of the house."""

from __future__ import annotations


def wire() -> None:
    """Subscribe; called once when the house is open."""
