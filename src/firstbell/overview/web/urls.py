"""Addresses of the first page and the bridge."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from firstbell.overview.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("bridge/", views.bridge, name="bridge"),
    path("bridge/<slug:key>/", views.bridge_panel, name="bridge_panel"),
]
