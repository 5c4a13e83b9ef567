"""A small district with the starter codes, and years of absences in one line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from firstbell.attendance import api
from firstbell.people.testing import SmallDistrict, small_district


@pytest.fixture
def district() -> Iterator[SmallDistrict]:
    api.ensure_codes()
    return small_district()
