"""Which pages are slow: ``.venv/bin/python benchmarks/pages.py [--students N] [--database postgres]``.

On a demonstration district as it stands at this moment, every persona signs in and follows the links of
each page, as far as two places of each address and three queries (filters, orders, further pages) of it.
Every place is fetched once with its queries counted, then five times with the clock; server time is what the
application takes, from the request's arrival to its answer, in this process, the median of five. What the
clock counts for the bridge is counted before. A table names the slowest place of each address; addresses of
the house that no persona came to are named below. Files (CSV, PDF) are timed apart: they are no pages.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from measuring import ROOT, command, database, middle, open_house, own_home, reader, show, whole

PLACES, QUERIES = 2, 3
TARGET = 200.0
LINK = re.compile(r'(?:href|hx-get)="([^"#]+)"')
#: pages that only a question fills: asked by every persona who opens them
ASKED = (
    "/people/find/?q=ma",
    "/people/find/?q=garcia",
    "/attendance/counter/?q=ma",
    "/attendance/absences/?q=ma",
)
#: not a page: it ends the session
NEVER = {"account_logout"}


@dataclass
class Place:
    """An address as one persona opens it."""

    name: str
    path: str
    who: str
    kind: str
    queries: int
    times: list[float]

    @property
    def ms(self) -> float:
        """Median server time in milliseconds."""
        return middle(self.times) * 1000


def main(students: int, runs: int, kind: str, home: Path | None, *, as_json: bool) -> None:
    """Build (or take the district that stands in ``home``), walk, print."""
    with own_home() as folder, database(kind) as address:
        if home is None:
            more = {"DATABASE_URL": address} if address else {}
            whole(command("demo", "--no-serve", "--students", str(students)), folder, **more)
        open_house(home or folder, address)
        count_for_the_bridge()
        found = [place for who in personas(home or folder) for place in walk(*who, runs)]
    pages = [one for one in found if one.kind == "text/html"]
    files = [one for one in found if one.kind != "text/html"]
    slow = sorted({one.name for one in pages if one.ms > TARGET})
    more = {
        "database": kind,
        "students": students,
        "places": len(pages),
        "addresses": len({one.name for one in pages}),
        f"over {TARGET:.0f} ms": ", ".join(slow) or "none",
        "never opened": ", ".join(sorted(missing({one.name for one in found}))),
    }
    if as_json:
        every = [row(one) for one in sorted(found, key=lambda one: -one.ms)]
        show(slowest(pages), as_json=True, **more, files=slowest(files), every=every)
        return
    show(slowest(pages), as_json=False, **more)
    if files:
        show(slowest(files), as_json=False)


def count_for_the_bridge() -> None:
    """What the worker counts by the clock."""
    from django.utils import timezone

    from firstbell.overview.api import refresh_figures, refresh_year

    refresh_figures(timezone.localdate())
    refresh_year(timezone.localdate())


def personas(home: Path) -> Iterator[tuple[str, Any]]:
    """(role, signed-in browser) of each persona, and of a stranger."""
    from django.test import Client

    yield "stranger", Client(SERVER_NAME="127.0.0.1")
    for persona in json.loads((home / "demonstration.json").read_text(encoding="utf-8")):
        browser = Client(SERVER_NAME="127.0.0.1")
        answer = browser.post("/accounts/demonstration/", {"username": persona["username"]})
        if answer.status_code != 302:
            sys.exit(f"{persona['username']} could not enter: {answer.status_code}")
        yield persona["role_label"], browser


def walk(who: str, browser: Any, runs: int) -> Iterator[Place]:
    """Follow the links of every page that opens."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.urls import Resolver404, resolve

    waiting, known = deque(["/", "/accounts/login/", *ASKED]), set[str]()
    taken: dict[tuple[str, bool], set[Any]] = defaultdict(set)
    while waiting:
        path = waiting.popleft()
        if path in known:
            continue
        known.add(path)
        parts = urlsplit(path)
        try:
            name = resolve(parts.path).url_name or parts.path
        except Resolver404:
            continue
        asked = tuple(sorted(key for key, _ in parse_qsl(parts.query)))
        room = taken[name, bool(asked)]
        if name in NEVER or len(room) >= (QUERIES if asked else PLACES) or (asked and asked in room):
            continue
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(path)
        kind = answer.headers.get("Content-Type", "").split(";")[0]
        if answer.status_code in (301, 302):
            waiting.append(urljoin(path, answer["Location"]))
        if answer.status_code >= 500:
            sys.exit(f"{path} answered {answer.status_code} to {who}")
        if answer.status_code != 200:
            continue
        room.add(asked or path)
        yield Place(name, path, who, kind, len(queries), [timed(browser, path) for _ in range(runs)])
        if kind == "text/html":
            waiting += links(path, answer.content.decode())


def links(path: str, text: str) -> list[str]:
    """Addresses of this site that a page leads to."""
    found = (urlsplit(urljoin(path, unescape(link))) for link in LINK.findall(text))
    return [one._replace(fragment="").geturl() for one in found if not one.netloc]


def timed(browser: Any, path: str) -> float:
    """Seconds of one request, its content included."""
    begin = time.perf_counter()
    answer = browser.get(path)
    if answer.streaming:
        b"".join(answer)
    return time.perf_counter() - begin


def slowest(places: list[Place]) -> list[dict[str, Any]]:
    """The slowest place of each address, the slowest first."""
    best: dict[str, Place] = {}
    for one in places:
        if one.name not in best or one.ms > best[one.name].ms:
            best[one.name] = one
    return [row(one) for one in sorted(best.values(), key=lambda one: -one.ms)]


def row(one: Place) -> dict[str, Any]:
    """A place as a row."""
    return {
        "page": one.name,
        "as": one.who,
        "ms": round(one.ms, 1),
        "slowest": round(max(one.times) * 1000, 1),
        "queries": one.queries,
        "place": one.path,
    }


def missing(seen: set[str]) -> Iterator[str]:
    """Addresses that take GET, by the tests' table, and that nobody came to."""
    sys.path.insert(0, str(ROOT))
    import yaml

    table = yaml.safe_load((ROOT / "tests" / "access" / "expected.yaml").read_text(encoding="utf-8"))
    for name, rule in table["operations"].items():
        if not rule.get("closed") and rule.get("only") != "post" and name not in seen | NEVER:
            yield name


if __name__ == "__main__":
    options = reader(__doc__)
    options.add_argument("--students", type=int, default=17_400)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    options.add_argument("--home", type=Path, help="a home with a demonstration that stands already")
    given = options.parse_args()
    main(given.students, given.runs, given.database, given.home, as_json=given.as_json)
