"""The words of a letter: the version of the day, in the family's language, with every blank filled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from firstbell import params
from firstbell.kernel.finding import Refused, error

LETTERS = Path(__file__).resolve().parent.parent / "tables" / "letters"
PHRASES = LETTERS / "phrases.yaml"
BLANK = re.compile(r"\{([a-z_]+)\}")
FALLBACK = "en"
BULLET = "- "


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


def phrase(language: str, name: str) -> str:
    """Words that a letter puts together itself (``full_day``, ``gap``, ``and``); English as a last resort."""
    known = params.document(PHRASES)["languages"]
    return str((known.get(language) or known[FALLBACK])[name])


def listed(items: Iterable[str]) -> str:
    """Lines of a list, as they stand in a letter's text."""
    return "\n".join(f"{BULLET}{item}" for item in items)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a letter, or (``items``) a list."""

    text: str = ""
    items: tuple[str, ...] = ()


def paragraphs(body: str) -> tuple[Paragraph, ...]:
    """The parts of a filled body, which blank lines set apart; single line ends are spaces."""
    found = []
    for block in re.split(r"\n\s*\n", body.strip()):
        lines = [line.strip() for line in block.splitlines()]
        if all(line.startswith(BULLET) for line in lines):
            found.append(Paragraph(items=tuple(line.removeprefix(BULLET) for line in lines)))
        else:
            found.append(Paragraph(" ".join(lines)))
    return tuple(found)


def plain_text(parts: Iterable[Paragraph]) -> str:
    """The body as a mail carries it: a paragraph a line, a list item a line."""
    return "\n\n".join(listed(part.items) if part.items else part.text for part in parts)


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
