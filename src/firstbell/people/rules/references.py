"""Whether a roster holds together: every key that a record names stands in the list it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from firstbell.kernel.finding import Finding, error
from firstbell.people.data import Roster

#: so many of one reference are listed one by one; the rest is counted
MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class Reference:
    """Records of ``kind`` name records of ``target`` in ``column``; ``inside`` a tuple of parts, where so."""

    kind: str
    column: str
    target: str
    inside: str = ""

    def keys(self, record: Any) -> Iterable[str]:
        """The keys that one record names; an empty key is no reference."""
        holders = getattr(record, self.inside) if self.inside else (record,)
        for holder in holders:
            value = getattr(holder, self.column) if self.column else holder
            if value:
                yield value


REFERENCES: tuple[Reference, ...] = (
    Reference("agencies", "parent", "agencies"),
    Reference("schools", "agency", "agencies"),
    Reference("sessions", "school", "schools"),
    Reference("sessions", "parent", "sessions"),
    Reference("calendars", "school", "schools"),
    Reference("calendar_days", "calendar", "calendars"),
    Reference("periods", "school", "schools"),
    Reference("bell_schedules", "school", "schools"),
    Reference("bell_schedules", "period", "periods", inside="times"),
    Reference("rooms", "school", "schools"),
    Reference("student_demographics", "student", "students"),
    Reference("student_contacts", "student", "students"),
    Reference("student_contacts", "contact", "contacts"),
    Reference("staff_assignments", "staff", "staff"),
    Reference("staff_assignments", "school", "schools"),
    Reference("courses", "school", "schools"),
    Reference("course_offerings", "course", "courses"),
    Reference("course_offerings", "school", "schools"),
    Reference("course_offerings", "session", "sessions"),
    Reference("sections", "offering", "course_offerings"),
    Reference("sections", "period", "periods", inside="meetings"),
    Reference("sections", "room", "rooms", inside="meetings"),
    Reference("sections", "", "sessions", inside="sessions"),
    Reference("school_enrollments", "student", "students"),
    Reference("school_enrollments", "school", "schools"),
    Reference("section_enrollments", "student", "students"),
    Reference("section_enrollments", "section", "sections"),
    Reference("section_staff", "staff", "staff"),
    Reference("section_staff", "section", "sections"),
    Reference("program_participations", "student", "students"),
)


def dangling_references(roster: Roster) -> list[Finding]:
    """Every reference inside ``roster`` that leads nowhere, as refusing findings.

    A target list that is None is not judged: the source does not speak of it. A delta's references may
    point to what was sent earlier and are not judged at all.
    """
    if not roster.complete:
        return []
    return [finding for reference in REFERENCES for finding in _dangling(roster, reference)]


def _dangling(roster: Roster, reference: Reference) -> Iterator[Finding]:
    records = getattr(roster, reference.kind)
    targets = getattr(roster, reference.target)
    if records is None or targets is None:
        return
    present = {target.key for target in targets}
    missing: dict[str, int] = {}
    for record in records:
        for key in reference.keys(record):
            if key not in present:
                missing[key] = missing.get(key, 0) + 1
    column = reference.column or reference.inside
    for key, count in list(missing.items())[:MOST_LISTED]:
        yield error(
            "reference.missing_target_record",
            f"{reference.target} {key[:120]} is named by {count} {reference.kind} but not in the source",
            f"add it to {reference.target} in the source, or remove what names it",
            column=f"{reference.kind}.{column}",
        )
    if len(missing) > MOST_LISTED:
        yield error(
            "reference.missing_target_record",
            f"{len(missing) - MOST_LISTED} more {reference.target} are named by {reference.kind} and missing",
            "mend the ones listed first; they often have one cause",
            column=f"{reference.kind}.{column}",
        )
