"""Registers the room with Django."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """The attendance room."""

    name = "firstbell.attendance"
    label = "attendance"
