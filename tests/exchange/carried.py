"""What of a roster OneRoster can carry, in a form that two districts can be compared by.

Everything that is not blanked or resolved here must come back from an export that is imported elsewhere;
docs/reference/formats.md says the same in words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from firstbell.people.data import AgencyKind, Directory, Roster, StaffRole

#: list -> fields for which OneRoster has no word, with what stands there after a round trip
_NOT_CARRIED: dict[str, dict[str, Any]] = {
    "agencies": {"short_name": "", "address": "", "phone": "", "website": ""},
    "schools": {"short_name": "", "level": "", "grades": (), "address": "", "phone": "", "website": ""},
    "periods": {"order": 0},
    "rooms": {"seats": None},
    "students": {"identifiers": (), "grade": None},
    "contacts": {"language": ""},
    "student_contacts": {"primary": False, "lives_with": None, "emergency": False},
    "staff": {"sex": "", "birth_date": None, "hire_date": None, "end_date": None},
    "staff_assignments": {"title": ""},
    "course_offerings": {"local_code": "", "title": ""},
    "sections": {"grades": ()},
    "school_enrollments": {
        "entry_code": "",
        "exit_code": "",
        "program": None,
        "track": "",
        "ada_eligible": None,
        "residence_district": "",
        "key": "",
    },
}
#: lists whose keys OneRoster has no place for; they are known by what they are
#: posts that no file may give: they leave as the least
_NO_FILE_GIVES = {StaffRole.SYSTEM_ADMINISTRATOR, StaffRole.TECHNOLOGY_CHIEF, StaffRole.PRIVACY_OFFICER}
_UNNAMED = ("periods", "rooms", "course_offerings")


def carried(roster: Roster) -> dict[str, list[str]]:
    """By list, the records as OneRoster can carry them, sorted."""
    names = {
        record.key: f"{record.school}:{record.name}"
        for kind in ("periods", "rooms")
        for record in getattr(roster, kind) or ()
    }
    offered = {record.offering for record in roster.sections or ()}
    offerings = {
        record.key: f"{record.course}:{record.school}:{record.session}"
        for record in roster.course_offerings or ()
    }
    flags: dict[str, list[bool]] = {}
    for enrollment in roster.section_enrollments or ():
        flags.setdefault(enrollment.section, []).append(enrollment.homeroom)
    homerooms = {section.key for section in roster.sections or () if section.homeroom}
    homerooms |= {section for section, every in flags.items() if all(every)}
    known = _Known(names, offerings, homerooms)
    centers = {a.key for a in roster.agencies or () if a.kind is AgencyKind.SERVICE_CENTER}
    found: dict[str, list[str]] = {}
    for kind in roster.kinds():
        records = getattr(roster, kind)
        if records is None:
            continue
        if kind in ("contacts", "student_contacts"):
            records = [record for record in records if _has_rights(kind, record, roster)]
        found[kind] = sorted(
            repr(_one(kind, record, known, centers))
            for record in records
            if not (kind == "agencies" and record.key in centers)
            and not (kind == "course_offerings" and record.key not in offered)
        )
    return found


def _has_rights(kind: str, record: Any, roster: Roster) -> bool:
    """Contacts without rights stay at home."""
    if kind == "student_contacts":
        return bool(record.has_rights)
    return any(link.has_rights and link.contact == record.key for link in roster.student_contacts or ())


@dataclass(frozen=True)
class _Known:
    """Periods, rooms and offerings by what they are; sections that are homerooms as a whole."""

    names: dict[str, str]
    offerings: dict[str, str]
    homerooms: set[str]


def _one(kind: str, record: Any, known: _Known, centers: set[str]) -> Any:
    changes = dict(_NOT_CARRIED.get(kind, {}))
    if kind in _UNNAMED:
        changes["key"] = ""
    if kind == "agencies" and record.parent in centers:
        changes["parent"] = ""
    if kind == "staff_assignments" and record.role in _NO_FILE_GIVES:
        changes["role"] = StaffRole.AIDE
    if kind == "sections":
        names = known.names
        changes["offering"] = known.offerings[record.offering]
        changes["homeroom"] = record.key in known.homerooms
        changes["meetings"] = tuple(
            sorted((names[m.period], m.letter, names.get(m.room, "")) for m in record.meetings)
        )
    if kind == "section_enrollments":
        changes["homeroom"] = record.section in known.homerooms
    if hasattr(record, "directory"):
        reach = record.directory
        changes["directory"] = Directory(phone=reach.phone, mobile=reach.mobile, email=reach.email)
    if kind == "students" and record.demographics is not None:
        changes["demographics"] = replace(record.demographics, home_language="")
    return replace(record, **changes)
