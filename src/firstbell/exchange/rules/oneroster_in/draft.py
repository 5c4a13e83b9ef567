"""A delivery while it is put together from a package."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from firstbell.exchange.data import Delivery, KeptRecord
from firstbell.exchange.rules.oneroster_in.silent import silent
from firstbell.exchange.rules.oneroster_words import (
    EXTRA_FILES,
    KEPT_FILES,
    METADATA,
    Words,
    inclusive,
    words,
)
from firstbell.formats.delimited import Row
from firstbell.formats.oneroster import Mode, Package
from firstbell.kernel.finding import Finding, error, warning
from firstbell.people.data import Brought, Roster

LONGEST_KEY = 255
_FIRST = ("sourcedId", "status", "dateLastModified")
#: file -> the lists of a roster that it speaks of
SPEAKS: dict[str, tuple[str, ...]] = {
    "orgs": ("agencies", "schools"),
    "academicSessions": ("sessions",),
    "courses": ("courses",),
    "classes": ("course_offerings", "sections", "periods"),
    "users": ("students", "contacts", "staff", "student_contacts"),
    "enrollments": ("section_enrollments", "section_staff"),
}


@dataclass(slots=True)
class Draft:
    """What the topics write to while they walk through the package."""

    package: Package
    words: Words
    roster: Roster
    brought: Brought
    kept: list[KeptRecord] = field(default_factory=list)
    kept_kinds: set[str] = field(default_factory=set)
    kept_ended: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    #: by user, what people.take found out: students' grades, who is what
    students: set[str] = field(default_factory=set)
    contacts: set[str] = field(default_factory=set)
    staff: set[str] = field(default_factory=set)
    #: sourcedIds of orgs that are schools, and of those that are not
    schools: set[str] = field(default_factory=set)
    agencies: set[str] = field(default_factory=set)

    @classmethod
    def begin(cls, package: Package, brought: Brought) -> Draft:
        """An empty draft that speaks of what the package speaks of."""
        roster = Roster()
        present = {file for file in SPEAKS if package.has(file)}
        for file in present:
            for kind in SPEAKS[file]:
                setattr(roster, kind, [])
        if package.has("roles" if package.version == "1.2" else "users"):
            roster.school_enrollments, roster.staff_assignments = [], []
        modes = {package.sheets[file].mode for file in (*present, "roles") if package.has(file)}
        roster.complete = modes == {Mode.BULK}
        if package.has("demographics"):
            roster.student_demographics = []
        roster.silent = silent(package)
        draft = cls(package, words(), roster, brought, findings=list(package.findings))
        draft.kept_kinds = {
            EXTRA_FILES.get(file) or KEPT_FILES[file]
            for file, sheet in package.sheets.items()
            if sheet.mode is Mode.BULK
        }
        if len(modes) > 1:
            draft.warn(
                "package.mixed_modes",
                "some roster files are bulk, others delta: what is missing from the bulk ones is not ended",
                "send all roster files as bulk to end what is missing",
            )
        return draft

    def warn(
        self, code: str, message: str, step: str, *, file: str = "", row: int | None = None, column: str = ""
    ) -> None:
        """List a warning."""
        self.findings.append(warning(code, message, step, file=file, row=row, column=column))

    def refuse(self, code: str, message: str, step: str, *, file: str = "", row: int | None = None) -> None:
        """List a finding that refuses the whole."""
        self.findings.append(error(code, message, step, file=file, row=row))

    def is_school(self, org: str) -> bool:
        """Whether an org is a school; where neither the package nor the district tells, it is."""
        if self.package.has("orgs") or self.brought.schools:
            return org in self.schools or org in self.brought.schools - self.agencies
        return True

    def is_delta(self, file: str) -> bool:
        """Whether a file tells changes only."""
        return self.package.modes.get(file) is Mode.DELTA

    def add(self, kind: str, record: Any) -> None:
        """Put a record into one of the roster's lists, which the package thereby speaks of."""
        rows = getattr(self.roster, kind)
        if rows is None:
            rows = []
            setattr(self.roster, kind, rows)
        rows.append(record)

    def last_day(self, text: str) -> date | None:
        """The last day of a span by the source's habit of writing ends."""
        return inclusive(text, already=self.package.inclusive_ends)

    def end(self, kinds: Iterable[str], row: Row) -> None:
        """Remember that a delta ends a row, whichever of ``kinds`` it is."""
        self.roster.ended.extend((kind, row["sourcedId"]) for kind in kinds)

    def keep_rest(
        self, file: str, row: Row, taken: Iterable[str], also: dict[str, str] | None = None
    ) -> None:
        """Keep the filled columns of a row that the roster has no place for; ``also`` ones it has in part."""
        consumed = {*_FIRST, *taken}
        rest = {
            name: value
            for name, value in row.filled().items()
            if name not in consumed and not name.startswith(METADATA)
        }
        rest |= also or {}
        kind, key = EXTRA_FILES[file], row["sourcedId"]
        if rest:
            self.kept.append(KeptRecord(kind=kind, key=key, payload=rest))
        else:
            self.kept_ended.append((kind, key))

    def delivery(self) -> Delivery:
        """The finished delivery; what refuses stands first."""
        findings = sorted(self.findings, key=lambda finding: not finding.refuses)
        return Delivery(
            self.roster,
            kept=self.kept,
            kept_kinds=frozenset(self.kept_kinds),
            kept_ended=self.kept_ended,
            findings=findings,
        )


def cell(row: Row, name: str) -> str:
    """A standard cell, or the same from a package of an older version that carries it as metadata."""
    return row[name] or row[METADATA + name]


def made_key(*parts: str) -> str:
    """A key for a record that OneRoster does not name, from the keys it hangs on."""
    text = "|".join(parts)
    if len(text) > LONGEST_KEY:
        return f"{text[:180]}~{hashlib.sha256(text.encode()).hexdigest()[:48]}"
    return text
