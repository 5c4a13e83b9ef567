"""What in and out share: the code map, dates at the edge, ids of rows that only OneRoster has."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from firstbell import params
from firstbell.kernel.date_span import ONE_DAY
from firstbell.people.data import SectionPosition, StaffRole

TABLE = Path(__file__).resolve().parents[1] / "tables" / "oneroster.yaml"
METADATA = "metadata.firstbell."
#: for ids over opaque ids only; nothing about a person can be counted back from them
_DERIVED = uuid.UUID("5a3d5a52-6f0c-5d0e-9d0f-2f4b5d3a7c11")
STAFF_ROLES = frozenset(role.value for role in StaffRole)
_BOUNDARY = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: kinds of kept records by file of the gradebook and the resources
KEPT_FILES = {
    "categories": "categories",
    "lineItems": "line_items",
    "results": "results",
    "scoreScales": "score_scales",
    "lineItemScoreScales": "line_item_score_scales",
    "resultScoreScales": "result_score_scales",
    "lineItemLearningObjectiveIds": "line_item_objectives",
    "resultLearningObjectiveIds": "result_objectives",
    "resources": "resources",
    "classResources": "class_resources",
    "courseResources": "course_resources",
    "userResources": "user_resources",
    "userProfiles": "user_profiles",
}
#: kinds of what a core file says beyond the roster
EXTRA_FILES = {
    file: f"{_BOUNDARY.sub('_', file).lower()}_extras"
    for file in (
        "academicSessions",
        "orgs",
        "courses",
        "classes",
        "users",
        "roles",
        "enrollments",
        "demographics",
    )
}


def derived_id(*parts: str) -> str:
    """The id of a row that only OneRoster has (a role, a line item): the same for the same parts."""
    return str(uuid.uuid5(_DERIVED, "|".join(parts)))


def exclusive(last: date | None) -> str:
    """The day after the last one, as OneRoster writes ends; an open end is empty."""
    return (last + ONE_DAY).isoformat() if last and last < date.max else ""


def inclusive(text: str, *, already: bool) -> date | None:
    """The last day of a span whose end is written ``text``; None where it is open."""
    if not text:
        return None
    end = date.fromisoformat(text)
    return end if already or end == date.min else end - ONE_DAY


def one_item(text: str) -> str:
    """``text`` as one item of a list, which commas would part.

    >>> one_item('English, Reading')
    'English; Reading'
    """
    return re.sub(r"\s*,\s*", "; ", text).strip()


def pack(parts: Iterable[str]) -> str:
    """Texts in one metadata cell, parted by bars; empty where all are.

    >>> pack(['Mother', 'a|b', ''])
    'Mother|a%7Cb|'
    """
    listed = list(parts)
    if not any(listed):
        return ""
    return "|".join(part.replace("%", "%25").replace("|", "%7C") for part in listed)


def unpack(text: str) -> list[str]:
    """The texts of a packed cell.

    >>> unpack('Mother|a%7Cb|')
    ['Mother', 'a|b', '']
    """
    if not text:
        return []
    return [part.replace("%7C", "|").replace("%25", "%") for part in text.split("|")]


def part(parts: Sequence[str], place: int) -> str:
    """The part at ``place``, empty beyond the end."""
    return parts[place] if place < len(parts) else ""


@dataclass(frozen=True, slots=True)
class Words:
    """The code map, asked in the field's words."""

    table: dict[str, Any]

    def contact_role(self, relation: str) -> str:
        """parent, guardian or relative for the exact word of a relation.

        >>> words().contact_role('Father, step'), words().contact_role('Aunt')
        ('parent', 'relative')
        """
        relations: dict[str, str] = self.table["contacts"]["relations"]
        word = relation.strip().lower()
        found = relations.get(word) or relations.get(word.split(",")[0].strip())
        return found or str(self.table["contacts"]["otherwise"])

    def staff_role_out(self, version: str, role: StaffRole, classification: str) -> str:
        """The OneRoster role of a post: an unmapped one gets the least."""
        roles = self.table["staff_roles"]
        word = roles["out"][version].get(role.value)
        if word is None and role is StaffRole.OTHER and classification in self.staff_words(version):
            return classification
        return str(word or roles["otherwise_out"])

    def staff_words(self, version: str) -> frozenset[str]:
        """The staff roles of a version's vocabulary."""
        known: dict[str, str] = self.table["staff_roles"]["in"]
        own = {"administrator"} if version == "1.1" else set(known) - {"administrator"}
        return frozenset(own | {"teacher", "aide", "proctor"})

    def staff_role_in(self, version: str, word: str, exact: str, classification: str) -> StaffRole:
        """The post of a OneRoster role; ``exact`` refines it where it says no more than the role."""
        roles = self.table["staff_roles"]
        if exact in STAFF_ROLES and exact not in roles["never_from_a_file"]:
            role = StaffRole(exact)
            if self.staff_role_out(version, role, classification) == word:
                return role
        return StaffRole(roles["in"].get(word, "other"))

    def position_in(self, role: str) -> SectionPosition:
        """The part in a section of an enrollment role that is not the primary teacher's."""
        return SectionPosition(self.table["enrollments"]["positions_in"].get(role, "aide"))


@lru_cache
def words() -> Words:
    """The code map of the table."""
    return Words(params.document(TABLE))
