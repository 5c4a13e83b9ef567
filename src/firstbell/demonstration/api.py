"""The door of the demonstration room."""

from firstbell.demonstration.selectors.standing import demonstration, is_empty
from firstbell.demonstration.services.build import build_demonstration

__all__ = ["build_demonstration", "demonstration", "is_empty"]
