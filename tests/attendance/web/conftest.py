"""The attendance pages' tests: the small district on its day, and anybody of it signed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from firstbell.attendance import api
from firstbell.people.testing import SmallDistrict, small_district


@pytest.fixture(autouse=True)
def _on_the_day(settings: Any) -> None:
    settings.FIRSTBELL_VIEWER = "tests.attendance.web.viewers.on_the_day"


@pytest.fixture
def district(db: object) -> SmallDistrict:
    """Two schools of six, with the starter codes."""
    api.ensure_codes()
    return small_district()


def signed_in(district: SmallDistrict, kind: str, key: str) -> Client:
    """A client in which this person is signed in, second step shown."""
    client = Client()
    client.force_login(district.account(kind, key))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client


@pytest.fixture
def enter(district: SmallDistrict) -> Callable[[str, str], Client]:
    """Sign in somebody of the small district: ``enter("staff", "north-teacher")``."""
    return lambda kind, key: signed_in(district, kind, key)
