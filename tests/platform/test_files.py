"""A kept file is found by its hash, and a changed one is not passed off as it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from firstbell.platform.files import FileDamaged, keep, kept


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": settings.STORAGES["default"]["OPTIONS"] | {"location": tmp_path},
        }
    }
    return tmp_path


def test_a_file_is_kept_once_under_its_hash_and_for_its_owner_only(folder):
    digest = keep(b"evidence")
    assert (digest, keep(b"evidence")) == (hashlib.sha256(b"evidence").hexdigest(), digest)
    assert kept(digest) == b"evidence"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [path.stat().st_mode & 0o777 for path in files] == [0o600]


def test_a_changed_or_missing_file_is_refused(folder):
    digest = keep(b"evidence")
    Path(default_storage.path(f"kept/{digest[:2]}/{digest}")).write_bytes(b"other")
    with pytest.raises(FileDamaged, match="changed"):
        kept(digest)
    with pytest.raises(FileDamaged, match="missing"):
        kept("0" * 64)
