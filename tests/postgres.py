"""A PostgreSQL cluster of the tests' own, from the machine's binaries.

It lies in a temporary folder, listens on a Unix socket and a free loopback port, trades durability
for speed, and ends with the tests. PostgreSQL refuses to run as root: then it runs under an account
without rights.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "jit": "off",
    "timezone": "UTC",
    "listen_addresses": "127.0.0.1",
}
USER = "firstbell"
INITDB = ["-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
UNPRIVILEGED = "nobody"
START_SECONDS = 60


class NoPostgres(Exception):  # noqa: N818 - says what the machine lacks
    """The machine has no PostgreSQL, or it does not start."""


def binaries() -> Path:
    """The folder of ``initdb`` and ``postgres``: in PATH, else the newest of the distribution's."""
    found = shutil.which("initdb")
    if found and (Path(found).resolve().parent / "postgres").exists():
        return Path(found).resolve().parent
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]), reverse=True
    )
    if not versions:
        raise NoPostgres(
            "PostgreSQL's initdb is neither in PATH nor under /usr/lib/postgresql; "
            "on Debian and Ubuntu: sudo apt install postgresql"
        )
    return versions[0].parent


@contextmanager
def cluster(port: int | None = None, changed: Mapping[str, str] | None = None) -> Iterator[str]:
    """A running cluster with an empty database, some of its ``SETTINGS`` changed; gives its
    ``postgresql://`` address.

    Raises NoPostgres when the machine has none or it does not come up, with the last lines of its log.
    """
    programs = binaries()
    folder = Path(tempfile.mkdtemp(prefix="firstbell-pg-"))
    server: subprocess.Popen[bytes] | None = None
    try:
        identity = _identity(folder)
        data, log = folder / "data", folder / "log"
        _call(
            [str(programs / "initdb"), "-D", str(data), *INITDB],
            identity,
            folder,
        )
        number = port or _free_port()
        options = (
            SETTINGS | dict(changed or {}) | {"port": str(number), "unix_socket_directories": str(folder)}
        )
        arguments = [f"--{name}={value}" for name, value in options.items()]
        with log.open("wb") as output:
            server = subprocess.Popen(
                [str(programs / "postgres"), "-D", str(data), *arguments],
                stdout=output,
                stderr=output,
                stdin=subprocess.DEVNULL,
                cwd=folder,
                **identity,  # type: ignore[call-overload]
            )
        _wait_until_ready(programs, folder, number, server, log)
        _call(
            [str(programs / "createdb"), "-h", str(folder), "-p", str(number), "-U", USER, USER],
            identity,
            folder,
        )
        yield f"postgresql://{USER}@:{number}/{USER}?host={quote(str(folder), safe='')}"
    finally:
        if server is not None:
            server.send_signal(2)  # SIGINT: fast shutdown
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _identity(folder: Path) -> dict[str, object]:
    """How root's processes change to an account without rights, which is given the folder."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam(UNPRIVILEGED)
    os.chown(folder, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _call(command: list[str], identity: dict[str, object], folder: Path) -> None:
    done = subprocess.run(  # type: ignore[call-overload]
        command, capture_output=True, text=True, check=False, cwd=folder, **identity
    )
    if done.returncode != 0:
        raise NoPostgres(f"{Path(command[0]).name} failed: {done.stderr.strip()[-500:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(
    programs: Path, folder: Path, port: int, server: subprocess.Popen[bytes], log: Path
) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        asked = subprocess.run(
            [str(programs / "pg_isready"), "-q", "-h", str(folder), "-p", str(port)], check=False
        )
        if asked.returncode == 0:
            return
        if server.poll() is not None:
            break
        time.sleep(0.05)
    raise NoPostgres(f"PostgreSQL did not start: {log.read_text(errors='replace')[-500:]}")
