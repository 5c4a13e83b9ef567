"""The words of a letter: the version of the day, in the family's language, with every blank filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from firstbell import params
from firstbell.kernel.finding import Refused, error

LETTERS = Path(__file__).resolve().parent.parent / "tables" / "letters"
BLANK = re.compile(r"\{([a-z_]+)\}")
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class LetterText:
    """A letter's text in one language from ``start`` on; ``language`` is the one really used."""

    language: str
    start: date
    source: str
    subject: str
    body: str

    @property
    def blanks(self) -> frozenset[str]:
        """Names of the blanks to fill."""
        return frozenset(BLANK.findall(self.subject + self.body))


def languages(state: str, number: int) -> tuple[str, ...]:
    """Languages in which a letter exists."""
    return tuple(sorted(p.name.split(".")[1] for p in (LETTERS / state).glob(f"letter-{number}.*.yaml")))


def letter_text(state: str, number: int, language: str, on: date) -> LetterText:
    """The text in force on ``on``, in ``language`` or, where there is none, in English.

    Raises MissingParameter where no version is in force on that day.
    """
    chosen = language if language in languages(state, number) else FALLBACK
    path = LETTERS / state / f"letter-{number}.{chosen}.yaml"
    versions = params.document(path)["versions"] if path.exists() else []
    rows = sorted((row for row in versions if row["start"] <= on), key=lambda row: row["start"])
    if not rows:
        raise params.MissingParameter(
            f"letter {number} of {state} has no text on {on}: add a version with its source and start date"
        )
    row = rows[-1]
    return LetterText(chosen, row["start"], row["source"], row["subject"].strip(), row["body"].strip())


def fill(text: LetterText, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject and body with every blank filled. Raises Refused naming the blanks that have no value."""
    missing = sorted(name for name in text.blanks if not values.get(name, "").strip())
    if missing:
        raise Refused(
            [
                error(
                    "attendance.letter.blank",
                    f"the letter cannot be written without {name}",
                    "fill it in on the school's letter settings or on the student's record",
                    column=name,
                )
                for name in missing
            ]
        )

    def value(match: re.Match[str]) -> str:
        return values[match[1]]

    return BLANK.sub(value, text.subject), BLANK.sub(value, text.body)
