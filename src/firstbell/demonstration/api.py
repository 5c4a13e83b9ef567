"""The door of the demonstration room."""

from firstbell.demonstration.selectors.standing import demonstration, is_empty
from firstbell.demonstration.services.build import build_demonstration, name_personas_again
from firstbell.demonstration.services.live import Life

__all__ = ["Life", "build_demonstration", "demonstration", "is_empty", "name_personas_again"]
