"""The hand-written district in ``district/``: one school, two sections, two students; every interchange."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from firstbell.formats.edfi.records import INTERCHANGES

_FOLDER = Path(__file__).parent / "district"


def _children(interchange: str) -> str:
    """What stands between the tags of the root."""
    text = (_FOLDER / f"{interchange}.xml").read_text(encoding="utf-8")
    start = text.index(">", text.index("<Interchange")) + 1
    return text[start : text.index(f"</Interchange{interchange}>")]


#: interchange -> children of its root
DISTRICT_XML: dict[str, str] = {interchange: _children(interchange) for interchange in INTERCHANGES}


def document(interchange: str, children: str) -> str:
    """A whole file."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Interchange{interchange} xmlns="http://ed-fi.org/0100">{children}\n</Interchange{interchange}>\n'
    )


def write_district(folder: Path, **replaced: str) -> Path:
    """Write the district to ``folder``; ``replaced`` gives other children for an interchange."""
    return write_files(folder, {**DISTRICT_XML, **replaced})


def write_files(folder: Path, interchanges: Mapping[str, str]) -> Path:
    """Write files whose names say nothing about their interchange, in an order that is not the load order."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, (interchange, children) in enumerate(reversed(list(interchanges.items()))):
        (folder / f"file-{number:02d}.xml").write_text(document(interchange, children), encoding="utf-8")
    return folder
