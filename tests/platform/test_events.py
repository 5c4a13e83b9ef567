"""News travels within the transaction of the fact."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from firstbell.platform.events import publish, subscribe, unsubscribe
from firstbell.platform.models import Account

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Rang:
    times: int


@dataclass(frozen=True)
class RangTwice(Rang):
    pass


@pytest.fixture
def hear():
    handlers = []

    def add(handler):
        handlers.append(handler)
        subscribe(Rang, handler)

    yield add
    for handler in handlers:
        unsubscribe(Rang, handler)


def test_every_subscriber_hears_in_order_and_each_once(hear):
    heard = []

    def first(event):
        heard.append(("first", event.times))

    hear(first)
    hear(lambda event: heard.append(("second", event.times)))
    hear(first)
    publish(Rang(3))
    publish(RangTwice(4))
    publish("nobody listens")
    assert heard == [("first", 3), ("second", 3)]


def test_a_handler_that_fails_undoes_the_fact(hear):
    def refuse(event):
        raise RuntimeError("no")

    hear(refuse)

    def act():
        with transaction.atomic():
            Account.objects.create_account("x")
            publish(Rang(1))

    with pytest.raises(RuntimeError):
        act()
    assert not Account.objects.exists()
