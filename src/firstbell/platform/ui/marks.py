"""Small marks that stand beside words: icons and badges. Color is never the only sign."""

from __future__ import annotations

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

TONES = {"good": "check", "warn": "warning", "bad": "stop", "info": "info", "neutral": "dot"}


def icon(name: str, label: str = "") -> SafeString:
    """An icon of the house's sprite; ``label`` where no word stands beside it."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            _sprite(),
            name,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        _sprite(),
        name,
    )


def badge(word: str, tone: str = "neutral") -> SafeString:
    """A word with its sign. ``tone``: good, warn, bad, info or neutral."""
    return format_html('<span class="badge badge--{}">{}{}</span>', tone, icon(TONES.get(tone, "dot")), word)


def _sprite() -> str:
    return static("platform/icons.svg")
