"""Paper: a typst template and its data become a tagged PDF, on this machine alone.

The data goes in as JSON and is shown as text: nothing in it is ever read as markup. No network is needed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import typst


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """A PDF/UA-1 document. ``template`` reads ``json(bytes(sys.inputs.data))``; dates go in as ISO texts.

    The same template and data give the same bytes.
    """
    document: bytes = typst.compile(
        template.read_bytes(),
        sys_inputs={"data": json.dumps(data, default=_plain, ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
    )
    return document


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a printed page takes texts, numbers and lists, not {type(value).__name__}")
