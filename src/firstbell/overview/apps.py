"""Registers the room with Django."""

from django.apps import AppConfig


class OverviewConfig(AppConfig):
    """The overview room."""

    name = "firstbell.overview"
    label = "overview"
