"""A small district with the starter codes, and years of absences in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from firstbell.attendance import api
from firstbell.people.testing import TODAY, SmallDistrict, small_district


@pytest.fixture
def district() -> Iterator[SmallDistrict]:
    api.ensure_codes()
    return small_district()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """Sets the school's clock on the day of the tests: ``clock(10, 0)``."""

    def turn(hour: int, minute: int) -> None:
        now = datetime(
            TODAY.year, TODAY.month, TODAY.day, hour, minute, tzinfo=ZoneInfo("America/Los_Angeles")
        )
        monkeypatch.setattr(timezone, "now", lambda: now)

    turn(10, 0)
    return turn
