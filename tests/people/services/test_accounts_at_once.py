"""Two keepers of accounts close each other at the same moment: one of them is left."""

from __future__ import annotations

import pytest

from firstbell.kernel.finding import Refused
from firstbell.people import api
from firstbell.people.models import RoleGrant
from firstbell.people.selectors.viewer import viewer_for
from firstbell.people.testing import TODAY
from firstbell.platform.models import Account
from tests.at_once import at_once, meet_after


def test_of_two_who_close_each_other_one_is_left(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = [Account.objects.create_account(name) for name in ("ana", "ben")]
    for account in accounts:
        RoleGrant.objects.create(account=account, role="system_administrator", begin=TODAY)
    ana, ben = (viewer_for(account, TODAY) for account in accounts)
    meet_after(monkeypatch, "firstbell.people.services.keeping:keeper_remains")
    answers = at_once(
        lambda: api.close_account(ana, accounts[1].pk, reason="not needed"),
        lambda: api.close_account(ben, accounts[0].pk, reason="not needed"),
    )
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [one.findings[0].code for one in refused] == ["account.last_keeper"]
    assert answers.count(None) == 1
    assert Account.objects.filter(is_active=True).count() == 1
