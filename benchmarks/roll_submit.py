"""What taking a roll costs: ``.venv/bin/python benchmarks/roll_submit.py [--database postgres]``.

Forty classes of 30 students, six periods a day, served by ``firstbell serve`` as it is. Clients in a closed
loop (1, 8 and 32 of them), each signed in as a teacher: open the roll, submit it with two exceptions, open it
again, submit two changes. Three times are told apart:

* server: from the moment the request has reached the application until the response leaves it, as the
  request log has it. Waiting for the database's one writer and for the site's other threads is in it.
* processor: what of that the request itself computed (its thread's time; PostgreSQL's own is not in it).
* client: what the client waits, with the queue before the server.

Afterwards what is stored is counted. ``--clients 8 --rolls 240`` measures that alone. The queries of a
submit are counted in this process, for classes of 5, 30 and 40.
"""

from __future__ import annotations

import http.client
import json
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from measuring import (
    at,
    command,
    database,
    environment,
    free_port,
    middle,
    open_house,
    own_home,
    reader,
    show,
    whole,
)
from roll_district import build

#: rolls taken by so many clients; each is opened twice and submitted twice
ROLLS = {1: 80, 8: 240, 32: 320}
WARM = 20
WHAT = ("open", "submit", "open again", "submit changes")
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
CHOSEN = re.compile(r'<input[^>]*type="radio"[^>]* checked[^>]*>')
PART = re.compile(r'(name|value)="([^"]*)"')


@dataclass
class Taken:
    """What the clients saw: the kind of request, its number in the log, milliseconds waited."""

    seen: list[tuple[str, str, float]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def main(kind: str, clients: dict[int, int], *, as_json: bool) -> None:
    """Build, count queries, serve, measure."""
    with own_home() as home, database(kind) as address:
        open_house(home, address)
        district = build()
        queries = {str(size): {what: district.queries(size, what) for what in WHAT} for size in (5, 30, 40)}
        more = {"DATABASE_URL": address} if address else {}
        whole(command("worker", "--once"), home, **more)  # what is due by the clock is done before
        rows: list[dict[str, Any]] = []
        with served(home, more) as (port, site):
            rolls = queue.SimpleQueue()
            for roll in district.rolls():
                rolls.put(roll)
            run(port, rolls, district.cookies, 4, WARM)
            for number, count in clients.items():
                used, begin = processor(site), time.perf_counter()
                taken = run(port, rolls, district.cookies, number, count)
                seconds, used = time.perf_counter() - begin, processor(site) - used
                if taken.wrong:
                    sys.exit(f"{len(taken.wrong)} answers were wrong, the first: {taken.wrong[0]}")
                rows += table(number, taken, server_times(home), seconds, used)
        stored = district.check(sum(clients.values()) + WARM)
    if as_json:
        show(rows, as_json=True, database=kind, queries=queries, stored=stored)
        return
    show(rows, as_json=False, database=kind, stored=stored)
    for size, found in queries.items():
        print(f"queries, class of {size}: " + ", ".join(f"{what} {n}" for what, n in found.items()))


def table(
    clients: int, taken: Taken, server: dict[str, float], seconds: float, used: float
) -> Iterator[dict[str, Any]]:
    """A row for each kind of request, all in milliseconds."""
    for what in WHAT:
        waited = [ms for kind, _, ms in taken.seen if kind == what]
        inside = [server[number] for kind, number, _ in taken.seen if kind == what]
        yield {
            "clients": clients,
            "request": what,
            "number": len(inside),
            "server p50": middle(inside),
            "server p95": at(inside, 0.95),
            "client p50": middle(waited),
            "client p95": at(waited, 0.95),
            "processor each": used / len(taken.seen) * 1000,
            "all requests/s": len(taken.seen) / seconds,
        }


def run(port: int, rolls: queue.SimpleQueue[Any], cookies: dict[int, str], clients: int, count: int) -> Taken:
    """``clients`` at once take ``count`` rolls, each waiting for its answer before it goes on."""
    taken, left = Taken(), queue.SimpleQueue[Any]()
    for _ in range(count):
        left.put(rolls.get_nowait())

    def work() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            try:
                roll = left.get_nowait()
            except queue.Empty:
                return
            take(connection, roll.path, cookies[roll.group], taken)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def take(connection: http.client.HTTPConnection, path: str, cookie: str, taken: Taken) -> None:
    """Open, submit with two exceptions, open, submit with two changes."""
    for place, code in ((0, "A"), (2, "T")):
        page, token = ask(connection, "GET", path, cookie, None, WHAT[place], taken)
        fields = form_of(page)
        codes = sorted(name for name in fields if name.startswith("code-"))
        for name in (codes[3], codes[17 % len(codes)]):
            fields[name] = code
        answer, _ = ask(connection, "POST", path, f"{cookie}; {token}", fields, WHAT[place + 1], taken)
        if "is saved" not in answer:
            taken.wrong.append(answer[:300])


def ask(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    cookie: str,
    fields: dict[str, str] | None,
    what: str,
    taken: Taken,
) -> tuple[str, str]:
    """The answer's text and the form's cookie; only the waiting is timed."""
    headers = {"Cookie": cookie}
    if fields is not None:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
    body = urlencode(fields) if fields is not None else None
    begin = time.perf_counter()
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read()
    waited = (time.perf_counter() - begin) * 1000
    if answer.status != 200:
        taken.wrong.append(f"{method} answered {answer.status}")
    taken.seen.append((what, answer.headers["X-Request-Id"], waited))
    return text.decode(), (answer.headers["Set-Cookie"] or "").split(";")[0]


def form_of(text: str) -> dict[str, str]:
    """What a browser would send back unchanged: hidden fields and chosen codes."""
    fields = dict(HIDDEN.findall(text))
    for tag in CHOSEN.findall(text):
        parts = dict(PART.findall(tag))
        fields[parts["name"]] = parts["value"]
    return fields


@contextmanager
def served(home: Path, more: dict[str, str]) -> Iterator[tuple[int, int]]:
    """``firstbell serve`` on a free port: the port and the process."""
    port = free_port()
    words = command("serve", "--port", str(port))
    site = subprocess.Popen(words, env=environment(home, **more), start_new_session=True)
    try:
        until = time.monotonic() + 120
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                connection.request("GET", "/accounts/login/")
                if connection.getresponse().status == 200:
                    break
            except OSError:
                if time.monotonic() > until or site.poll() is not None:
                    sys.exit("the site did not start")
                time.sleep(0.1)
        time.sleep(6)  # the worker has looked at the clock
        yield port, site.pid
    finally:
        site.send_signal(signal.SIGTERM)
        site.wait()


def processor(site: int) -> float:
    """Seconds of the processor that the site's own processes have used: not its worker, not PostgreSQL."""
    parents: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    words: dict[int, str] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            after = (folder / "stat").read_text().rpartition(")")[2].split()
            words[int(folder.name)] = (folder / "cmdline").read_text()
        except OSError:
            continue
        parents.setdefault(int(after[1]), []).append(int(folder.name))
        used[int(folder.name)] = (int(after[11]) + int(after[12])) / os.sysconf("SC_CLK_TCK")

    def below(pid: int) -> float:
        return used.get(pid, 0.0) + sum(below(child) for child in parents.get(pid, ()))

    return sum(below(child) for child in parents.get(site, ()) if "granian" in words[child])


def server_times(home: Path) -> dict[str, float]:
    """Milliseconds inside the application by request number, from the request log."""
    found = {}
    for text in (home / "firstbell.log").read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        if line["message"] == "request":
            found[line["request"]] = line["ms"]
    return found


if __name__ == "__main__":
    options = reader(__doc__)
    options.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    options.add_argument("--clients", type=int)
    options.add_argument("--rolls", type=int)
    given = options.parse_args()
    chosen = ROLLS if given.clients is None else {given.clients: given.rolls or ROLLS.get(given.clients, 80)}
    main(given.database, chosen, as_json=given.as_json)
