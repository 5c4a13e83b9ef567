"""Who waits for whom, what one act holds, and what is recorded of it."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError

from firstbell.kernel.finding import Refused
from firstbell.platform.audit import record, verify
from firstbell.platform.models import Account, AuditEntry
from firstbell.platform.reading import one_picture
from firstbell.platform.testing import viewer_with
from firstbell.platform.writing import Busy, hold, writing
from tests.at_once import at_once

VIEWER = viewer_with("registrar")


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))


def fail() -> None:
    with writing():
        record(VIEWER, "failed.act")
        raise LookupError


@pytest.mark.django_db
def test_what_is_recorded_inside_joins_the_chain_at_the_end() -> None:
    with writing():
        record(VIEWER, "first.act")
        with writing():
            record(VIEWER, "second.act")
        assert actions() == []
    assert actions() == ["first.act", "second.act"]
    assert verify() == []


@pytest.mark.django_db
def test_what_is_taken_back_leaves_no_row() -> None:
    with writing():
        record(VIEWER, "kept.act")
        with pytest.raises(LookupError):
            fail()
        with writing():
            record(VIEWER, "tried.act")
            transaction.set_rollback(True)
    assert actions() == ["kept.act"]
    with pytest.raises(LookupError):
        fail()
    record(VIEWER, "outside.act")
    assert actions() == ["kept.act", "outside.act"]


def test_nothing_can_be_held_outside_of_a_transaction(transactional_db: None) -> None:
    with pytest.raises(TransactionManagementError):
        hold("a name")


def test_who_waits_too_long_is_told_so_and_has_changed_nothing(served: None, settings: Any) -> None:
    settings.FIRSTBELL_PATIENCE = 1
    has_it, may_go = threading.Event(), threading.Event()

    def holder() -> None:
        with writing():
            hold("a name")
            has_it.set()
            may_go.wait(20)

    def waiter() -> None:
        assert has_it.wait(20)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA busy_timeout = 300")
        try:
            with writing():
                Account.objects.create(username="late", password="!")
                hold("a name")
        finally:
            may_go.set()

    _, told = at_once(holder, waiter)
    assert isinstance(told, Busy)
    assert isinstance(told, Refused)
    assert told.findings[0].next_step == "try again in a moment"
    assert not Account.objects.exists()


def test_names_are_held_together_by_many_and_alone_by_one(served: None) -> None:
    """Two hold together at the same moment; who wants it alone comes after both have gone."""
    if connection.vendor == "sqlite":
        pytest.skip("on SQLite one transaction writes at a time, whatever it holds")
    both, order = threading.Barrier(3), []

    def beside() -> None:
        with writing():
            hold(together=["school"])
            both.wait(20)
            order.append("beside")

    def alone() -> None:
        both.wait(20)
        with writing():
            hold("school")
            order.append("alone")

    assert at_once(beside, beside, alone) == [None] * 3
    assert order == ["beside", "beside", "alone"]


def test_names_taken_in_opposite_order_do_not_meet_in_a_circle(
    served: None,
) -> None:
    def holding(*names: str) -> None:
        for _ in range(20):
            with writing():
                hold(*names)

    names = [f"student {number}" for number in range(30)]
    assert at_once(lambda: holding(*names), lambda: holding(*reversed(names))) == [None, None]


@pytest.mark.django_db
def test_another_fault_of_the_database_stays_what_it_is() -> None:
    with pytest.raises(OperationalError) as raised, writing():
        raise OperationalError("disk full")
    assert str(raised.value) == "disk full"


def test_a_chain_is_verified_while_others_write(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Head and rows are of one moment: a row added meanwhile is no row behind the head; nobody waits."""
    record(VIEWER, "first.act")
    module = import_module("firstbell.platform.audit.verify")
    walk = module.walk

    def walk_later(*arguments: object) -> object:
        assert at_once(lambda: record(VIEWER, "later.act")) == [None]
        return walk(*arguments)

    monkeypatch.setattr(module, "walk", walk_later)
    assert verify() == []
    assert actions() == ["first.act", "later.act"]


def test_a_picture_is_for_looking_only(transactional_db: None) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no read-only transaction")
    with pytest.raises(DatabaseError), one_picture():
        Account.objects.create(username="painted", password="!")
