"""Accounts' pages in a real browser: axe, both lights, a desk and a phone; a grant from asking to ending."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from firstbell.people.models import RoleGrant
from firstbell.people.testing import TODAY, SmallDistrict
from firstbell.platform.accounts import ask_second_factor_reset
from firstbell.platform.accounts.traces import _refused, _signed_in
from tests.browser import assert_good_page, browser_page
from tests.people.web.test_pages_in_browser import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lively(district: SmallDistrict) -> SmallDistrict:
    """Accounts of every kind and state; the north clerk's has much to say."""
    for kind, keys in {
        "staff": ["superintendent", "north-teacher", "north-registrar", "south-principal"],
        "contact": ["c-north-0", "c-south-1"],
        "student": ["north-0"],
    }.items():
        for key in keys:
            district.account(kind, key)
    account = district.account("staff", "north-clerk")
    account.display_name = "Clerk North"
    account.last_login = timezone.make_aware(datetime.combine(TODAY, time(7, 42)))
    account.save()
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    chief, other = district.account("staff", "chief").pk, district.account("staff", "superintendent").pk
    common = {"account": account, "begin": TODAY, "end": TODAY + timedelta(days=30), "granted_by_id": chief}
    RoleGrant.objects.create(
        role="registrar",
        school_id=district.id("school", "south"),
        reason="covers a leave",
        confirmed_by_id=other,
        **common,
    )
    RoleGrant.objects.create(role="auditor", reason="yearly audit", **common)
    _signed_in(None, account)
    _refused(None, {"username": account.username})
    ask_second_factor_reset(
        district.viewer("staff", "chief"), account.pk, reason="came in person, badge and photo seen"
    )
    return district


ADDRESSES = {
    "list": "",
    "list-missing": "?factor=none",
    "list-nobody": "?q=zzz",
    "new": "new/",
    "account": "{clerk}/",
    "own": "{chief}/",
    "person": "{free}/person/?q=nurse",
    "password": "{clerk}/password/",
    "close": "{clerk}/close/",
    "sessions": "{clerk}/sessions/",
    "factor": "{clerk}/second-factor/",
    "grant": "{clerk}/grant/",
    "grant-end": "grants/{grant}/end/",
    "waiting": "waiting/",
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_accounts_pages_are_accessible_in_every_light(name, enter, lively, client, live_server, monkeypatch):
    client.force_login(lively.account("staff", "north-clerk"))
    client.cookies.clear()
    enter("chief")
    address = ADDRESSES[name].format(
        clerk=lively.account("staff", "north-clerk").pk,
        chief=lively.account("staff", "chief").pk,
        free=type(lively.account("staff", "chief")).objects.create_account("new.person").pk,
        grant=RoleGrant.objects.get(role="registrar").pk,
    )
    with browser_page(monkeypatch) as page:
        sign_in(page, client, live_server)
        page.goto(f"{live_server.url}/people/accounts/{address}")
        assert_good_page(page, f"accounts-{name}")


def test_a_role_is_granted_by_two_people_and_a_slip_is_printed(enter, lively, live_server, monkeypatch):
    nurse = lively.account("staff", "north-nurse")
    client = enter("chief")
    with browser_page(monkeypatch) as page:
        sign_in(page, client, live_server)
        page.goto(f"{live_server.url}/people/accounts/")
        page.get_by_label("Username or name").fill(nurse.username)
        page.keyboard.press("Enter")
        page.get_by_role("link", name=nurse.username).click()
        page.get_by_role("link", name="Grant a role").click()
        page.get_by_role("button", name="Ask for it").click()
        page.wait_for_load_state()
        page.complaints.clear()  # the answer's own status, 422, is written to the console
        assert_good_page(page, "accounts-grant-refused")
        page.get_by_label("Role").select_option("assessment_coordinator")
        page.get_by_label("Last day").fill((TODAY + timedelta(days=20)).isoformat())
        page.get_by_label("What is it for?").fill("spring testing")
        page.get_by_role("button", name="Ask for it").click()
        page.get_by_text("A role waits for a second person").wait_for()
        page.get_by_role("link", name="New password").click()
        page.get_by_role("button", name="Make a slip").click()
        page.get_by_role("heading", name="Your way into Firstbell").wait_for()
        assert_good_page(page, "accounts-slip")
        sign_in(page, enter("superintendent"), live_server)
        page.goto(f"{live_server.url}/people/accounts/waiting/")
        page.get_by_role("listitem").filter(has_text="spring testing").get_by_role(
            "button", name="Confirm"
        ).click()
        page.get_by_text("Confirmed: it is in force").wait_for()
    assert RoleGrant.objects.get(role="assessment_coordinator").confirmed_by_id
