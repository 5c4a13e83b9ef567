"""Addresses of the attendance room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from firstbell.attendance.web import views_roll
from firstbell.platform.web import converters  # noqa: F401 - registers <day:…>

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views_roll.rolls, name="rolls"),
    path("roll/<int:section_id>/<day:day>/<int:slot>/", views_roll.roll, name="roll"),
]
