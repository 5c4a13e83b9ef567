"""From a source's own keys to rows, and from rows to the ids under which they leave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from firstbell.people import models as m
from firstbell.people.models import Section, SectionMeeting, SourceKey

#: list of a roster -> the kind of its source keys, its table
SOURCED: dict[str, tuple[str, Any]] = {
    "agencies": ("agency", m.Agency),
    "schools": ("school", m.School),
    "sessions": ("session", m.AcademicSession),
    "periods": ("period", m.ClassPeriod),
    "rooms": ("room", m.Room),
    "students": ("student", m.Student),
    "contacts": ("contact", m.Contact),
    "staff": ("staff", m.Staff),
    "courses": ("course", m.Course),
    "course_offerings": ("course_offering", m.CourseOffering),
    "sections": ("section", m.Section),
}


def source_ids(source: str, kind: str) -> dict[str, int]:
    """Row ids of one kind by the source's keys (``kind``: student, section, period, staff …). One query."""
    return dict(SourceKey.objects.filter(source=source, kind=kind).values_list("key", "object_id"))


def leaving_ids(source: str) -> dict[str, dict[str, str]]:
    """By list of a roster, the id under which the row of each of the source's keys leaves."""
    found: dict[str, dict[str, str]] = {}
    for name, (kind, model) in SOURCED.items():
        keys = SourceKey.objects.filter(source=source, kind=kind).values_list("key", "object_id")
        ids = dict(model.objects.values_list("pk", "sourced_id"))
        found[name] = {key: str(ids[row]) for key, row in keys if row in ids}
    for name, rows in (
        ("section_enrollments", m.SectionEnrollment.objects.filter(superseded_at=None)),
        ("section_staff", m.SectionStaff.objects.all()),
    ):
        named = rows.filter(source=source).exclude(source_key="")
        found[name] = {key: str(own_id) for key, own_id in named.values_list("source_key", "sourced_id")}
    return found


def only_periods() -> dict[int, int]:
    """The period of each section that meets in one period only. One query."""
    found: dict[int, set[int]] = {}
    for section, period in SectionMeeting.objects.values_list("section_id", "period_id"):
        found.setdefault(section, set()).add(period)
    return {section: next(iter(periods)) for section, periods in found.items() if len(periods) == 1}


def section_schools() -> dict[int, int]:
    """School of each section. One query."""
    return dict(Section.objects.values_list("id", "school_id"))


def students_of_ids(sourced_ids: Iterable[str]) -> list[int]:
    """Row ids of the students who leave under these ids."""
    wanted = set(sourced_ids)
    return [row for row, own in m.Student.objects.values_list("pk", "sourced_id") if str(own) in wanted]
