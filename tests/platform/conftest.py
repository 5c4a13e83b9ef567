"""The ground floor's tests: counters in memory, jobs done at once, the audit table flushable."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase

from firstbell.platform.testing import audit_chain_unlocked


@pytest.fixture(autouse=True)
def _memory_cache(settings) -> Iterator[None]:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def _flushable_audit_chain() -> Iterator[None]:
    """A test with real transactions ends by emptying all tables: the one thing the triggers must not stop."""
    flush = TransactionTestCase._fixture_teardown

    def flush_unlocked(self: TransactionTestCase) -> None:
        with audit_chain_unlocked():
            flush(self)

    TransactionTestCase._fixture_teardown = flush_unlocked
    yield
    TransactionTestCase._fixture_teardown = flush
