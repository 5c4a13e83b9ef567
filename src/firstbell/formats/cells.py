"""Cells of roster files: what each type may hold, and the few oddities that are read with a warning."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be read: its finding code, what is wrong and the next step."""

    code: str
    message: str
    step: str


@dataclass(frozen=True, slots=True)
class Oddity:
    """A cell that is read as ``value`` with a warning."""

    value: str
    code: str
    message: str
    step: str


#: what a cell is read as: its text, another text with a warning, or a fault
Judgement = str | Oddity | Fault
Judge = Callable[[str], Judgement]

_GUID = re.compile(r"[0-9A-Za-z.\-_/@]{1,255}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DATETIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z", re.ASCII)
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_FLOAT = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_EXTENSION = re.compile(r"ext:[A-Za-z0-9._-]+")
_USER_IDS = re.compile(r"\{[^{}:,]+:[^{},]*\}(,\s*\{[^{}:,]+:[^{},]*\})*")
_SCALE = re.compile(r"\{[^{}:]*:[^{}:]*\}(,\s*\{[^{}:]*:[^{}:]*\})*")


def guid(*, strict: bool) -> Judge:
    """A sourcedId: 1 to 255 characters ``0-9 A-Z a-z . - _ / @``; not ``strict``, others are a warning."""

    def judge(text: str) -> Judgement:
        if _GUID.fullmatch(text):
            return text
        if not strict and len(text) < 256 and text.isprintable() and text == text.strip():
            return Oddity(
                text,
                "row.unusual_guid",
                "the id holds other characters than OneRoster 1.2 allows",
                "make ids of letters, digits and . - _ / @",
            )
        return Fault(
            "row.invalid_guid",
            "the id is not 1 to 255 characters of 0-9 A-Z a-z . - _ / @",
            "give the record an opaque id of these characters and use it in every file",
        )

    return judge


def boolean(text: str) -> Judgement:
    """``true`` or ``false``; ``TRUE`` and ``FALSE`` with a warning."""
    if text in ("true", "false"):
        return text
    if text in ("TRUE", "FALSE"):
        return Oddity(
            text.lower(),
            "row.boolean_in_capitals",
            f"{text} was read as {text.lower()}",
            "write true and false in small letters",
        )
    return Fault("row.invalid_boolean", "the cell is neither true nor false", "write true or false")


def iso_date(text: str) -> Judgement:
    """``YYYY-MM-DD``, a date that exists."""
    if _DATE.fullmatch(text):
        try:
            date.fromisoformat(text)
        except ValueError:
            pass
        else:
            return text
    return Fault("row.invalid_date", "the cell is not a date YYYY-MM-DD", "write the date as YYYY-MM-DD")


def slashed_date(text: str) -> Judgement:
    """``M/D/YYYY``, read as ``YYYY-MM-DD``."""
    try:
        month, day, year = (int(part) for part in text.split("/") if part.isascii() and part.isdigit())
        if year < 1000:
            raise ValueError
        return date(year, month, day).isoformat()
    except ValueError:
        return Fault(
            "row.invalid_date",
            "the cell is not a date M/D/YYYY",
            "write the date as month/day/year, or set the source's date format to ISO",
        )


def utc_datetime(text: str) -> Judgement:
    """``YYYY-MM-DDTHH:MM:SS.sssZ``."""
    if _DATETIME.fullmatch(text):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            return text
    return Fault(
        "row.invalid_datetime",
        "the cell is not a UTC time YYYY-MM-DDTHH:MM:SS.sssZ",
        "write the time in UTC with milliseconds and Z",
    )


def year(text: str) -> Judgement:
    """The year in which a school year ends, ``YYYY``."""
    if _YEAR.fullmatch(text) and 1900 < int(text) < 2200:
        return text
    return Fault(
        "row.invalid_year",
        "the cell is not a year YYYY",
        "write the year in which the school year ends, as 2026",
    )


def integer(text: str) -> Judgement:
    """A whole number."""
    if _INTEGER.fullmatch(text):
        return text
    return Fault("row.invalid_integer", "the cell is not a whole number", "write digits only")


def decimal(text: str) -> Judgement:
    """A number in base 10."""
    if _FLOAT.fullmatch(text) and len(text) < 40:
        try:
            Decimal(text)
        except InvalidOperation:
            pass
        else:
            return text
    return Fault("row.invalid_float", "the cell is not a number", "write digits with a point for decimals")


def user_ids(text: str) -> Judgement:
    """``{Type:Id},{Type:Id}``."""
    if _USER_IDS.fullmatch(text):
        return text
    return Fault(
        "row.invalid_list",
        "the cell is not of the form {Type:Id},{Type:Id}",
        "write each id with its type in braces",
    )


def scale(text: str) -> Judgement:
    """``{left:right},{left:right}``."""
    if _SCALE.fullmatch(text):
        return text
    return Fault(
        "row.invalid_list",
        "the cell is not of the form {value:value},{value:value}",
        "write each pair of the scale in braces",
    )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of an enumeration; ``open`` to ``ext:`` words, ``odd`` ones are read as another."""

    words: frozenset[str]
    open: bool = False
    odd: dict[str, str] | None = None

    def __call__(self, text: str) -> Judgement:
        """Judge one word."""
        if text in self.words or (self.open and _EXTENSION.fullmatch(text)):
            return text
        if self.odd and text in self.odd:
            read = self.odd[text]
            return Oddity(read, "row.unusual_word", f"{text} was read as {read}", f"write {read}")
        return Fault(
            "row.invalid_enum",
            "the cell holds a word that is not in its list",
            "use one of: " + ", ".join(sorted(self.words)) + "; capitals matter",
        )


def list_of(one: Judge | None) -> Judge:
    """A list: items parted by commas, each judged by ``one``; an empty item is a fault."""

    def judge(text: str) -> Judgement:
        read: list[str] = []
        odd: Oddity | None = None
        for item in text.split(","):
            trimmed = item.strip()
            if not trimmed:
                return Fault("row.invalid_list", "the list has an empty item", "remove the extra comma")
            judged = one(trimmed) if one else trimmed
            if isinstance(judged, Fault):
                return judged
            if isinstance(judged, Oddity):
                odd, judged = judged, judged.value
            read.append(judged)
        joined = ",".join(read) if one else text
        return Oddity(joined, odd.code, odd.message, odd.step) if odd else joined

    return judge
