"""Nobody sees a page without signing in; a part of a page asked for by htmx sends the whole page there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url


class SignInRequiredMiddleware(LoginRequiredMiddleware):
    """Every view, unless it is marked ``login_not_required``."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        """To the sign-in page, and back afterwards."""
        if request.user.is_authenticated or not getattr(view_func, "login_required", True):
            return None
        if not getattr(request, "htmx", False):
            return self.handle_no_permission(request, view_func)
        came_from = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]  # django-htmx
        target = redirect_to_login(came_from, resolve_url(settings.LOGIN_URL))
        return HttpResponse(status=200, headers={"HX-Redirect": target["Location"]})
