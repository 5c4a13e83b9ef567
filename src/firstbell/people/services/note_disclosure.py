"""Reads that are disclosures: an outside auditor who opens a student's page is written into that record."""

from __future__ import annotations

from collections.abc import Iterable

from firstbell.people.data.opening import Openings
from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.disclosure import Release, record_disclosure


def note_disclosure(
    viewer: Viewer, open_to: Openings, data_classes: Iterable[DataClass], channel: str
) -> None:
    """Enter a read into the student's record of disclosures, where the viewer's role makes it one."""
    logged = tuple(one for one in data_classes if open_to[one].reached and open_to[one].logged)
    if logged:
        release = Release(
            party=viewer.name,
            basis="audit_or_evaluation",
            purpose="sample of an audit",
            channel=channel,
            data_classes=logged,
        )
        record_disclosure(viewer, release, [open_to.student_id])
