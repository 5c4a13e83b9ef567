"""A lost second step is reset by two people, never by one and never for oneself."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import IntegrityError

from firstbell.kernel.finding import Refused
from firstbell.platform.access import NotAllowed, NotVisible
from firstbell.platform.accounts import approve_second_factor_reset, ask_second_factor_reset
from firstbell.platform.models import Account, AuditEntry, SecondFactorReset
from firstbell.platform.testing import viewer_with

pytestmark = pytest.mark.django_db
CHIEF = viewer_with("technology_chief", account_id=901)
ADMINISTRATOR = viewer_with("system_administrator", account_id=902)


@pytest.fixture
def locked_out(client):
    account = Account.objects.create_account("registrar")
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    client.force_login(account)
    return account.pk


def test_one_asks_and_another_approves(locked_out):
    number = ask_second_factor_reset(CHIEF, locked_out, reason="came in person with badge")
    assert Authenticator.objects.exists()
    approve_second_factor_reset(ADMINISTRATOR, number)
    assert not Authenticator.objects.exists()
    assert not Session.objects.exists()
    actions = AuditEntry.objects.filter(action__startswith="second_factor").values_list("action", "actor_id")
    assert list(actions) == [("second_factor.ask_reset", 901), ("second_factor.reset", 902)]


def test_nobody_does_both_or_helps_themself(locked_out):
    number = ask_second_factor_reset(CHIEF, locked_out, reason="badge seen")
    with pytest.raises(Refused):
        approve_second_factor_reset(CHIEF, number)
    with pytest.raises(Refused):
        approve_second_factor_reset(viewer_with("technology_chief", account_id=locked_out), number)
    with pytest.raises(Refused):
        ask_second_factor_reset(
            viewer_with("technology_chief", account_id=locked_out), locked_out, reason="me"
        )
    with pytest.raises(IntegrityError):
        SecondFactorReset.objects.update(approved_by_id=CHIEF.account_id)


def test_a_request_needs_a_reason_works_once_and_not_for_ever(locked_out):
    with pytest.raises(Refused):
        ask_second_factor_reset(CHIEF, locked_out, reason=" ")
    number = ask_second_factor_reset(CHIEF, locked_out, reason="badge seen")
    approve_second_factor_reset(ADMINISTRATOR, number)
    with pytest.raises(Refused):
        approve_second_factor_reset(ADMINISTRATOR, number)
    late = SecondFactorReset.objects.get(pk=ask_second_factor_reset(CHIEF, locked_out, reason="again"))
    late.asked_at -= timedelta(hours=25)
    late.save()
    with pytest.raises(Refused):
        approve_second_factor_reset(ADMINISTRATOR, late.pk)


@pytest.mark.parametrize("role", ["registrar", "principal", "superintendent", "teacher", "hr"])
def test_other_roles_may_not(locked_out, role):
    number = ask_second_factor_reset(CHIEF, locked_out, reason="badge seen")
    with pytest.raises(NotAllowed):
        ask_second_factor_reset(viewer_with(role, account_id=7), locked_out, reason="x")
    with pytest.raises(NotAllowed):
        approve_second_factor_reset(viewer_with(role, account_id=7), number)


def test_what_is_not_there_is_not_visible(locked_out):
    with pytest.raises(NotVisible):
        ask_second_factor_reset(CHIEF, 999_999, reason="x")
    with pytest.raises(NotVisible):
        approve_second_factor_reset(CHIEF, 999_999)
