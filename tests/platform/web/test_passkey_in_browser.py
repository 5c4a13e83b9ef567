"""A passkey in a real browser: set up, then signed in with, under the strict content policy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from firstbell.platform.models import Account
from tests.platform.web.conftest import PASSWORD

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
CHROMIUM = Path("/usr/bin/chromium")
LOOK = os.environ.get("FIRSTBELL_LOOK")


@pytest.fixture
def registrar(transactional_db):
    """Made before the browser's loop runs: a loop would open a database connection of its own and keep it."""
    return Account.objects.create_account("registrar", PASSWORD)


@pytest.fixture
def page(registrar, monkeypatch):
    if not CHROMIUM.exists():
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's loop runs in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page()
        page.complaints = []
        page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        authenticator = page.context.new_cdp_session(page)
        authenticator.send("WebAuthn.enable")
        authenticator.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        page.authenticator = authenticator
        yield page
        browser.close()


def look(page, name):
    if LOOK:
        page.screenshot(path=f"{LOOK}/{name}.png", full_page=True)


def test_a_registrar_sets_up_a_passkey_and_signs_in_with_it_alone(page, live_server):
    site = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(site + "/")
    look(page, "sign-in")
    page.get_by_label("Username").fill("registrar")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    look(page, "second-step")
    page.get_by_role("link", name="Set up a passkey").click()
    look(page, "passkey-add")
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Set up").click()
    page.wait_for_url("**/recovery-codes/")
    look(page, "recovery-codes")
    page.get_by_role("link", name="I have kept them").click()
    assert page.inner_text("body") == "home"

    page.context.clear_cookies()
    page.goto(site + "/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(site + "/")
    assert page.inner_text("body") == "home"
    assert not [line for line in page.complaints if "Content Security Policy" in line]


def test_a_passkey_that_fails_is_explained_in_words(page, live_server):
    site = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(site + "/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    words = page.get_by_role("alert")
    words.wait_for()
    assert "passkey was not used" in words.inner_text()
    look(page, "passkey-refused")
