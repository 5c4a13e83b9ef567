"""The small district on its Tuesday, anybody of it signed in, and nothing kept from the test before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache

from firstbell.attendance import api as attendance
from firstbell.people.testing import TODAY, SmallDistrict, small_district


@pytest.fixture(autouse=True)
def _nothing_kept(settings: Any) -> Iterator[None]:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def _on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def district(db: None, _on_the_day: None) -> SmallDistrict:
    """Two schools of six, with the starter codes."""
    attendance.ensure_codes()
    return small_district()


@pytest.fixture
def enter(client: Any, district: SmallDistrict) -> Callable[..., Any]:
    """Sign in as somebody of the district, the second step shown; answers the client."""

    def go(key: str, kind: str = "staff") -> Any:
        client.force_login(district.account(kind, key))
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
        session["account_authentication_methods_user"] = session["_auth_user_id"]
        session.save()
        return client

    return go
