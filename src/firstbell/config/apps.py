"""Registers the room with Django."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The config room."""

    name = "firstbell.config"
    label = "config"
