"""The district's own sign-in (OpenID Connect, SAML) and mail, from ``sign_in.toml`` in the home folder.

[mail]                                   # without it, no password is reset by e-mail
host = "smtp.example.org"
from = "firstbell@example.org"

[[oidc]]
id = "google"                            # part of the address, never change it
name = "Google"                          # on the button
client_id = "…"
secret = "…"
server_url = "https://accounts.google.com"
match = "email"                          # or "username": what names the account
second_factor_at_provider = true         # the provider has asked for it

[[saml]]
id = "district"
name = "District sign-in"
entity_id = "https://idp.example.org"
sso_url = "https://idp.example.org/sso"
certificate = "MIIC…"
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_NEEDED = {
    "oidc": ("id", "name", "client_id", "secret", "server_url"),
    "saml": ("id", "name", "entity_id", "sso_url", "certificate"),
}


@dataclass(frozen=True)
class SignIn:
    """What the settings take from the file; empty where there is none."""

    providers: Mapping[str, Any] = field(default_factory=dict)
    origins: tuple[str, ...] = ()
    second_factor_at_provider: frozenset[str] = frozenset()
    mail: Mapping[str, Any] = field(default_factory=dict)


def read_sign_in(folder: Path) -> SignIn:
    """Read ``sign_in.toml`` (or the file ``FIRSTBELL_SIGN_IN`` names).

    Raises ImproperlyConfigured naming the entry and the key that is missing.
    """
    path = Path(os.environ.get("FIRSTBELL_SIGN_IN") or folder / "sign_in.toml")
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return SignIn()
    except tomllib.TOMLDecodeError as problem:
        raise ImproperlyConfigured(f"{path.name}: {problem}. Mend the line and start again.") from None
    entries = [
        (kind, _checked(path.name, kind, number, entry))
        for kind in _NEEDED
        for number, entry in enumerate(document.get(kind, ()), start=1)
    ]
    return SignIn(
        providers={
            "openid_connect": {"APPS": [_oidc(entry) for kind, entry in entries if kind == "oidc"]},
            "saml": {"APPS": [_saml(entry) for kind, entry in entries if kind == "saml"]},
        },
        origins=tuple(sorted({origin for _, entry in entries for origin in _origins(entry)})),
        second_factor_at_provider=frozenset(
            entry["id"] for _, entry in entries if entry.get("second_factor_at_provider") is True
        ),
        mail=document.get("mail", {}),
    )


def _checked(file: str, kind: str, number: int, entry: Mapping[str, Any]) -> Mapping[str, Any]:
    missing = [key for key in _NEEDED[kind] if not entry.get(key)]
    if missing:
        raise ImproperlyConfigured(f"{file}: [[{kind}]] number {number} lacks {', '.join(missing)}: add it.")
    if entry.get("match", "email") not in ("email", "username"):
        raise ImproperlyConfigured(f'{file}: [[{kind}]] number {number}: match is "email" or "username".')
    return entry


def _origins(entry: Mapping[str, Any]) -> list[str]:
    """Where the browser is sent to: the sign-in button's form may lead there and nowhere else."""
    addresses = [entry.get("server_url"), entry.get("sso_url"), *entry.get("also_sends_to", ())]
    return [
        f"{parts.scheme}://{parts.netloc}"
        for parts in (urlsplit(address) for address in addresses if address)
    ]


def _oidc(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": entry["secret"],
        "settings": {
            "server_url": entry["server_url"],
            "oauth_pkce_enabled": True,
            "match": entry.get("match", "email"),
            "email_is_verified": bool(entry.get("email_is_verified", False)),
        },
    }


def _saml(entry: Mapping[str, Any]) -> dict[str, Any]:
    idp = {"entity_id": entry["entity_id"], "sso_url": entry["sso_url"], "x509cert": entry["certificate"]}
    settings: dict[str, Any] = {
        "idp": idp,
        "match": entry.get("match", "email"),
        "email_is_verified": bool(entry.get("email_is_verified", True)),
        "advanced": {"strict": True, "want_assertion_signed": True, "reject_idp_initiated_sso": True},
    }
    if "attributes" in entry:
        settings["attribute_mapping"] = entry["attributes"]
    return {
        "provider_id": entry["id"],
        "client_id": entry["id"],
        "name": entry["name"],
        "settings": settings,
    }
