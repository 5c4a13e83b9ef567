"""Accounts' pages without JavaScript: from the bridge to every act, and what is said when it is refused."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from firstbell.people.models import RoleGrant
from firstbell.people.testing import TODAY, SmallDistrict
from firstbell.platform.models import Account, AuditEntry

pytestmark = pytest.mark.django_db
LIST = "/people/accounts/"


@pytest.fixture
def clerk(district: SmallDistrict) -> Any:
    return district.account("staff", "north-clerk")


def page_of(account: Any, rest: str = "") -> str:
    return f"{LIST}{account.pk}/{rest}"


def send(client: Any, address: str, **typed: Any) -> Any:
    return client.post(address, {"form_id": uuid.uuid4(), **typed}, follow=True)


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_bridge_leads_to_those_without_a_second_factor(enter: Any, clerk: Any) -> None:
    chief = enter("chief")
    assert f"{LIST}?factor=none" in words(chief.get(reverse("bridge")))
    listed = words(chief.get(f"{LIST}?factor=none"))
    assert clerk.username in listed
    assert "missing" in listed


def test_a_grant_is_asked_for_confirmed_by_another_and_ended(enter: Any, clerk: Any) -> None:
    chief = enter("chief")
    said = send(
        chief,
        page_of(clerk, "grant/"),
        role="hr",
        begin=TODAY,
        end=TODAY + timedelta(days=9),
        reason="stands in",
    )
    assert "A role waits for a second person" in words(said)
    grant = RoleGrant.objects.get()
    refused = chief.post(f"{LIST}grants/{grant.pk}/", follow=True)
    assert "It takes a second person" in words(refused)
    second = enter("superintendent")
    assert "stands in" in words(second.get(f"{LIST}waiting/"))
    assert "Confirmed" in words(second.post(f"{LIST}grants/{grant.pk}/", follow=True))
    assert "somebody confirmed this role already" in words(
        second.post(f"{LIST}grants/{grant.pk}/", follow=True)
    ).replace("Somebody", "somebody")
    chief = enter("chief")
    shown = words(chief.get(page_of(clerk)))
    assert "granted: stands in" in shown
    assert "Human resources" in shown
    said = words(send(chief, f"{LIST}grants/{grant.pk}/end/", reason="she is back"))
    assert "Ended: the next page they open is without it." in said
    assert chief.get(f"{LIST}grants/{grant.pk}/end/").status_code == 404


def test_wrong_input_gets_a_sentence_and_keeps_what_was_typed(enter: Any, clerk: Any) -> None:
    said = send(enter("chief"), page_of(clerk, "grant/"), role="registrar", begin=TODAY, reason="x-y-z")
    assert said.status_code == 422
    shown = words(said)
    assert "This role holds at a school: choose the school." in shown
    assert "A grant has a last day: enter when it ends." in shown
    assert "x-y-z" in shown
    assert not RoleGrant.objects.exists()


def test_a_form_that_is_sent_twice_asks_once(enter: Any, clerk: Any) -> None:
    chief = enter("chief")
    typed = {
        "form_id": uuid.uuid4(),
        "role": "hr",
        "begin": TODAY,
        "end": TODAY + timedelta(days=9),
        "reason": "stands in",
    }
    for _ in range(2):
        assert chief.post(page_of(clerk, "grant/"), typed).status_code == 302
    assert RoleGrant.objects.count() == 1


def test_a_slip_sets_a_password_once(enter: Any, client: Any, clerk: Any) -> None:
    chief = enter("chief")
    assert "Make a slip" in words(chief.get(page_of(clerk, "password/")))
    slip = words(chief.post(page_of(clerk, "password/")))
    assert clerk.username in slip
    link = re.search(r'<code class="key">http://testserver(.*?)</code>', slip)
    assert link
    chief.logout()
    form = client.get(link[1], follow=True)
    assert "Choose a new password" in words(form)
    typed = {"password1": "a few words in a row", "password2": "a few words in a row"}
    client.post(form.redirect_chain[-1][0], typed)
    clerk.refresh_from_db()
    assert clerk.check_password("a few words in a row")
    assert "This link no longer works" in words(client.get(link[1], follow=True))
    told = AuditEntry.objects.filter(object_kind="account", object_id=str(clerk.pk))
    assert list(told.values_list("action", flat=True)) == ["account.password_link", "password.set"]


def test_an_account_is_made_tied_closed_and_reopened(enter: Any, district: SmallDistrict) -> None:
    chief = enter("chief")
    weak = send(chief, f"{LIST}new/", username="two words", display_name="Ana Torres")
    assert weak.status_code == 422
    made = send(chief, f"{LIST}new/", username="Ana.Torres", display_name="Ana Torres", email="")
    account = Account.objects.get(username="ana.torres")
    assert "The account is made" in words(made)
    found = words(chief.get(page_of(account, "person/?q=nurse")))
    staff = district.id("staff", "north-nurse")
    assert f'value="staff:{staff}"' in found
    said = chief.post(page_of(account, "person/"), {"person": f"staff:{staff}"}, follow=True)
    assert "School nurse" in words(said)
    said = chief.post(page_of(account, "person/"), {"person": "staff:²"}, follow=True)
    assert "Nobody was chosen" in words(said)
    closed = words(send(chief, page_of(account, "close/"), reason="left"))
    assert "closed" in closed
    assert "Reopen" in closed
    assert "may sign in again" in words(chief.post(page_of(account, "reopen/"), follow=True))


def test_a_second_factor_is_reset_by_two(enter: Any, district: SmallDistrict, clerk: Any) -> None:
    chief = enter("chief")
    assert send(chief, page_of(clerk, "second-factor/"), reason="").status_code == 422
    asked = words(send(chief, page_of(clerk, "second-factor/"), reason="came with badge"))
    assert "A second keeper of accounts must approve it" in asked
    waiting = words(chief.get(f"{LIST}waiting/"))
    assert "came with badge" in waiting
    assert "somebody else approves it" in waiting


def test_sessions_are_shown_and_ended(enter: Any, client: Any, clerk: Any) -> None:
    client.force_login(clerk)
    client.cookies.clear()
    chief = enter("chief")
    shown = words(chief.get(page_of(clerk, "sessions/")))
    assert "Open sessions" in shown
    said = words(send(chief, page_of(clerk, "sessions/"), reason="laptop stolen"))
    assert "The account is signed out" in said
    assert "It is signed in nowhere" in words(chief.get(page_of(clerk, "sessions/")))
    own = page_of(Account.objects.get(username="staff-chief"), "sessions/")
    assert "signed out everywhere else" in words(send(chief, own, reason="to be sure"))


def test_one_does_nothing_to_ones_own_account(enter: Any) -> None:
    chief = enter("chief")
    account = Account.objects.get(username="staff-chief")
    shown = words(chief.get(page_of(account)))
    assert "This is your own account" in shown
    for act in ("Close</a>", "Grant a role", "New password"):
        assert act not in shown
    said = send(chief, page_of(account, "grant/"), role="hr", begin=TODAY, end=TODAY, reason="me")
    assert "Nobody grants a role to themselves" in words(said)
    assert said.status_code == 422


def test_others_do_not_find_the_pages(enter: Any, clerk: Any) -> None:
    registrar = enter("north-registrar")
    assert registrar.get(LIST).status_code == 403
    assert registrar.get(page_of(clerk)).status_code == 403
    assert LIST not in words(registrar.get("/people/desk/"))
