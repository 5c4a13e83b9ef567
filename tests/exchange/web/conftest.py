"""The small district on its Tuesday, whoever brings sources in signed in, and a home of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from firstbell.people.testing import TODAY, SmallDistrict, small_district


@pytest.fixture
def district(db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> SmallDistrict:
    """Two schools of six students, on ``TODAY``."""
    settings.HOME = tmp_path
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
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
