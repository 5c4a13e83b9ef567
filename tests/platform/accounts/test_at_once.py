"""Two administrators make the same account at the same moment."""

from __future__ import annotations

import pytest

from firstbell.kernel.finding import Refused
from firstbell.platform.accounts import create_account
from firstbell.platform.models import Account
from firstbell.platform.testing import viewer_with
from tests.at_once import at_once, meet_after


def test_one_username_is_given_once_and_the_second_is_told(
    served: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    administrator = viewer_with("system_administrator")
    meet_after(monkeypatch, "firstbell.platform.models:Account.full_clean")
    answers = at_once(*[lambda: create_account(administrator, "ana.torres")] * 2)
    made = [answer for answer in answers if not isinstance(answer, Exception)]
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert (len(made), len(refused)) == (1, 1)
    assert refused[0].findings[0].code == "account.unfit"
    assert Account.objects.count() == 1
