"""Attendance events."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from firstbell.formats.edfi.records.parts import ORGANIZATION, STUDENT, SectionKey
from firstbell.formats.edfi.shape import At, Record, Ref


class AttendanceEvent(Record, frozen=True, kw_only=True, gc=False):
    """A student's attendance on a date, in a section or (without one) of the day."""

    student: Annotated[str, Ref("StudentReference", STUDENT)]
    day: Annotated[date, At("EventDate")]
    kind: Annotated[str, At("AttendanceEventType")] = ""
    category: Annotated[str, At("AttendanceEventCategory")]
    reason: Annotated[str, At("AttendanceEventReason")] = ""
    section: Annotated[SectionKey | None, At("SectionReference/SectionIdentity")] = None
    school: Annotated[str, Ref("SchoolReference", ORGANIZATION)] = ""


ELEMENTS: dict[str, type[Record]] = {"AttendanceEvent": AttendanceEvent}
