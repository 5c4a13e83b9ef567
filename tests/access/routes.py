"""Every address of the house, read from the URLconf."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern


@dataclass(frozen=True)
class Operation:
    """One address: its name (its route where it has none), its parts, its view."""

    name: str
    route: str
    parts: tuple[str, ...]
    view: Any

    def path(self, values: dict[str, Any]) -> str:
        """The address with these values in its parts."""
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(values[part[1]]), self.route)


def operations() -> list[Operation]:
    """Every address of the house."""
    return list(_walk(get_resolver(), ""))


def _walk(resolver: URLResolver, prefix: str) -> Iterator[Operation]:
    for entry in resolver.url_patterns:
        route = prefix + _route(entry)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, route)
        else:
            yield Operation(
                entry.name or route, route, tuple(re.findall(r"<(?:\w+:)?(\w+)>", route)), entry.callback
            )


def _route(entry: URLPattern | URLResolver) -> str:
    """The pattern as a route; a regular expression is written as one."""
    text = str(entry.pattern)
    if not isinstance(entry.pattern, RegexPattern):
        return text
    text = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", text)
    return text.strip("^$")
