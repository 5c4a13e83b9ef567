"""The grounds on which records may go out, read from their table once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from firstbell.platform.disclosure.data import Basis

TABLE = Path(__file__).resolve().parent.parent / "tables" / "disclosure_bases.yaml"


@cache
def bases() -> dict[str, Basis]:
    """Every ground by its code."""
    rows = yaml.safe_load(TABLE.read_text(encoding="utf-8"))["bases"]
    return {code: Basis(code, row["label"], bool(row["exempt"]), row["source"]) for code, row in rows.items()}
