"""Registers the room with Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The config room."""

    name = "firstbell.config"
    label = "config"

    def ready(self) -> None:
        """Wire the rooms together."""
        from firstbell.config.wiring import wire

        wire()
