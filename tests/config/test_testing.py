"""The ground of the tests keeps its promises."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_socket import SocketConnectBlockedError

ROOT = Path(__file__).resolve().parents[2]


def test_the_home_of_the_tests_is_not_the_home_of_the_checkout():
    assert ROOT not in Path(settings.HOME).parents
    assert Path(settings.HOME).parent == Path(os.environ["FIRSTBELL_HOME"]).resolve().parent


def test_the_database_is_the_one_that_was_asked_for(pytestconfig, db):
    asked = pytestconfig.getoption("database") or os.environ.get("FIRSTBELL_TEST_DATABASE", "sqlite")
    assert connection.vendor == ("postgresql" if asked.startswith("postgres") else "sqlite")


def test_nothing_outside_this_machine_can_be_reached():
    blocked = pytest.raises((SocketConnectBlockedError, UserWarning), match=r"192\.0\.2\.1")
    with blocked, socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))


def test_a_server_on_this_machine_can_be_reached():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()
