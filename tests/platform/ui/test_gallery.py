"""Every component in a real browser: axe, both lights, a desk and a phone."""

import pytest

from tests.browser import assert_good_page, browser_page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_every_component_is_accessible_in_every_light(live_server, settings, monkeypatch):
    settings.ROOT_URLCONF = "tests.platform.ui.gallery"
    settings.FIRSTBELL_SHELL = ""
    with browser_page(monkeypatch) as page:
        page.goto(live_server.url)
        assert_good_page(page, "gallery")


def test_the_theme_is_kept(live_server, settings, monkeypatch):
    settings.ROOT_URLCONF = "tests.platform.ui.gallery"
    settings.FIRSTBELL_SHELL = ""
    with browser_page(monkeypatch) as page:
        page.goto(live_server.url)
        page.get_by_role("button", name="Dark").click()
        assert page.locator("html").get_attribute("data-theme") == "dark"
        page.get_by_role("button", name="As the device").click()
        assert page.locator("html").get_attribute("data-theme") is None


def test_the_keys_are_listed_by_a_question_mark(live_server, settings, monkeypatch):
    settings.ROOT_URLCONF = "tests.platform.ui.gallery"
    settings.FIRSTBELL_SHELL = ""
    with browser_page(monkeypatch) as page:
        page.goto(live_server.url)
        page.keyboard.press("?")
        assert page.get_by_role("dialog", name="Keys and help").is_visible()
        page.keyboard.press("Escape")
        assert not page.get_by_role("dialog", name="Keys and help").is_visible()
