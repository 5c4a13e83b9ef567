"""Headers that no page may go without and that no package sets."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_UNUSED = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
PERMISSIONS_POLICY = ", ".join(
    [
        *(f"{name}=()" for name in _UNUSED),
        "publickey-credentials-get=(self)",
        "publickey-credentials-create=(self)",
    ]
)


class HeadersMiddleware:
    """The browser may use no sensor or device; pages of people who are signed in are kept by no cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if "Cache-Control" not in response and getattr(request, "resolver_match", None) is not None:
            response["Cache-Control"] = "private, no-store"
        return response
