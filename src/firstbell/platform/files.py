"""Files that are evidence: kept under their own SHA-256, so that a file cannot change without a word.

Whoever keeps a file stores the hash beside what it proves. Access is decided by the row that names the
hash, never here.
"""

from __future__ import annotations

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


class FileDamaged(Exception):  # noqa: N818 - says what the file is
    """The kept file is missing or no longer what it was when it was kept."""


def keep(content: bytes) -> str:
    """Keep ``content`` for good; answers its SHA-256 in hexadecimal. The same content is kept once."""
    digest = hashlib.sha256(content).hexdigest()
    name = _name(digest)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))
    return digest


def kept(digest: str) -> bytes:
    """The content kept under ``digest``. Raises FileDamaged."""
    try:
        with default_storage.open(_name(digest)) as file:
            content: bytes = file.read()
    except FileNotFoundError as missing:
        raise FileDamaged(f"the kept file {digest[:12]}… is missing: restore it from the backup") from missing
    if hashlib.sha256(content).hexdigest() != digest:
        raise FileDamaged(f"the kept file {digest[:12]}… was changed: restore it from the backup")
    return content


def _name(digest: str) -> str:
    return f"kept/{digest[:2]}/{digest}"
