"""How long a demonstration takes: ``python benchmarks/demonstration.py [--today DATE] [SIZE ...]``.

For every size (2,000 and 17,400 when none is named) a district is built in a home of its own that is thrown
away; then the site is started twice. Prints seconds by the clock and of the processor, the most memory held,
the size of the database, and seconds to the first page of a first and of a second start. With
``DATABASE_URL`` only the first size is built, into that empty database.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: what the sign-in page shows once the district stands
SIGN = b'id="personas"'
LONGEST = 1800


def main(sizes: list[int], today: str | None) -> None:
    """Build, serve twice, print."""
    print(f"{'students':>9}{'built s':>9}{'cpu s':>8}{'peak MB':>9}{'database MB':>13}{'again s':>9}")
    for size in sizes:
        home = Path(tempfile.mkdtemp(prefix="firstbell-benchmark-"))
        try:
            words = ["demo", "--students", str(size), *(["--today", today] if today else [])]
            wall, cpu, peak = measured([*words, "--no-serve"], home)
            data = (home / "firstbell.sqlite3").stat().st_size if not os.environ.get("DATABASE_URL") else 0
            again = first_page(words[:3], home)
            print(
                f"{size:>9,}{wall:>9.1f}{cpu:>8.1f}{peak:>9,.0f}{data / 1e6:>13,.0f}{again:>9.1f}", flush=True
            )
        finally:
            shutil.rmtree(home, ignore_errors=True)
    home = Path(tempfile.mkdtemp(prefix="firstbell-benchmark-"))
    try:
        if not os.environ.get("DATABASE_URL"):
            print(f"first command to first page, 2,000 students: {first_page(['demo'], home):.1f} s")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def command(words: list[str]) -> list[str]:
    """The house's command as the starter runs it."""
    return [sys.executable, "-m", "firstbell.config", *words]


def environment(home: Path) -> dict[str, str]:
    """A home of its own, this checkout's code."""
    return os.environ | {"FIRSTBELL_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}


def measured(words: list[str], home: Path) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of the processor, most megabytes held by one process."""
    begin = time.perf_counter()
    process = subprocess.Popen(command(words), env=environment(home), stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"firstbell {' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def first_page(words: list[str], home: Path) -> float:
    """Seconds from the command to the sign-in page that offers the personas; the site is stopped again."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begin = time.perf_counter()
    site = subprocess.Popen(
        command([*words, "--port", str(port)]), env=environment(home), stdout=subprocess.DEVNULL
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
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    reader.add_argument("sizes", nargs="*", type=int, default=[2_000, 17_400])
    reader.add_argument("--today")
    given = reader.parse_args()
    main(given.sizes[:1] if os.environ.get("DATABASE_URL") else given.sizes, given.today)
