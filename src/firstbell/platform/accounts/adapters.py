"""What Firstbell asks of allauth beyond its settings."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render

from firstbell.platform.models import Account

_SELF_EVIDENT = frozenset(
    {
        "account/messages/logged_in.txt",
        "account/messages/logged_out.txt",
        "mfa/messages/recovery_codes_generated.txt",
    }
)
_FRESH = 300  # seconds after signing in during which nobody is asked again


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; attempts are counted by account and address together."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts come from the roster or from an administrator."""
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Account and address: a student who mistypes a teacher's password locks out nobody but themself."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{self.get_client_ip(request)}"

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say nothing that the page says anyway."""
        if message_template not in _SELF_EVIDENT:
            super().add_message(request, level, message_template, *args, **kwargs)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of signing in: that was the proof just asked for."""
        request = context.request
        records = get_authentication_records(request, request.user)
        return not records or time.time() - records[-1]["at"] > _FRESH


class DirectoryAdapter(DefaultSocialAccountAdapter):
    """The district's own sign-in opens an account that exists; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the sign-in to the account the directory names, or say that there is none."""
        if sociallogin.is_existing:
            return
        account = self._account(sociallogin)
        if account is None or request.user.is_authenticated:
            raise ImmediateHttpResponse(render(request, "socialaccount/no_account.html", status=403))
        sociallogin.connect(request, account)

    def _account(self, sociallogin: SocialLogin) -> Account | None:
        """Found by what the settings of that directory say is trusted: e-mail address or username."""
        provider = sociallogin.provider.app.settings
        if provider.get("match") == "username":
            named = {"username": (sociallogin.user.username or "").lower()}
        else:
            named = {"email": self._trusted_email(sociallogin, provider.get("email_is_verified", False))}
        if not all(named.values()):
            return None
        return Account.objects.filter(**named, is_active=True).first()

    def _trusted_email(self, sociallogin: SocialLogin, provider_vouches: bool) -> str:
        for address in sociallogin.email_addresses:
            if address.verified or provider_vouches:
                return str(address.email).lower()
        return ""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of one-time codes lie encrypted; who must have a second factor keeps one."""

    def encrypt(self, text: str) -> str:
        """With the key of the home folder."""
        return Fernet(settings.FIRSTBELL_MFA_KEY).encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Counterpart of ``encrypt``."""
        return Fernet(settings.FIRSTBELL_MFA_KEY).decrypt(encrypted_text.encode("ascii")).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last one of somebody whose role demands it: add the new one first."""
        viewer = getattr(context.request, "viewer", None)
        if viewer is None or not viewer.needs_second_factor:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())
