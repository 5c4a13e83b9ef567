"""A site of a few pages, whose people are named after their roles."""

import pytest

from firstbell.platform.models import Account

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.ROOT_URLCONF = "tests.platform.web.pages_for_tests"
    settings.FIRSTBELL_SHELL = ""  # no room above the platform
    settings.FIRSTBELL_VIEWER = "tests.platform.web.viewers.by_username"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def account(db):
    """Make an account named after a role."""

    def make(role, **fields):
        return Account.objects.create_account(role, PASSWORD, **fields)

    return make


@pytest.fixture
def sign_in(client):
    """Sign in through the page, from an address."""

    def enter(username, password=PASSWORD, address="10.0.0.1", next="/"):
        return client.post(
            "/accounts/login/",
            {"login": username, "password": password, "next": next},
            REMOTE_ADDR=address,
        )

    return enter
