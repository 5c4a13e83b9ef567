"""A delivery while it is put together: its lists, its words, and what there is to tell about it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from firstbell import params
from firstbell.attendance.data import AttendanceLoad
from firstbell.exchange.data import Delivery, KeptRecord
from firstbell.formats.edfi.records.parts import SectionKey
from firstbell.kernel.exact import plain
from firstbell.kernel.finding import Finding, Severity, error, summary, warning
from firstbell.people.data import Roster

TABLE = Path(__file__).resolve().parents[2] / "tables" / "edfi_1_0.yaml"
#: longest key that a source may use
LONGEST_KEY = 255


def key(*parts: str) -> str:
    """A natural key as one text; parts keep apart whatever they hold.

    >>> key('255901001', 'ART|1')
    '255901001|ART%7C1'
    """
    text = "|".join(part.replace("%", "%25").replace("|", "%7C") for part in parts)
    if len(text) > LONGEST_KEY:
        return f"{text[:180]}~{hashlib.sha256(text.encode()).hexdigest()[:48]}"
    return text


def under(parent: str, *parts: str) -> str:
    """The key of something that belongs to ``parent``, which is a key already."""
    return parent + "|" + key(*parts)


def plainly(value: Any) -> Any:
    """``value`` as JSON carries it: dates and decimals as text, empty ones left out of groups."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: plainly(one) for name, one in value.items() if one not in ("", None, (), [], {})}
    if isinstance(value, list | tuple):
        return [plainly(one) for one in value]
    return value


@dataclass(slots=True)
class Words:
    """The source's words and what they are here; words without a place are remembered, not guessed."""

    table: dict[str, Any]
    unmapped: dict[tuple[str, str], tuple[int, str, int]] = field(default_factory=dict)

    def look(self, map_name: str, word: str, file: str = "", line: int = 0) -> str:
        """What ``word`` is here; the map's ``otherwise`` (or empty) for a word that the map lacks."""
        words = self.table["maps"][map_name]
        if word in words["values"]:
            return str(words["values"][word])
        count, first_file, first_line = self.unmapped.get((map_name, word), (0, file, line))
        self.unmapped[map_name, word] = (count + 1, first_file, first_line)
        return str(words.get("otherwise", ""))

    def order(self, preference: str) -> list[str]:
        """Words of a preference, the most wanted first."""
        return list(self.table["preferences"][preference])

    def findings(self) -> list[Finding]:
        """The words that had no place: refused, or (where the map has an ``otherwise``) told."""
        told = []
        for (map_name, word), (count, file, line) in self.unmapped.items():
            otherwise = self.table["maps"][map_name].get("otherwise")
            message = f"{count} x {map_name.replace('_', ' ')} {word[:80]!r} is not in the code map"
            if otherwise:
                message += f" and was taken as {otherwise}"
            told.append(
                (warning if otherwise else error)(
                    "code.unmapped",
                    message,
                    f"add the word to {map_name} in the Ed-Fi 1.0 code map, or correct it in the source",
                    file=file,
                    row=line or None,
                    column=map_name,
                )
            )
        return told


@dataclass(slots=True)
class Draft:
    """What the topics write to while records pass."""

    words: Words
    roster: Roster
    attendance: AttendanceLoad = field(default_factory=AttendanceLoad)
    kept: list[KeptRecord] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    details: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    #: two letters of the state of each district, by its number
    states: dict[str, str] = field(default_factory=dict)
    #: records that a topic needs again at the end, by a name of its own
    aside: dict[str, list[Any]] = field(default_factory=dict)
    _kept_keys: dict[str, dict[str, int]] = field(default_factory=dict)
    _section_keys: dict[SectionKey, str] = field(default_factory=dict)

    @classmethod
    def begin(cls) -> Draft:
        """An empty draft that speaks of every kind that Ed-Fi 1.0 can bring: bell schedules it cannot, and
        demographics come with their student."""
        roster = Roster()
        for kind in roster.kinds():
            if kind not in ("bell_schedules", "student_demographics"):
                setattr(roster, kind, [])
        return cls(Words(params.document(TABLE)), roster)

    def add(self, kind: str, record: Any) -> None:
        """Put a record into one of the roster's lists."""
        getattr(self.roster, kind).append(record)

    def keep(self, kind: str, own_key: str, payload: dict[str, Any], student: str = "") -> str:
        """Keep a record for the room that will own it, and answer its key; a key that repeats is counted."""
        seen = self._kept_keys.setdefault(kind, {})
        seen[own_key] = times = seen.get(own_key, 0) + 1
        final = own_key if times == 1 else under(own_key, f"#{times}")
        self.kept.append(KeptRecord(kind=kind, key=final, student=student, payload=plainly(payload)))
        return final

    def set_aside(self, name: str, record: Any) -> None:
        """Remember a record until the end."""
        self.aside.setdefault(name, []).append(record)

    def take_aside(self, name: str) -> list[Any]:
        """What was remembered under ``name``."""
        return self.aside.get(name, [])

    def section_key(self, section: SectionKey) -> str:
        """A section's natural key: school, course, year, term, period and room; fewer do not do."""
        found = self._section_keys.get(section)
        if found is None:
            found = self._section_keys[section] = key(
                section.school,
                section.course,
                section.school_year,
                section.term,
                section.period,
                section.room,
            )
        return found

    def tell(
        self,
        code: str,
        message: str,
        next_step: str,
        rows: Iterable[dict[str, str]],
        *,
        severity: Severity = Severity.WARNING,
        file: str = "",
    ) -> None:
        """One readable finding for many rows: ``message`` with their number, the first few, all in details.

        ``{n}`` in ``message`` is the number of rows. Nothing is told of no rows.
        """
        listed = list(rows)
        if not listed:
            return
        self.findings.append(summary(severity, code, message, next_step, listed, file=file))
        self.details.setdefault(code, []).extend(listed)

    def release_strangers(self) -> None:
        """Kept records that name a student whom the source lacks stand without one, and that is told."""
        students = {record.key for record in self.roster.students or ()}
        strangers = [
            index for index, one in enumerate(self.kept) if one.student and one.student not in students
        ]
        self.tell(
            "kept.unknown_student",
            "{n} records name a student who is not in the source; they are kept, but belong to nobody here",
            "send the students together with their records, or check the students' numbers",
            (
                {
                    "kind": self.kept[index].kind,
                    "record": self.kept[index].key,
                    "student": self.kept[index].student,
                }
                for index in strangers
            ),
        )
        for index in strangers:
            self.kept[index] = replace(self.kept[index], student="")

    def delivery(self) -> Delivery:
        """The finished delivery; what refuses stands first."""
        findings = sorted([*self.findings, *self.words.findings()], key=lambda finding: not finding.refuses)
        return Delivery(
            self.roster,
            self.attendance,
            self.kept,
            states=self.states,
            findings=findings,
            details=self.details,
        )


def school_year(text: str) -> int | None:
    """The year in which the school year ``2010-2011`` ends, or None where the text names none.

    >>> school_year('2010-2011'), school_year('2011'), school_year('soon')
    (2011, 2011, None)
    """
    last = text.rpartition("-")[2].strip()
    year = int(last) if len(last) == 4 and last.isascii() and last.isdigit() else 0
    return year if 1900 < year < 2200 else None
