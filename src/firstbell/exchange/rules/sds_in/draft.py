"""A delivery while it is put together from School Data Sync files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from firstbell import params
from firstbell.exchange.data import Delivery, KeptRecord
from firstbell.exchange.rules.sds_in.facts import Facts
from firstbell.formats.delimited import Row
from firstbell.formats.sds import SdsFiles
from firstbell.kernel.finding import Finding, error, warning
from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import Brought, Demographics, Roster

TABLE = Path(__file__).resolve().parents[2] / "tables" / "sds.yaml"
#: kind of the kept record with what a row says beyond the roster
EXTRAS = "sds_extras"
_ADDRESS = ("address", "city", "state", "postal_code", "confidential")
#: table -> columns for which School Data Sync has no word
_SILENT: dict[str, tuple[str, ...]] = {
    "agencies": ("short_name", "state_id", "address", "phone", "website"),
    "schools": ("short_name", "level", "website"),
    "periods": ("order",),
    "student_directories": _ADDRESS,
    "student_demographics": ("home_language", "residence_status"),
    "contacts": ("language", "local_id", *_ADDRESS),
    "staff": ("sex", "birth_date", "hire_date", "end_date", *_ADDRESS),
    "student_contacts": ("has_rights", "primary", "lives_with", "emergency", "may_pick_up", "portal_access"),
    "school_enrollments": (
        "entry_code",
        "exit_code",
        "program",
        "track",
        "ada_eligible",
        "residence_district",
    ),
}
_NAMES = ("suffix", "preferred_first_name", "preferred_middle_name", "preferred_last_name")


@dataclass(slots=True)
class Draft:
    """What the topics write to."""

    files: SdsFiles
    today: date
    brought: Brought
    table: dict[str, Any]
    roster: Roster
    facts: Facts = field(default_factory=Facts)
    demographics: dict[str, Demographics] = field(default_factory=dict)
    kept: list[KeptRecord] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    #: org keys that are schools; section keys with the school and the first day of each
    schools: set[str] = field(default_factory=set)
    sections: dict[str, tuple[str, date]] = field(default_factory=dict)
    #: the first day of all that the files date
    first: date | None = None

    @classmethod
    def begin(cls, files: SdsFiles, today: date, brought: Brought) -> Draft:
        """An empty draft that speaks of what the version can say."""
        roster = Roster(
            agencies=[],
            schools=[],
            students=[],
            staff=[],
            staff_assignments=[],
            school_enrollments=[],
            student_demographics=[],
            silent=_silent(files),
        )
        if "Section" in files.sheets or "classes" in files.sheets:
            for kind in ("sessions", "courses", "course_offerings", "sections", "periods"):
                setattr(roster, kind, [])
            roster.section_enrollments, roster.section_staff = [], []
        if "relationships" in files.sheets:
            roster.contacts, roster.student_contacts = [], []
        if "userFlags" in files.sheets:
            roster.program_participations = []
        return cls(files, today, brought, params.document(TABLE), roster, findings=list(files.findings))

    def add(self, kind: str, record: Any) -> None:
        """Put a record into one of the roster's lists, which the files thereby speak of."""
        rows = getattr(self.roster, kind)
        if rows is None:
            rows = []
            setattr(self.roster, kind, rows)
        rows.append(record)

    def word(self, text: str) -> str:
        """A word of the source as the tables have it: small, without blanks."""
        return "".join(text.split()).lower()

    def grade(self, text: str) -> GradeLevel | None:
        """A grade: ``9``, ``09``, ``K``, ``PS1``; None where the source says none or one that is none."""
        word = self.word(text)
        if word.isascii() and word.isdigit() and 1 <= int(word) <= 13:
            return GradeLevel(f"{int(word):02d}")
        found = self.table["grades"].get(word)
        return GradeLevel(found) if found else None

    def keep_rest(self, file: str, key: str, row: Row, taken: Iterable[str]) -> None:
        """Keep the filled cells of a row for which the roster has no place."""
        rest = {name: value for name, value in row.filled().items() if name not in set(taken)}
        if rest:
            self.kept.append(KeptRecord(kind=EXTRAS, key=f"{file}:{key}"[:255], payload=rest))

    def warn(self, code: str, message: str, step: str, **place: Any) -> None:
        """List a warning."""
        self.findings.append(warning(code, message, step, **place))

    def refuse(self, code: str, message: str, step: str, **place: Any) -> None:
        """List a finding that refuses the whole."""
        self.findings.append(error(code, message, step, **place))

    def delivery(self) -> Delivery:
        """The finished delivery; what refuses stands first."""
        findings = sorted(self.findings, key=lambda finding: not finding.refuses)
        return Delivery(self.roster, kept=self.kept, findings=findings)


def _silent(files: SdsFiles) -> dict[str, frozenset[str]]:
    """By table, the columns of which these files say nothing."""
    found = {table: set(columns) for table, columns in _SILENT.items()}
    for table in ("students", "contacts", "staff"):
        found.setdefault(table, set()).update(_NAMES)
    for table, column, file, header in _IF_SENT[files.version or "v2"]:
        if not files.says(file, header):
            found.setdefault(table, set()).add(column)
    if files.version != "v2.1":
        found["student_demographics"] = set(Demographics.__dataclass_fields__)
    if files.says("Student", "Birthdate"):
        found["student_demographics"].discard("birth_date")
    return {table: frozenset(columns) for table, columns in found.items()}


#: columns that no file of versions 2 and 2.1 says, under a header that never comes
_NEVER = tuple(
    (table, column, "users", "")
    for table in ("students", "contacts", "staff")
    for column in ("middle_name", "local_id", "state_id")
) + tuple(("schools", column, "orgs", "") for column in ("state_id", "grades", "address", "phone"))
_PERSON = (("first_name", "First Name"), ("last_name", "Last Name"), ("middle_name", "Middle Name"))
_PEOPLE = ("students", "contacts", "staff")
_USER = (("first_name", "givenName"), ("last_name", "familyName"))
_REACH = (("email", "email"), ("phone", "phone"), ("mobile", "sms"))
_V2 = (
    *_NEVER,
    *(
        (table, column, "users", word)
        for table in ("students", "contacts", "staff")
        for column, word in _USER
    ),
    *(
        (table, column, "users", word)
        for table in ("student_directories", "contacts", "staff")
        for column, word in _REACH
    ),
)
#: by version: table, column, and the file and header that would say it
_IF_SENT: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "v1": (
        ("schools", "grades", "School", "Grade Low"),
        ("schools", "address", "School", "Address"),
        ("schools", "phone", "School", "Phone"),
        ("schools", "state_id", "School", "State ID"),
        *(("students", column, "Student", header) for column, header in _PERSON),
        *(("staff", column, "Teacher", header) for column, header in _PERSON),
        ("student_directories", "email", "Student", "Secondary Email"),
        ("student_directories", "phone", "Student", ""),
        ("student_directories", "mobile", "Student", ""),
        ("staff", "email", "Teacher", "Secondary Email"),
        ("staff", "phone", "Teacher", ""),
        ("staff", "mobile", "Teacher", ""),
    ),
    "v2": _V2,
    "v2.1": _V2,
}
