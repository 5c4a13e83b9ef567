"""Links that lead only where the viewer may go."""

from __future__ import annotations

from django.urls import NoReverseMatch, resolve, reverse

from firstbell.overview.data import Place
from firstbell.platform.access import NotAllowed, Viewer


def address(viewer: Viewer, place: Place | None) -> str:
    """Where a place lies; empty where there is no such page, or it does not open to the viewer."""
    if place is None:
        return ""
    try:
        path = reverse(place.route, args=place.parts)
    except NoReverseMatch:
        return ""
    rule = getattr(resolve(path).func, "rule", None)
    if rule is not None:
        try:
            rule.let_in(viewer)
        except NotAllowed:
            return ""
    return f"{path}?{place.query}" if place.query else path
