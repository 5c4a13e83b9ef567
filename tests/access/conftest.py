"""The district through which everybody walks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.access.world import World, the_world


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once, undone at the end."""
    with django_db_blocker.unblock(), transaction.atomic(), the_world() as built:
        yield built
        transaction.set_rollback(True)
