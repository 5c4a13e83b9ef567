"""Students in schools, sections and programs, graduation plans, and attendance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from firstbell.attendance.data import AttendanceEventRecord, Origin
from firstbell.exchange.rules.edfi_in.draft import Draft, key, school_year
from firstbell.formats.edfi.records import attendance as a
from firstbell.formats.edfi.records import enrollment as e
from firstbell.kernel.finding import Severity
from firstbell.kernel.grade_level import GradeLevel
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data import (
    ProgramKind,
    ProgramParticipationRecord,
    SchoolEnrollmentRecord,
    SectionEnrollmentRecord,
)


def in_school(draft: Draft, record: e.StudentSchoolAssociation) -> None:
    """A student in a school. A date of exit is taken as the last day."""
    grade = draft.words.look("grade_levels", record.grade, record.file, record.line)
    draft.add(
        "school_enrollments",
        SchoolEnrollmentRecord(
            student=record.student,
            school=record.school,
            school_year=school_year(record.school_year) or SchoolYear.of(record.entry).ending,
            grade=GradeLevel(grade),
            entry=record.entry,
            entry_code=record.entry_kind,
            exit=record.left,
            exit_code=record.left_kind,
        ),
    )
    if record.plan is not None:
        draft.keep(
            "student_graduation_plans",
            key(record.student, record.school, record.entry.isoformat()),
            {
                "student": record.student,
                "school": record.school,
                "plan": _plan_key(record.plan),
            },
            student=record.student,
        )


def _plan_key(plan: e.GraduationPlan) -> str:
    return key(plan.school, plan.kind)


def plan(draft: Draft, record: e.GraduationPlan) -> None:
    """What a school asks of a graduate."""
    draft.keep(
        "graduation_plans",
        _plan_key(record),
        {"school": record.school, "type": record.kind, "credits": record.credits},
    )


def in_section(draft: Draft, record: e.StudentSectionAssociation) -> None:
    """A student in a section."""
    draft.add(
        "section_enrollments",
        SectionEnrollmentRecord(
            student=record.student,
            section=draft.section_key(record.section),
            begin=record.begin,
            end=record.end,
            homeroom=record.homeroom is True,
        ),
    )


def in_program(draft: Draft, record: e.StudentProgramAssociation) -> None:
    """A student in a program; services are named in the detail."""
    kind = draft.words.look("programs", record.program, record.file, record.line)
    services = [one.short or one.description or one.code for one in record.services]
    draft.add(
        "program_participations",
        ProgramParticipationRecord(
            student=record.student,
            kind=ProgramKind(kind),
            name=record.program,
            begin=record.begin,
            end=record.end,
            detail="; ".join(services),
            exit_reason=record.exit_reason,
        ),
    )


def service(draft: Draft, record: e.ServiceDescriptor) -> None:
    """A service that a program gives."""
    draft.keep(
        "service_descriptors",
        key(record.code),
        {"code": record.code, "short": record.short, "description": record.description},
    )


def attended(draft: Draft, record: a.AttendanceEvent) -> None:
    """An attendance event: the word of the office where only an office may write the code."""
    code = draft.words.look("attendance_categories", record.category, record.file, record.line)
    where = record.section
    table = draft.words.table
    draft.attendance.events.append(
        AttendanceEventRecord(
            student=record.student,
            day=record.day,
            code=code,
            section=draft.section_key(where) if where else "",
            period=key(where.school, where.period) if where else "",
            school=where.school if where else record.school,
            origin=Origin.OFFICE if code in table["office_codes"] else Origin.TEACHER,
            comment="" if record.reason in table["plain_reasons"] else record.reason,
        )
    )


def finish(draft: Draft) -> None:
    """What attendance says that cannot be: unknown students and sections, days outside what was taught."""
    roster = draft.roster
    students = {record.key for record in roster.students or ()}
    sections = {record.key for record in roster.sections or ()}
    draft.tell(
        "attendance.missing_target_record",
        "{n} attendance events name a student or section that is not in the source",
        "send students, sections and attendance together",
        (
            _row(event)
            for event in draft.attendance.events
            if event.student not in students or (event.section and event.section not in sections)
        ),
        severity=Severity.ERROR,
    )
    draft.tell(
        "attendance.outside",
        "{n} attendance events lie outside the student's enrollment in the section or on a day without "
        "instruction",
        "check the day in the calendar and the enrollment in the source",
        _outside(draft),
    )


def _row(event: AttendanceEventRecord) -> dict[str, str]:
    return {"student": event.student, "day": event.day.isoformat(), "section": event.section}


def _outside(draft: Draft) -> Iterator[dict[str, str]]:
    spans: dict[tuple[str, str], list[tuple[date, date | None]]] = {}
    for row in draft.roster.section_enrollments or ():
        spans.setdefault((row.student, row.section), []).append((row.begin, row.end))
    taught = {row.day for row in draft.roster.calendar_days or () if row.day_type.taught}
    for event in draft.attendance.events:
        enrolled = not event.section or any(
            begin <= event.day and (end is None or event.day <= end)
            for begin, end in spans.get((event.student, event.section), ())
        )
        if not enrolled or (taught and event.day not in taught):
            yield _row(event)


TAKES = {
    e.StudentSchoolAssociation: in_school,
    e.GraduationPlan: plan,
    e.StudentSectionAssociation: in_section,
    e.StudentProgramAssociation: in_program,
    e.ServiceDescriptor: service,
    a.AttendanceEvent: attended,
}
