"""Deliveries that the tests of this room share."""

from __future__ import annotations

from pathlib import Path

import pytest

from firstbell.exchange.data import Delivery
from firstbell.exchange.services.read_edfi import read_edfi
from tests.formats.edfi.district import write_district
from tests.shared_data import shared_data


@pytest.fixture(scope="session")
def grand_bend() -> Delivery:
    """The whole Grand Bend district, read once; treat it as read-only."""
    return read_edfi(shared_data("edfi-grandbend-2010"))


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Delivery:
    """The hand-written district, read once; treat it as read-only."""
    return read_edfi(write_district(Path(tmp_path_factory.mktemp("district"))))
