"""From a source's own keys to rows, and from rows to the ids under which they leave."""

from __future__ import annotations

from firstbell.people.models import Section, SectionMeeting, SourceKey


def source_ids(source: str, kind: str) -> dict[str, int]:
    """Row ids of one kind by the source's keys (``kind``: student, section, period, staff …). One query."""
    return dict(SourceKey.objects.filter(source=source, kind=kind).values_list("key", "object_id"))


def only_periods() -> dict[int, int]:
    """The period of each section that meets in one period only. One query."""
    found: dict[int, set[int]] = {}
    for section, period in SectionMeeting.objects.values_list("section_id", "period_id"):
        found.setdefault(section, set()).add(period)
    return {section: next(iter(periods)) for section, periods in found.items() if len(periods) == 1}


def section_schools() -> dict[int, int]:
    """School of each section. One query."""
    return dict(Section.objects.values_list("id", "school_id"))
