"""How soon the first page stands: ``.venv/bin/python benchmarks/first_page.py [--runs N] [--students N]``.

Whole commands as a newcomer types them, from the command to the sign-in page that offers the personas: from
a fresh clone whose packages the machine has already (its environment is made and filled first), from a
checkout with its environment in an empty home, and started again on the district that stands.
"""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from measuring import ROOT, environment, free_port, middle, own_home, reader, show

#: what the sign-in page shows once the district stands
SIGN = b'id="personas"'
LONGEST = 1800


def main(runs: int, students: int, *, as_json: bool) -> None:
    """A clone, a first start and a second one, ``runs`` times."""
    clone, first, again = [], [], []
    words = ["demo", "--students", str(students)]
    for _ in range(runs):
        with own_home() as folder:
            subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder / "clone")], check=True)
            clone.append(first_page(folder / "clone", words, folder / "home"))
        with own_home() as home:
            first.append(first_page(ROOT, words, home))
            again.append(first_page(ROOT, ["demo"], home))
    rows = [
        {"": label, "seconds": middle(times), "fastest": min(times), "slowest": max(times)}
        for label, times in (("fresh clone", clone), ("first start", first), ("started again", again))
    ]
    show(rows, as_json=as_json, students=students, runs=runs)


def first_page(checkout: Path, words: list[str], home: Path) -> float:
    """Seconds from ``python3 run …`` to the sign-in page that offers the personas; the site is stopped."""
    port = free_port()
    begin = time.perf_counter()
    site = subprocess.Popen(
        ["python3", str(checkout / "run"), *words, "--port", str(port)],
        env=environment(home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - begin < LONGEST and site.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/") as page:
                    if SIGN in page.read():
                        return time.perf_counter() - begin
            except (urllib.error.URLError, ConnectionError):
                pass
            time.sleep(0.05)
        sys.exit("the first page never came")
    finally:
        site.terminate()
        site.wait()


if __name__ == "__main__":
    options = reader(__doc__)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--students", type=int, default=2_000)
    given = options.parse_args()
    main(given.runs, given.students, as_json=given.as_json)
