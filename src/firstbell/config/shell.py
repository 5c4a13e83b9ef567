"""The frame around every page: the district's name, and the navigation that this viewer's roles open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from firstbell.config.navigation import NAVIGATION
from firstbell.people.api import district_name, may_find
from firstbell.platform.web.context import Link


def shell_parts(request: HttpRequest) -> dict[str, Any]:
    """What the frame shows to the viewer of this request."""
    viewer = request.viewer  # type: ignore[attr-defined]  # set by the middleware
    here = _under(request.path)
    groups = []
    for name, lines in NAVIGATION:
        links = []
        for line in lines:
            if not line.opens(viewer):
                continue
            url = reverse(line.route)
            links.append(Link(line.words, url, line.icon, url == here))
        if links:
            groups.append((name, tuple(links)))
    return {
        "district": district_name(),
        "navigation": tuple(groups),
        "find": reverse("find_people") if may_find(viewer) else "",
    }


def _under(path: str) -> str:
    """The line under which a page lies: the longest address with which its own begins."""
    urls = (reverse(line.route) for _, lines in NAVIGATION for line in lines)
    fitting = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(fitting, key=len, default="")
