"""Addresses of the ground floor: everything about signing in."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from firstbell.platform.web.demonstration import enter_as_persona

urlpatterns: list[URLPattern | URLResolver] = [
    path("demonstration/", enter_as_persona, name="enter_as_persona"),
    path("", include("allauth.urls")),
]
