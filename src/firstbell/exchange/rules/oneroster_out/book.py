"""The book in which an export is written: rows by file, and what many topics ask of the roster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from firstbell.exchange.data import KeptRecord
from firstbell.exchange.rules.oneroster_words import EXTRA_FILES, METADATA, Words, derived_id, words
from firstbell.formats.oneroster import VERSIONS, layout
from firstbell.kernel.finding import Finding, warning
from firstbell.people.data import (
    CourseOfferingRecord,
    EnrollmentStatus,
    Roster,
    SchoolEnrollmentRecord,
    SectionEnrollmentRecord,
    SectionStaffRecord,
)


@dataclass(frozen=True, slots=True)
class Export:
    """Rows by file, the metadata columns of each file, and findings: what ``write_package`` takes."""

    version: str
    tables: dict[str, list[dict[str, str]]]
    extensions: dict[str, tuple[str, ...]]
    findings: list[Finding] = field(default_factory=list)


class Book:
    """Rows by file while they are written."""

    def __init__(
        self,
        roster: Roster,
        version: str,
        kept: Iterable[KeptRecord],
    ) -> None:
        if version not in VERSIONS:
            raise ValueError(f"OneRoster {version} is not written here: use 1.1 or 1.2")
        self.roster = roster
        self.version = version
        self.words: Words = words()
        self.findings: list[Finding] = []
        self.kept: dict[str, list[KeptRecord]] = defaultdict(list)
        for record in kept:
            self.kept[record.kind].append(record)
        self._rows: dict[str, dict[str, dict[str, str]]] = {}
        self._columns = {
            file: frozenset(column.name for column in columns if not column.dropped)
            for file, columns in layout(version).files.items()
        }
        self._extensions: dict[str, list[str]] = {
            file: [METADATA + name for name in names]
            for file, names in self.words.table["extensions"][version].items()
        }

    # rows ----------------------------------------------------------------------------------------

    def open(self, file: str) -> dict[str, dict[str, str]]:
        """The rows of a file by sourcedId; from then on the package has the file."""
        return self._rows.setdefault(file, {})

    def written(self, file: str) -> dict[str, dict[str, str]]:
        """The rows of a file so far, without opening it."""
        return self._rows.get(file, {})

    def drop(self, file: str) -> None:
        """Leave a file out after all."""
        self._rows.pop(file, None)

    def put(self, file: str, own: str, cells: dict[str, str]) -> None:
        """Write a row, or fill the empty cells of the one that has its id already."""
        row = self.open(file).setdefault(own, {"sourcedId": own})
        for name, value in cells.items():
            if value and not row.get(name):
                row[name] = value

    def warn(self, code: str, message: str, step: str, *, file: str) -> None:
        """Tell what could not be said."""
        self.findings.append(warning(code, message, step, file=f"{file}.csv"))

    def export(self) -> Export:
        """The finished rows."""
        self._extras()
        tables = {}
        extensions = {}
        for file in self._columns:
            if file in self._rows:
                tables[file] = [self._fit(file, row) for _, row in sorted(self._rows[file].items())]
                extensions[file] = tuple(self._extensions.get(file, ()))
        return Export(self.version, tables, extensions, self.findings)

    def _fit(self, file: str, row: dict[str, str]) -> dict[str, str]:
        """A row with the columns of the version; others go to metadata where it has them, or stay behind."""
        extensions = self._extensions.get(file, ())
        fitted = {}
        for name, value in row.items():
            if name in self._columns[file] or name in extensions:
                fitted[name] = value
            elif METADATA + name in extensions:
                fitted[METADATA + name] = value
        return fitted

    def extend(self, file: str, names: Iterable[str]) -> None:
        """Metadata columns of other makers, after our own."""
        own = self._extensions.setdefault(file, [])
        own.extend(sorted({name for name in names if name.startswith("metadata.")} - set(own)))

    def _extras(self) -> None:
        """What the source said beyond the roster: into empty cells, and where it says the same and more."""
        for file, kind in EXTRA_FILES.items():
            rows = self._rows.get(file)
            for record in self.kept.get(kind, ()) if rows else ():
                row = rows.get(record.key) if rows else None
                if row is None:
                    continue
                self.extend(file, record.payload)
                for name, value in record.payload.items():
                    text = self.leaving_ids(value) if name == "userIds" else value
                    here = row.get(name, "")
                    if not here or text.split(",")[0] == here or name == "enabledUser":
                        row[name] = text

    def leaving_ids(self, text: str) -> str:
        """The user ids of a cell whose systems may leave."""
        table = self.words.table["identifiers"]
        allowed = {*table["leaving"], *table["state"]}
        items = [item.strip().strip("{}") for item in text.split("},")]
        return ",".join(f"{{{item}}}" for item in items if item.partition(":")[0] in allowed)

    # what many topics ask --------------------------------------------------------------------------

    @cached_property
    def district(self) -> str:
        """The org of what belongs to no school: the only district, else the first org by id."""
        rows = self._rows.get("orgs", {})
        for wanted in ("district", "local", "state", "department", "school"):
            found = sorted(own for own, row in rows.items() if row.get("type") == wanted)
            if found:
                return found[0]
        return ""

    def org(self, school: str) -> str:
        """The org of a school, the district's where it is empty."""
        return school or self.district

    @cached_property
    def offerings(self) -> dict[str, CourseOfferingRecord]:
        """Course offerings by key."""
        return {record.key: record for record in self.roster.course_offerings or ()}

    @cached_property
    def section_school(self) -> dict[str, str]:
        """The key of each section's school."""
        return {
            record.key: self.offerings[record.offering].school
            for record in self.roster.sections or ()
            if record.offering in self.offerings
        }

    @cached_property
    def stays(self) -> dict[str, list[SchoolEnrollmentRecord]]:
        """School enrollments with at least one day, by student, the one to be named first at the front."""
        by_student: dict[str, list[SchoolEnrollmentRecord]] = defaultdict(list)
        for record in self.roster.school_enrollments or ():
            if record.exit is None or record.exit >= record.entry:
                by_student[record.student].append(record)
        return {student: self._home_first(records) for student, records in by_student.items()}

    def _home_first(self, records: list[SchoolEnrollmentRecord]) -> list[SchoolEnrollmentRecord]:
        def late(r: SchoolEnrollmentRecord) -> tuple[Any, ...]:
            return (r.exit is None, r.exit or r.entry, r.entry, r.school)

        last = max(records, key=late)
        beside = [r for r in records if r.exit is None or r.exit >= last.entry]
        home = max(
            beside,
            key=lambda r: (r.status is EnrollmentStatus.PRIMARY, r.entry, r.school),
        )
        rest = [r for r in records if r is not home]
        return [home, *sorted(rest, key=lambda r: (r.school, r.entry))]

    @cached_property
    def grades(self) -> dict[str, str]:
        """Each student's grade: that of the first stay, else the one the student carries."""
        out = {}
        for student in self.roster.students or ():
            stays = self.stays.get(student.key)
            grade = stays[0].grade if stays else student.grade
            if grade is not None:
                out[student.key] = grade.value
        return out

    @cached_property
    def student_rows(self) -> list[tuple[str, SectionEnrollmentRecord]]:
        """Section enrollments with at least one day, with their ids."""
        return [
            (self._belonging_id("section_enrollments", r.student, r), r)
            for r in self.roster.section_enrollments or ()
            if r.end is None or r.end >= r.begin
        ]

    @cached_property
    def staff_rows(self) -> list[tuple[str, SectionStaffRecord]]:
        """Section staff with at least one day, with their ids."""
        return [
            (self._belonging_id("section_staff", r.staff, r), r)
            for r in self.roster.section_staff or ()
            if r.end is None or r.end >= r.begin
        ]

    def _belonging_id(
        self, kind: str, person: str, record: SectionEnrollmentRecord | SectionStaffRecord
    ) -> str:
        """The id of the row, its own or one made of those it joins."""
        return record.key or derived_id(kind, person, record.section, record.begin.isoformat())
