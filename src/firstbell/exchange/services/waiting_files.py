"""Files that wait for a decision: kept in the home folder under their SHA-256, readable by their owner only.

A file is here from its upload, or from the moment the brake held it, until somebody decides; then it goes.
What nobody decides on goes after a week: a roster is not kept longer than it is needed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from firstbell.exchange.models import ImportRun
from firstbell.formats.archive import open_container
from firstbell.kernel.finding import Finding, Refused, error

KEPT = timedelta(days=7)
_PART = 1 << 20
#: states in which a run may still need its file
_OPEN = ("waiting", "running", "held", "dry_run")


def receive(parts: Iterable[bytes]) -> str:
    """Keep what is sent, part by part; answers its SHA-256. Raises Refused when it is too large or empty."""

    def bounded() -> Iterator[bytes]:
        size = 0
        for part in parts:
            size += len(part)
            if size > settings.FIRSTBELL_MOST_UPLOADED:
                raise Refused([too_large()])
            yield part
        if not size:
            raise Refused(
                [error("package.empty", "the file is empty", "choose the zip again", column="file")]
            )

    return _keep(bounded())


def too_large() -> Finding:
    """The finding for a file that no page takes."""
    return error(
        "package.too_large_for_a_page",
        f"the file has more than {settings.FIRSTBELL_MOST_UPLOADED >> 20} MB",
        "copy it to the server and bring it in by the command: firstbell import",
        column="file",
    )


def keep_for_decision(path: Path) -> str:
    """Keep a copy of what the command read: a zip as it is, of a folder a zip of its files."""
    if path.is_file():
        with path.open("rb") as file:
            return _keep(iter(lambda: file.read(_PART), b""))
    with tempfile.TemporaryFile(dir=_folder()) as packed:
        container = open_container(path, nested="skip")
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in container.names:
                with container.open(name) as stream, archive.open(name, "w") as entry:
                    shutil.copyfileobj(stream, entry, _PART)
        packed.seek(0)
        return _keep(iter(lambda: packed.read(_PART), b""))


def _keep(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    handle, name = tempfile.mkstemp(dir=_folder())
    try:
        with os.fdopen(handle, "wb") as kept:
            for part in parts:
                digest.update(part)
                kept.write(part)
        os.replace(name, waiting_path(digest.hexdigest()))
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return digest.hexdigest()


def waiting_path(digest: str) -> Path:
    """Where a waiting file lies."""
    return _folder() / f"{digest}.zip"


def release(run: ImportRun) -> None:
    """Have a run that needs its file no longer let go of it; the last one to do so removes the file."""
    digest, run.waiting_file = run.waiting_file, ""
    ImportRun.objects.filter(pk=run.pk).update(waiting_file="")
    if digest and not ImportRun.objects.filter(waiting_file=digest, state__in=_OPEN).exists():
        waiting_path(digest).unlink(missing_ok=True)


def clear_waiting() -> int:
    """Remove files on which nobody decided within a week, and what no run knows; answers how many."""
    old = timezone.now() - KEPT
    ImportRun.objects.exclude(waiting_file="").filter(started_at__lt=old).update(waiting_file="")
    known = set(ImportRun.objects.exclude(waiting_file="").values_list("waiting_file", flat=True))
    removed = 0
    for path in _folder().iterdir():
        if path.stem not in known and path.stat().st_mtime < old.timestamp():
            path.unlink(missing_ok=True)
            removed += 1
    return removed


def _folder() -> Path:
    folder = Path(settings.HOME) / "incoming"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
