"""The tokens' colors against WCAG 2.2: 4.5 for text (1.4.3), 3 for edges, signs and chart lines (1.4.11)."""

import re
from pathlib import Path

import pytest

import firstbell.platform

CSS = (Path(firstbell.platform.__file__).parent / "static/platform/css/tokens.css").read_text(
    encoding="utf-8"
)
TEXT = [
    *((ink, ground) for ink in ("ink", "ink-muted") for ground in ("paper", "surface", "sunken", "hover")),
    *(("accent", ground) for ground in ("paper", "surface", "sunken", "hover", "accent-soft")),
    *(("accent-hover", ground) for ground in ("paper", "surface", "hover")),
    *((sign, f"{sign}-soft") for sign in ("good", "warn", "bad", "info", "neutral")),
    *((sign, "surface") for sign in ("good", "warn", "bad", "info", "neutral")),
    *(("ink", f"{sign}-soft") for sign in ("good", "warn", "bad", "info")),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-bad", "bad"),
    ("on-masthead", "masthead"),
    ("on-masthead", "masthead-field"),
    ("on-masthead-muted", "masthead"),
    ("on-masthead-muted", "masthead-field"),
]
EDGES = [
    *(("line-strong", ground) for ground in ("paper", "surface", "sunken")),
    *((f"series-{n}", "surface") for n in range(1, 5)),
    *(("focus", ground) for ground in ("paper", "surface", "sunken")),
    ("masthead-focus", "masthead"),
    ("masthead-line", "masthead-field"),
]
NAMED = re.compile(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6});")


def block(opening: str) -> dict[str, str]:
    """The colors of the first rule that opens so."""
    begin = CSS.index(opening)
    return dict(NAMED.findall(CSS[begin : CSS.index("}", begin)]))


LIGHT = block(":root {")
DARK = LIGHT | block(':root[data-theme="dark"] {')


def luminance(color: str) -> float:
    """WCAG's relative luminance of ``#rrggbb``."""
    channels = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_wcags():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the well-known near miss


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (EDGES, 3.0)], ids=["text", "edges"])
def test_every_pair_has_contrast(theme, pairs, least):
    weak = {pair: round(contrast(theme[pair[0]], theme[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < least} == {}


def test_dark_is_the_same_whether_chosen_or_by_the_device():
    assert block(':root[data-theme="dark"] {') == block(':root:not([data-theme="light"]) {')
