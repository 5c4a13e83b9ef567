"""The words of a reminder, in the reader's language, without any student's name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from firstbell import params
from firstbell.attendance.rules.letter_text import FALLBACK, paragraphs, plain_text

TABLE = Path(__file__).resolve().parent.parent / "tables" / "reminders.yaml"


def reminder(language: str, name: str, values: Mapping[str, str]) -> str:
    """The text ``name`` of the table with its blanks filled; English where the language has none."""
    known = params.document(TABLE)["languages"]
    text = str((known.get(language) or known[FALLBACK])[name]).format(**values)
    return plain_text(paragraphs(text))
