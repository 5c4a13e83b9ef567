"""Registers the room with Django."""

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """The demonstration room."""

    name = "firstbell.demonstration"
    label = "demonstration"
