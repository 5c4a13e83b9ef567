"""What every test stands on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import TransactionTestCase

from tests.at_once import served_database


@pytest.fixture(autouse=True, scope="session")
def _flushable_audit_chain() -> Iterator[None]:
    """A test with real transactions ends by emptying all tables: what the audit triggers otherwise stop."""
    from firstbell.platform.testing import audit_chain_unlocked

    flush = TransactionTestCase._fixture_teardown

    def flush_unlocked(self: TransactionTestCase) -> None:
        with audit_chain_unlocked():
            flush(self)

    TransactionTestCase._fixture_teardown = flush_unlocked
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture
def served(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """The database as it is served: threads with connections of their own may meet in it."""
    with served_database(tmp_path):
        yield
