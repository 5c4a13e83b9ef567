"""Addresses of the ground floor: everything about signing in, and nothing that lets one sign up."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, URLResolver, include, path

from firstbell.platform.web.demonstration import enter_as_persona
from firstbell.platform.web.theme import choose_theme


@login_not_required
def closed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """A way in that this house does not have."""
    raise Http404


@login_not_required
def keys(request: HttpRequest) -> HttpResponse:
    """The keys that work everywhere, for browsers that do not open the dialog."""
    return render(request, "platform/keys.html")


urlpatterns: list[URLPattern | URLResolver] = [
    path("theme/", choose_theme, name="theme"),
    path("keys/", keys, name="keys"),
    path("demonstration/", enter_as_persona, name="enter_as_persona"),
    path("signup/", closed),
    path("email/", closed),
    path("confirm-email/", closed),
    path("confirm-email/<path:rest>", closed),
    path("login/code/confirm/", closed),
    path("password/set/", closed),
    path("3rdparty/", closed),
    path("3rdparty/signup/", closed),
    path("social/<path:rest>", closed),
]
if not settings.SIGN_IN.mail:
    # nothing is mailed; a link that a keeper of accounts hands over works all the same
    urlpatterns += [path("password/reset/", closed), path("password/reset/done/", closed)]
urlpatterns += [path("", include("allauth.urls"))]
