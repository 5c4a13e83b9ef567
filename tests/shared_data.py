"""Where outside data lies that tests read and the project never holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_CHECKOUT = Path(__file__).resolve().parent.parent


def shared_data(name: str) -> Path:
    """The folder ``name`` of the shared data beside the checkout; the test is skipped where it is absent."""
    root = Path(os.environ.get("FIRSTBELL_SHARED") or _CHECKOUT.parent / "shared")
    for folder in (root / "data" / name, root / name):
        if folder.is_dir():
            return folder
    pytest.skip(f"outside data {name} is not here (looked in {root}; set FIRSTBELL_SHARED)")
