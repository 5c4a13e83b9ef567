"""``request.viewer``: who asks, with the roles held today. Read from the database at first use only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from firstbell.platform.access import Viewer, nobody
from firstbell.platform.models import Account

ViewerFor = Callable[[Account, date], Viewer]


def without_roles(account: Account, today: date) -> Viewer:
    """A viewer that sees nothing: what stands in where no room that knows people is wired in."""
    return Viewer(account_id=account.pk, name=account.get_full_name(), today=today)


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer of this request; somebody not signed in sees nothing."""
    today = timezone.localdate()
    if not request.user.is_authenticated:
        return nobody(today)
    viewer_for: ViewerFor = import_string(settings.FIRSTBELL_VIEWER)
    return viewer_for(request.user, today)


class ViewerMiddleware:
    """Puts ``viewer`` on the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)
