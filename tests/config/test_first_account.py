"""The first administrator is made once, whoever else starts at the same moment."""

from __future__ import annotations

import pytest

from firstbell.config.first_account import create_first_account
from firstbell.kernel.finding import Refused
from firstbell.platform.models import Account
from tests.at_once import at_once, meet_after

PASSWORD = "a few words in a row"


@pytest.mark.django_db
def test_there_is_one_first_account() -> None:
    create_first_account("ana", "Ana", "technology_chief", PASSWORD)
    with pytest.raises(Refused) as refused:
        create_first_account("eva", "Eva", "technology_chief", PASSWORD)
    assert refused.value.findings[0].code == "init.done"


@pytest.mark.django_db
def test_an_unknown_role_and_a_weak_password_are_told_together() -> None:
    with pytest.raises(Refused) as refused:
        create_first_account("ana", "Ana", "queen", "short")
    assert {finding.code for finding in refused.value.findings} == {"init.role", "init.password"}
    assert not Account.objects.exists()


def test_two_who_start_at_once_make_one_administrator(served: None, monkeypatch: pytest.MonkeyPatch) -> None:
    meet_after(monkeypatch, "firstbell.config.first_account:validate_password")
    answers = at_once(
        *[lambda name=name: create_first_account(name, name, "technology_chief", PASSWORD) for name in "ab"]
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "Refused"]
    assert Account.objects.count() == 1
