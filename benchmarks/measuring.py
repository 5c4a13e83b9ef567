"""What the benchmarks share: homes that are thrown away, whole processes, tables for eyes and for programs.

A benchmark prints one small table and the machine below it; with ``--json`` one JSON object. It works in a
home of its own under the temporary folder and never touches ``.firstbell``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
#: the checkout's own environment where it stands, else what runs this
PYTHON = str(found) if (found := ROOT / ".venv" / "bin" / "python").exists() else sys.executable
Row = Mapping[str, Any]
#: what the tests' cluster trades for speed, put back: every commit reaches the disk
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def reader(text: str | None) -> argparse.ArgumentParser:
    """Options of a benchmark; its first sentence is its description."""
    parser = argparse.ArgumentParser(description=(text or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON object")
    return parser


def show(rows: Sequence[Row], *, as_json: bool, **more: Any) -> None:
    """The rows as a table under their names, then what else there is to say and the machine."""
    if as_json:
        print(json.dumps({"rows": list(rows), **more, "machine": machine()}))
        return
    names = list(rows[0]) if rows else []
    cells = [names, *([_cell(row.get(name)) for name in names] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(names))]
    for row in cells:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))
    for name, value in more.items():
        print(f"{name.replace('_', ' ')}: {value}")
    print(f"machine: {machine()}")


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.{0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2}f}"
    return f"{value:,}" if isinstance(value, int) else str("" if value is None else value)


def machine() -> str:
    """Cores, memory, Python: what a figure depends on, and nothing that names the machine."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores, {pages / 2**30:.0f} GiB, Python {platform.python_version()},"
        f" {platform.system()}, {time.strftime('%Y-%m-%d')}, load {load:.2f}"
    )


@contextmanager
def own_home() -> Iterator[Path]:
    """A home folder that is gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="firstbell-benchmark-"))
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def environment(home: Path, **more: str) -> dict[str, str]:
    """This checkout's code on that home."""
    return os.environ | {"FIRSTBELL_HOME": str(home), "PYTHONPATH": str(ROOT / "src")} | more


def command(*words: str) -> list[str]:
    """A command of the house as the starter runs it."""
    return [PYTHON, "-m", "firstbell.config", *words]


@dataclass(frozen=True)
class Run:
    """A finished process: seconds by the clock and of the processor, most megabytes (MiB) resident."""

    seconds: float
    processor: float
    peak: float
    output: str


def whole(words: Sequence[str], home: Path, **more: str) -> Run:
    """Run a command to its end. Ends the benchmark where it fails."""
    begin = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(words, env=environment(home, **more), stdout=output)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    if process.returncode:
        sys.exit(f"{' '.join(words)} ended with {process.returncode}: {text[-500:]}")
    return Run(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, text)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def at(times: Sequence[float], share: float) -> float:
    """The time within which ``share`` of all lie (nearest rank)."""
    ranked = sorted(times)
    return ranked[min(len(ranked) - 1, max(0, round(share * len(ranked) + 0.5) - 1))]


def middle(times: Sequence[float]) -> float:
    """The median."""
    return statistics.median(times)


@contextmanager
def database(kind: str) -> Iterator[str]:
    """The address of an empty database that is gone afterwards: none for SQLite, which lies in the home.

    PostgreSQL runs as the tests run it, but durable: as a district would.
    """
    if kind == "sqlite":
        yield ""
        return
    sys.path.insert(0, str(ROOT))
    from tests.postgres import cluster

    with cluster(changed=DURABLE) as address:
        yield address


def open_house(home: Path, address: str) -> None:
    """Bring Django up in this process, on that home and database, migrated. Once a process."""
    os.environ["FIRSTBELL_HOME"] = str(home)
    os.environ["FIRSTBELL_BIND"] = "127.0.0.1"
    if address:
        os.environ["DATABASE_URL"] = address
    else:
        os.environ.pop("DATABASE_URL", None)
    sys.path.insert(0, str(ROOT / "src"))
    from firstbell.platform.cli import open_house as open_it

    open_it()
