"""What every page knows besides its own matter: the frame around it, and the sign-in pages' choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from firstbell.platform.access import POLICY
from firstbell.platform.accounts.demonstration import personas, personas_for
from firstbell.platform.web.theme import theme_of


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the navigation; ``current`` where the page shown lies under it."""

    words: str
    url: str
    icon: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of a page: whose district, who is looking, and where one may go."""

    district: str = ""
    name: str = ""
    roles: tuple[str, ...] = ()
    navigation: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    find: str = ""
    theme: str = ""
    demonstration: bool = False


ShellParts = Callable[[HttpRequest], dict[str, Any]]


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame, worked out when a template first asks for it."""
    return {"shell": SimpleLazyObject(lambda: shell_of(request))}


def shell_of(request: HttpRequest) -> Shell:
    """The frame of this request; district and navigation come from the room that knows all rooms."""
    parts: dict[str, Any] = {"theme": theme_of(request), "demonstration": bool(personas())}
    viewer = getattr(request, "viewer", None)
    if viewer is not None and request.user.is_authenticated:
        parts |= {
            "name": viewer.name,
            "roles": tuple(
                dict.fromkeys(POLICY.label(held.role) for held in viewer.roles if held.role in POLICY.roles)
            ),
        }
        if settings.FIRSTBELL_SHELL:
            more: ShellParts = import_string(settings.FIRSTBELL_SHELL)
            parts |= more(request)
    return Shell(**parts)


def sign_in(request: HttpRequest) -> dict[str, Any]:
    """Personas of a demonstration, and whether a password can be reset by e-mail."""
    return {
        "personas": SimpleLazyObject(lambda: personas_for(request)),
        "may_reset_password": bool(settings.SIGN_IN.mail),
    }
