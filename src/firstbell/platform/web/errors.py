"""Pages that explain themselves when there is no page: one sentence, one next step, one reference."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firstbell.platform.request_id import current_request_id


def _error(request: HttpRequest, status: int) -> HttpResponse:
    return render(
        request, f"platform/errors/{status}.html", {"reference": current_request_id()}, status=status
    )


@login_not_required
def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The request could not be read."""
    return _error(request, 400)


@login_not_required
def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """The viewer's roles do not open this page at all."""
    return _error(request, 403)


@login_not_required
def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """No such page, or not for this viewer: nobody can tell which."""
    return _error(request, 404)


@login_not_required
def failed(request: HttpRequest) -> HttpResponse:
    """The program failed. No database is asked: it may be what failed."""
    return render(
        None,  # no context processors: they read the database
        "platform/errors/500.html",
        {"reference": current_request_id()},
        status=500,
    )


@login_not_required
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without the token of this session."""
    return render(
        request, "platform/errors/form_expired.html", {"reference": current_request_id()}, status=403
    )
