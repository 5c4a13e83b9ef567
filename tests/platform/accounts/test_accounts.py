"""Accounts: made, closed, and tied to the district's own sign-in."""

from types import SimpleNamespace

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from firstbell.kernel.finding import Refused
from firstbell.platform.accounts import create_account, deactivate_account, mark_as_demonstration
from firstbell.platform.accounts.adapters import DirectoryAdapter
from firstbell.platform.models import Account, AuditEntry
from firstbell.platform.testing import viewer_with

pytestmark = pytest.mark.django_db
ADMINISTRATOR = viewer_with("system_administrator", account_id=900)


def test_an_account_is_made_in_lower_case_with_an_argon2_password_and_recorded():
    number = create_account(ADMINISTRATOR, "Ana.Torres", "a few words in a row", email="Ana@Example.org")
    account = Account.objects.get(pk=number)
    assert (account.username, account.email) == ("ana.torres", "ana@example.org")
    assert account.password.startswith("argon2$argon2id$")
    row = AuditEntry.objects.get()
    assert (row.action, row.object_id) == ("account.create", str(number))
    assert "torres" not in str(AuditEntry.objects.values())


@pytest.mark.parametrize(
    ("username", "password", "email"),
    [
        ("taken", "a few words in a row", ""),
        ("TAKEN", "a few words in a row", ""),
        ("new", "short", ""),
        ("new", "password1234", ""),
        ("with space", "a few words in a row", ""),
        ("new", "a few words in a row", "taken@example.org"),
        ("new", "a few words in a row", "no address"),
    ],
)
def test_what_is_unfit_is_refused_and_nothing_made(username, password, email):
    Account.objects.create_account("taken", email="taken@example.org")
    with pytest.raises(Refused):
        create_account(ADMINISTRATOR, username, password, email=email)
    assert Account.objects.count() == 1


def test_the_database_holds_names_and_addresses_apart():
    Account.objects.create_account("one", email="a@example.org")
    Account.objects.create_account("two")
    Account.objects.create_account("three")  # many may have no address
    for fields in ({"username": "UPPER"}, {"username": "four", "email": "A@example.org"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.create(**fields)


def test_closing_an_account_ends_its_sessions_and_no_other(client):
    accounts = [Account.objects.create_account(name) for name in ("one", "two")]
    for account in accounts:
        client.cookies.clear()
        client.force_login(account)
    deactivate_account(ADMINISTRATOR, accounts[0].pk, reason="left the district")
    assert [s.get_decoded()["_auth_user_id"] for s in Session.objects.all()] == [str(accounts[1].pk)]
    assert not Account.objects.get(username="one").is_active
    assert AuditEntry.objects.get(action="account.deactivate").reason == "left the district"


def test_only_named_accounts_become_personas():
    for name in ("registrar", "real"):
        Account.objects.create_account(name)
    assert mark_as_demonstration(["Registrar", "nobody"]) == 1
    assert not Account.objects.get(username="real").is_demonstration


def signing_in(*, email="", verified=True, username="", settings=None):
    """What the district's own sign-in says about somebody."""
    connected = []
    return SimpleNamespace(
        is_existing=False,
        provider=SimpleNamespace(app=SimpleNamespace(settings=settings or {"match": "email"})),
        user=SimpleNamespace(username=username),
        email_addresses=[SimpleNamespace(email=email, verified=verified)] if email else [],
        connect=lambda request, account: connected.append(account.username),
        connected=connected,
    )


@pytest.fixture
def enter(rf):
    Account.objects.create_account("ana", email="ana@example.org")
    Account.objects.create_account("gone", email="gone@example.org", is_active=False)
    Account.objects.create_account("mailless")

    def go(**said):
        request = rf.get("/")
        request.user = AnonymousUser()
        login = signing_in(**said)
        DirectoryAdapter(request).pre_social_login(request, login)
        return login.connected

    return go


def test_the_districts_sign_in_opens_the_account_it_names(enter):
    assert enter(email="Ana@Example.org") == ["ana"]
    assert enter(username="ANA", settings={"match": "username"}) == ["ana"]
    trusted = {"match": "email", "email_is_verified": True}
    assert enter(email="ana@example.org", verified=False, settings=trusted) == ["ana"]


@pytest.mark.parametrize(
    "said",
    [
        {"email": "stranger@example.org"},
        {"email": "ana@example.org", "verified": False},
        {"email": "gone@example.org"},
        {"email": ""},
        {"username": "ana"},  # this directory is matched by e-mail address
        {"username": "", "settings": {"match": "username"}},
    ],
)
def test_it_never_makes_an_account_nor_guesses(enter, said):
    with pytest.raises(ImmediateHttpResponse) as answer:
        enter(**said)
    assert answer.value.response.status_code == 403
    assert "nobody can sign up" in answer.value.response.content.decode()
    assert Account.objects.count() == 3
    assert not SocialAccount.objects.exists()
