"""Accounts for a whole roster: all or none, opened by no password."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import authenticate

from firstbell.kernel.finding import Refused
from firstbell.platform.accounts import NewAccount, create_account, create_accounts, pretend_use
from firstbell.platform.models import Account, AuditEntry
from firstbell.platform.testing import viewer_with
from firstbell.platform.web.second_factor import has_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return viewer_with("technology_chief")


def test_each_gets_an_account_that_no_password_opens(chief):
    wanted = [
        NewAccount(username=f"Teacher{n}", display_name=f"T {n}", email=f"T{n}@a.example") for n in range(3)
    ]
    numbers = create_accounts(chief, wanted)
    assert set(numbers) == {"teacher0", "teacher1", "teacher2"}
    account = Account.objects.get(pk=numbers["teacher1"])
    assert (account.display_name, account.email, account.is_active) == ("T 1", "t1@a.example", True)
    assert not account.has_usable_password()
    assert len({row.password for row in Account.objects.all()}) == 3
    assert authenticate(username="teacher1", password="") is None
    assert AuditEntry.objects.get(action="account.create").count == 3


@pytest.mark.parametrize(
    ("username", "email", "says"),
    [
        ("rosa vega", "", "no username"),
        ("Taken", "", "username taken is taken"),
        ("new", "Taken@a.example", r"e-mail address taken@a\.example is taken"),
        ("first", "", "username first is taken"),
    ],
)
def test_one_that_cannot_be_refuses_all(chief, username, email, says):
    create_account(chief, "taken", email="taken@a.example")
    wanted = [NewAccount(username="first"), NewAccount(username=username, email=email)]
    with pytest.raises(Refused, match=says):
        create_accounts(chief, wanted)
    assert list(Account.objects.values_list("username", flat=True)) == ["taken"]


def test_pretended_use_leaves_accounts_with_a_password_alone(chief):
    real = create_account(chief, "real", "correct horse battery staple")
    invented = create_accounts(chief, [NewAccount(username="invented"), NewAccount(username="unused")])
    moment = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    pretend_use({real: moment, invented["invented"]: moment}, [real, *invented.values()])
    assert Account.objects.get(pk=real).last_login is None
    assert not has_second_factor(real)
    assert Account.objects.get(username="invented").last_login == moment
    assert has_second_factor(invented["invented"])
    assert not has_second_factor(invented["unused"])
    assert "secret" in Authenticator.objects.get().data
