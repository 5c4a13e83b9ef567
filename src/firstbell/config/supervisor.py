"""One supervisor over the site and its background worker: starts both, restarts what dies, stops cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from types import FrameType

import click

BACKOFF = (0.5, 1, 2, 5, 10, 30)
GRACE = 10


class _Child:
    """One process, restarted with growing pauses while it keeps dying."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        self.name, self.command, self.environment = name, command, environment
        self.deaths = 0
        self.not_before = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def ensure(self) -> None:
        """Start the process when it is not running and its pause is over."""
        now = time.monotonic()
        if self.process is not None:
            if self.process.poll() is None:
                return
            pause = BACKOFF[min(self.deaths, len(BACKOFF) - 1)]
            self.deaths += 1
            self.not_before = now + pause
            click.echo(f"{self.name} ended ({self.process.returncode}); again in {pause} s", err=True)
            self.process = None
        if now >= self.not_before:
            self.process = subprocess.Popen(self.command, env=self.environment)  # noqa: S603 - own command

    def stop(self) -> None:
        """Ask it to end, then make it."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Site:
    """The site and what runs beside it. SQLite takes one site process with threads, PostgreSQL one per core.

    ``beside`` names further commands of the house that run as long as the site does.
    """

    def __init__(
        self, address: str, port: int, *, workers: int = 0, beside: Mapping[str, list[str]] | None = None
    ) -> None:
        sqlite = not os.environ.get("DATABASE_URL")
        processes = workers or (1 if sqlite else max(2, os.cpu_count() or 2))
        environment = os.environ | {
            "FIRSTBELL_BIND": address,
            "DJANGO_SETTINGS_MODULE": "firstbell.config.settings",
        }
        commands = {"worker": ["worker"], **(beside or {})}
        self._children = [_Child("site", _granian(address, port, processes), environment)]
        for name, words in commands.items():
            command = [sys.executable, "-m", "firstbell.config", *words]
            self._children.append(_Child(name, command, environment))

    def warm(self) -> None:
        """Start the site's own process, so that it has loaded when it is needed; ``run`` follows."""
        if self._children[0].process is None:
            self._children[0].ensure()

    def run(self) -> None:
        """Serve until a signal comes."""
        stopping = False

        def stop(number: int, frame: FrameType | None) -> None:
            nonlocal stopping
            stopping = True

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        try:
            while not stopping:
                for child in self._children:
                    child.ensure()
                time.sleep(0.2)
        finally:
            self.stop()

    def stop(self) -> None:
        """End every process that was started."""
        for child in reversed(self._children):
            child.stop()


def _granian(address: str, port: int, processes: int) -> list[str]:
    options = {
        "--interface": "wsgi",
        "--host": address,
        "--port": str(port),
        "--workers": str(processes),
        "--blocking-threads": "4",
        "--log-level": "warning",
    }
    words = [word for pair in options.items() for word in pair]
    return [sys.executable, "-m", "granian", *words, "--no-ws", "firstbell.config.wsgi:application"]
