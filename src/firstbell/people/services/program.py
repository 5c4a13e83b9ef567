"""Programmes a student takes part in, from when to when."""

from __future__ import annotations

from datetime import date

from firstbell.kernel.date_span import ONE_DAY
from firstbell.kernel.finding import Finding, Refused, error
from firstbell.people.data.events import EnrollmentChanged
from firstbell.people.data.words import ProgramKind
from firstbell.people.models import ProgramParticipation, Revision
from firstbell.people.selectors.opening import openings
from firstbell.people.selectors.student_page import NEED
from firstbell.people.services.acts import DISTRICT
from firstbell.people.services.holding import hold_for_act
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.events import publish
from firstbell.platform.writing import writing


def class_of(kind: ProgramKind) -> DataClass:
    """The data class a programme belongs to."""
    return DataClass.NEED if kind in NEED else DataClass.SPECIAL_PROGRAMS


def add_program(
    viewer: Viewer,
    student_id: int,
    kind: ProgramKind,
    *,
    begin: date,
    end: date | None = None,
    name: str = "",
    detail: str = "",
) -> int:
    """Enter the student into a programme. Answers the participation's id.

    Raises Refused when the student is in it then, a free-form one has no name, or the dates cannot be;
    NotVisible and NotAllowed.
    """
    _require(viewer, student_id, kind)
    with writing():
        hold_for_act(student_id)
        findings = _impossible(student_id, kind, begin, end, name)
        if findings:
            raise Refused(findings)
        row = ProgramParticipation.objects.create(
            student_id=student_id,
            kind=kind.value,
            name=name.strip(),
            begin=begin,
            end=end,
            detail=detail.strip(),
            source=DISTRICT,
        )
        publish(EnrollmentChanged(student_id, begin))
        _record(viewer, "program.add", student_id, kind)
    return row.pk


def _impossible(
    student_id: int, kind: ProgramKind, begin: date, end: date | None, name: str
) -> list[Finding]:
    findings = []
    if kind is ProgramKind.OTHER and not name.strip():
        findings.append(
            error("program.name", "the program has no name", "say which program it is", column="name")
        )
    if end is not None and end < begin:
        findings.append(
            error("dates.backwards", "the last day lies before the first", "mend one of them", column="end")
        )
    rows = ProgramParticipation.objects.filter(student=student_id, kind=kind.value, name=name.strip())
    if any((row.end is None or row.end >= begin) and (end is None or row.begin <= end) for row in rows):
        findings.append(
            error(
                "program.overlap",
                "the student is in this program already at that time",
                "end the present participation first",
                column="begin",
            )
        )
    return findings


def end_program(viewer: Viewer, participation_id: int, *, last_day: date, reason: str) -> int:
    """End a participation with ``last_day`` (inclusive). Answers the student's id.

    A last day before the begin takes it back. Raises Refused, NotVisible and NotAllowed.
    """
    row = ProgramParticipation.objects.filter(pk=participation_id).first()
    if row is None:
        raise NotVisible
    _require(viewer, row.student_id, ProgramKind(row.kind))
    findings = []
    if last_day < row.begin - ONE_DAY:
        findings.append(
            error(
                "dates.backwards",
                f"the last day lies before the first, {row.begin}",
                "enter the day before the first one to take the participation back",
                column="last_day",
            )
        )
    if not reason.strip():
        findings.append(
            error("act.reason", "the reason is missing", "say in a few words why", column="reason")
        )
    if findings:
        raise Refused(findings)
    with writing():
        hold_for_act(row.student_id)
        Revision.objects.create(
            kind="program",
            object_id=row.pk,
            account_id=viewer.account_id,
            source=DISTRICT,
            reason=reason.strip(),
            before={"end": row.end.isoformat() if row.end else None},
            after={"end": last_day.isoformat()},
        )
        row.end, row.exit_reason = last_day, reason.strip()[:120]
        row.save(update_fields=["end", "exit_reason"])
        publish(EnrollmentChanged(row.student_id, min(last_day, row.begin)))
        _record(viewer, "program.end", row.student_id, ProgramKind(row.kind))
    return row.student_id


def _require(viewer: Viewer, student_id: int, kind: ProgramKind) -> None:
    if not openings(viewer, student_id).may_write(class_of(kind)):
        raise NotAllowed("changing programs")


def _record(viewer: Viewer, action: str, student_id: int, kind: ProgramKind) -> None:
    audit.record(viewer, action, "student", student_id, data_classes=[class_of(kind)], fields=["kind"])
