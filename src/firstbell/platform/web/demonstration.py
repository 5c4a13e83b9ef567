"""One-click sign-in to the demonstration district."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from firstbell.platform.accounts.demonstration import persona_account
from firstbell.platform.web.second_factor import DEMONSTRATION


@login_not_required
@require_POST
def enter_as_persona(request: HttpRequest) -> HttpResponse:
    """Sign in as a persona; a 404 wherever this is not a demonstration on one's own machine."""
    account = persona_account(request, request.POST.get("username", ""))
    if account is None:
        raise Http404
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, account, DEMONSTRATION)
    return redirect(settings.LOGIN_REDIRECT_URL)
