"""Everybody at every operation: what opens, what is refused, and that nothing shows what it may not."""

from __future__ import annotations

import pytest
from django.db import transaction

from firstbell.platform.models import AuditEntry
from tests.access.routes import operations
from tests.access.table import OPERATIONS
from tests.access.walk import addresses, answer, ask, attempts, expected_of, faults, outcome
from tests.access.world import World

pytestmark = pytest.mark.django_db
ALL = {operation.name: operation for operation in operations()}
PAGES = [name for name in ALL if hasattr(ALL[name].view, "rule")]
#: views that are not ours ask their own questions: walked by those who tell the difference
BRIEF = ("stranger", "nobody")


def test_every_operation_stands_in_the_table() -> None:
    assert {name for name in ALL if "/" not in name and name} - OPERATIONS.keys() == set()


def test_every_line_of_the_table_is_an_operation() -> None:
    assert OPERATIONS.keys() - ALL.keys() == set()


@pytest.mark.parametrize("name", ALL)
def test_the_code_says_what_the_table_says(name: str) -> None:
    row, rule = expected_of(ALL[name]), getattr(ALL[name].view, "rule", None)
    if rule is None:
        assert row.closed or row.who, f"{name} is not made a page by @page"
        return
    assert not row.closed
    assert row.who in ("", "signed_in")
    assert (rule.reads, rule.writes, rule.counts) == (row.reads, row.writes, row.counts)
    assert frozenset(rule.roles) == row.roles
    assert row.decided_by_cell or row.roles or row.who == "signed_in"


@pytest.mark.parametrize("name", [name for name in ALL if name not in PAGES])
def test_a_view_that_is_no_page_of_ours_is_open_or_closed_as_said(world: World, name: str) -> None:
    operation = ALL[name]
    row = expected_of(operation)
    for walker in BRIEF:
        for target, address in addresses(world, operation, row, walker):
            for method, data in attempts(row):
                found = outcome(ask(world, walker, method, address, data))
                wanted = answer(row, operation, walker, target)
                if wanted == "open":  # allauth answers 404 and 403 for its own reasons
                    assert found != "sign_in" or walker == "stranger", (walker, method, address)
                    continue
                assert found == wanted, (walker, method, address)


@pytest.mark.parametrize("name", PAGES)
def test_every_page_answers_everybody_as_the_matrix_says(world: World, name: str) -> None:
    found = faults(world, ALL[name], expected_of(ALL[name]))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_takes_no_form_writes_nothing_when_sent_one(world: World, name: str) -> None:
    operation = ALL[name]
    row = expected_of(operation)
    if row.takes_form:
        pytest.skip("it takes a form")
    for walker in world.walkers:
        for target, address in addresses(world, operation, row, walker):
            if answer(row, operation, walker, target) == "open":
                with transaction.atomic():
                    before = AuditEntry.objects.count()
                    world.clients[walker].post(address, row.query)
                    reads = AuditEntry.objects.filter(sequence__gt=before, action="record.read").count()
                    assert AuditEntry.objects.count() - reads == before, walker
                    transaction.set_rollback(True)
                return
