"""The address of the first page."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from firstbell.overview.web.views import home

urlpatterns: list[URLPattern | URLResolver] = [path("", home, name="home")]
