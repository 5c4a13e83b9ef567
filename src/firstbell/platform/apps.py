"""Registers the room with Django."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """The platform room."""

    name = "firstbell.platform"
    label = "platform"

    def ready(self) -> None:
        """Have sign-ins leave their traces."""
        from firstbell.platform.accounts.traces import connect_traces

        connect_traces()
