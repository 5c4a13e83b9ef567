"""The addresses of the house: each room's own under its name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path


def front_door(request: HttpRequest) -> HttpResponse:
    """A plain sentence until the overview room stands here."""
    return HttpResponse("Firstbell is running.", content_type="text/plain; charset=utf-8")


urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("firstbell.platform.web.urls")),
    path("", front_door, name="home"),
]
