"""Addresses of the exchange room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from firstbell.exchange.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("imports/", views.imports, name="imports"),
    path("imports/new/", views.import_new, name="import_new"),
    path("imports/<int:run_id>/", views.import_run, name="import_run"),
    path("imports/<int:run_id>/decide/", views.import_decide, name="import_decide"),
]
