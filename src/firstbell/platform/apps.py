"""Registers the room with Django."""

from django.apps import AppConfig


class PlatformConfig(AppConfig):
    """The platform room."""

    name = "firstbell.platform"
    label = "platform"
