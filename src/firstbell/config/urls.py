"""The addresses of the house: each room's own under its name."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

handler400 = "firstbell.platform.web.errors.bad_request"
handler403 = "firstbell.platform.web.errors.forbidden"
handler404 = "firstbell.platform.web.errors.not_found"
handler500 = "firstbell.platform.web.errors.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("firstbell.platform.web.urls")),
    path("people/", include("firstbell.people.web.urls")),
    path("attendance/", include("firstbell.attendance.web.urls")),
    path("house/", include("firstbell.platform.web.urls_watch")),
    path("exchange/", include("firstbell.exchange.web.urls")),
    path("", include("firstbell.overview.web.urls")),
]
