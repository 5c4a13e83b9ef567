"""The words of the access policy: data classes, scopes and the cells of the matrix."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DataClass(StrEnum):
    """What kind of fact a field is, for access (docs/reference/access.md)."""

    DIRECTORY = "D1"
    CONTACT = "D2"
    ENROLLMENT = "D3"
    ATTENDANCE = "D4"
    GRADEBOOK = "D5"
    TRANSCRIPT = "D6"
    ASSESSMENT = "D7"
    SPECIAL_PROGRAMS = "D8"
    HEALTH = "D9"
    DISCIPLINE = "D10"
    NEED = "D11"
    CUSTODY = "D12"
    COUNSELING = "D13"
    STAFF = "D14"
    FINANCE = "D15"
    SECURITY = "D16"
    LOGS = "D17"

    @property
    def words(self) -> str:
        """As people say it: ``enrollment and schedule``."""
        return _WORDS[self]

    @property
    def sensitive(self) -> bool:
        """Whether reading it is an audit event (D6 to D13)."""
        return self in _SENSITIVE


_SENSITIVE = frozenset(list(DataClass)[5:13])
_WORDS = dict(
    zip(
        DataClass,
        (
            "directory information",
            "contact, birth date, family",
            "enrollment and schedule",
            "attendance",
            "gradebook",
            "transcript",
            "test results",
            "special education, 504, English learner",
            "health",
            "discipline",
            "meals, homeless, foster, migrant",
            "custody and court orders",
            "counseling notes",
            "staff",
            "finance",
            "security",
            "logs",
        ),
        strict=True,
    )
)


class Scope(StrEnum):
    """Whose rows a role reaches, by its relation to the student or the staff member."""

    OWN = "o"
    WARDS = "w"
    SECTIONS = "s"
    CASELOAD = "c"
    BUILDING = "b"
    DISTRICT = "d"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix: how one role meets one data class.

    ``fields`` empty means all fields of the class; otherwise only those named.
    ``masked`` opens field by field with a typed reason. ``aggregate`` sees counts only,
    ``suppressed`` only counts with small cells hidden. ``logged`` writes a disclosure.
    ``timed`` holds only while a dated grant lasts.
    """

    scopes: frozenset[Scope] = frozenset()
    write: bool = False
    fields: frozenset[str] = frozenset()
    masked: bool = False
    aggregate: bool = False
    suppressed: bool = False
    logged: bool = False
    timed: bool = False

    @property
    def reads_rows(self) -> bool:
        """Whether the role reaches any person's row here."""
        return bool(self.scopes)

    def shows(self, field: str) -> bool:
        """Whether the role sees ``field`` of the rows it reaches, without a reason to be typed first."""
        return self.reads_rows and not self.masked and (not self.fields or field in self.fields)
