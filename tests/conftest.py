"""What every test stands on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase


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
