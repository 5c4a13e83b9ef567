"""The installation's home folder: database file, secrets, logs.

``FIRSTBELL_HOME`` names it; secrets are made on first use, readable by their owner only, and never
lie in the database or the code.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def home() -> Path:
    """The home folder, made when missing. ``FIRSTBELL_HOME``, else ``.firstbell`` where the command runs."""
    folder = Path(os.environ.get("FIRSTBELL_HOME") or ".firstbell").resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret(name: str) -> str:
    """A random secret kept in the home folder under ``name``, made on first use (256 bits, hex)."""
    path = home() / f"{name}.secret"
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    # written whole under another name first: who starts at the same moment never reads half a secret
    handle, written = tempfile.mkstemp(dir=path.parent, prefix=f".{name}-")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        os.link(written, path)
    except FileExistsError:
        pass  # another process was first: its secret is everybody's
    finally:
        os.unlink(written)
    return path.read_text(encoding="ascii").strip()
