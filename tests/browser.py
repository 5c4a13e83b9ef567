"""A real browser for the journeys: one page, its complaints kept, axe at hand, pictures when asked for.

``FIRSTBELL_LOOK=FOLDER`` makes every ``look`` leave a picture there, for a person to look at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from firstbell.config.testing import chromium

LOOK = os.environ.get("FIRSTBELL_LOOK")
SIZES = {"desk": (1280, 900), "phone": (320, 700)}


@contextmanager
def browser_page(monkeypatch: pytest.MonkeyPatch, **options: Any) -> Iterator[Any]:
    """A page of Debian's Chromium; console errors and failed requests gather in ``page.complaints``."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine (Debian: apt install chromium)")
    from playwright.sync_api import sync_playwright

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's loop runs in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(
            viewport=dict(zip(("width", "height"), SIZES["desk"], strict=True)), **options
        )
        page.complaints = []
        page.on("console", lambda line: page.complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda problem: page.complaints.append(str(problem)))
        yield page
        browser.close()


def violations(page: Any) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA on the page as it is now, one line each."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    return [f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes'][:3]]}" for one in found]


def overflows(page: Any) -> bool:
    """Whether one must scroll sideways to read the page."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def look(page: Any, name: str) -> None:
    """Leave a picture where ``FIRSTBELL_LOOK`` says."""
    if LOOK:
        Path(LOOK).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{LOOK}/{name}.png", full_page=True)


def in_every_light(page: Any, name: str, check: Callable[[str], None]) -> None:
    """Call ``check`` with the page shown light and dark, on a desk and on a phone."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            look(page, f"{name}-{size}-{scheme}")
            check(f"{name} {size} {scheme}")
    page.emulate_media(color_scheme="light")


def assert_good_page(page: Any, name: str) -> None:
    """No axe violation and no sideways scrolling in any light and size; no complaint of the browser."""

    def check(where: str) -> None:
        found = violations(page)
        assert not found, f"{where}: {found}"
        assert not overflows(page), f"{where} scrolls sideways"

    in_every_light(page, name, check)
    assert page.complaints == []
