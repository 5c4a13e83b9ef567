"""Dated belonging: who is in which school, section, post and programme, and who answers for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from firstbell.kernel.date_span import ONE_DAY
from firstbell.kernel.finding import error
from firstbell.people import models as m
from firstbell.people.data import EnrollmentStatus
from firstbell.people.rules.enrollment import Stay, exit_is_possible, overlapping
from firstbell.people.services.apply_roster.comparison import BATCH, sync_rows
from firstbell.people.services.apply_roster.versions import sync_versions

if TYPE_CHECKING:
    from firstbell.people.services.apply_roster.application import Application


def apply(application: Application) -> None:
    """Contacts' relations, posts, section staff, programmes, then the versioned enrolments."""
    _student_contacts(application)
    _staff_assignments(application)
    _section_staff(application)
    _programs(application)
    _end_with_their_people(application)
    application.refuse_if_needed()
    _school_enrollments(application)
    _section_enrollments(application)


def _end_on(
    application: Application, table: str, owners: tuple[str, str] | None = None
) -> Callable[[models.QuerySet[Any]], int] | None:
    """What happens to rows a source no longer speaks of: they end yesterday, if they had begun.

    Of a delta only those end whose owner (kind, column) it says everything about.
    """
    last = application.today - ONE_DAY
    whole = application.whole(table, owners[0]) if owners else set()
    if not application.roster.complete and not whole:
        return None

    def end(rows: models.QuerySet[Any]) -> int:
        mine = rows.filter(Q(end__isnull=True) | Q(end__gt=last), source=application.source)
        if not application.roster.complete and owners:
            told = [pk for pk, owner in mine.values_list("pk", owners[1]) if owner in whole]
            mine = mine.model._default_manager.filter(pk__in=told)
        return mine.update(end=last)

    return end


def _end_with_their_people(application: Application) -> None:
    """Relations and posts of people whom a delta ends."""
    last = application.today - ONE_DAY
    for model, column, kind in (
        (m.StudentContact, "student", "students"),
        (m.StudentContact, "contact", "contacts"),
        (m.StaffAssignment, "staff", "staff"),
        (m.SectionStaff, "staff", "staff"),
        (m.SectionStaff, "section", "sections"),
    ):
        gone = sorted(application.gone.get(kind, ()))
        for start in range(0, len(gone), BATCH):
            rows = model.objects.filter(
                Q(end=None) | Q(end__gt=last),
                source=application.source,
                **{f"{column}__in": gone[start : start + BATCH]},
            )
            application.tally(_LISTS[model]).ended += rows.update(end=last)


_LISTS: dict[type[models.Model], str] = {
    m.StudentContact: "student_contacts",
    m.StaffAssignment: "staff_assignments",
    m.SectionStaff: "section_staff",
}


def _student_contacts(application: Application) -> None:
    records = application.roster.student_contacts
    if records is None:
        return
    fields = (
        "relation",
        "has_rights",
        "primary",
        "lives_with",
        "emergency",
        "may_pick_up",
        "portal_access",
        "order",
        "end",
    )
    sync_rows(
        m.StudentContact,
        key=("student_id", "contact_id"),
        fields=fields,
        wanted={
            (application.refer("students", record.student), application.refer("contacts", record.contact)): (
                *(getattr(record, name) for name in fields[:-1]),
                None,
            )
            for record in records
        },
        present=m.StudentContact.objects.filter(source=application.source),
        tally=application.tally("student_contacts"),
        silent=application.silent("student_contacts"),
        findings=application.findings,
        missing=_end_on(application, "student_contacts", ("students", "student")),
        extra={"source": application.source},
    )


def _staff_assignments(application: Application) -> None:
    records = application.roster.staff_assignments
    if records is None:
        return
    sync_rows(
        m.StaffAssignment,
        key=("staff_id", "school_id", "role", "begin", "title"),
        fields=("end", "classification", "primary"),
        wanted={
            (
                application.refer("staff", record.staff),
                application.refer("schools", record.school),
                record.role.value,
                record.begin,
                record.title,
            ): (record.end, record.classification, record.primary)
            for record in records
        },
        present=m.StaffAssignment.objects.filter(source=application.source),
        tally=application.tally("staff_assignments"),
        findings=application.findings,
        missing=_end_on(application, "staff_assignments", ("staff", "staff")),
        extra={"source": application.source},
    )


def _section_staff(application: Application) -> None:
    records = application.roster.section_staff
    ended = _ended_keys(application, "section_staff")
    if ended:
        last = application.today - ONE_DAY
        rows = m.SectionStaff.objects.filter(source=application.source, source_key__in=ended)
        running_on = rows.filter(Q(end=None) | Q(end__gt=last))
        application.tally("section_staff").ended += running_on.update(end=last)
    if records is None:
        return
    wanted = {}
    keys = {}
    for record in records:
        key = (
            application.refer("sections", record.section),
            application.refer("staff", record.staff),
            record.begin,
        )
        wanted[key] = (record.position.value, record.end)
        keys[key] = record.key
    application.refuse_if_needed()
    sync_rows(
        m.SectionStaff,
        key=("section_id", "staff_id", "begin"),
        fields=("position", "end"),
        wanted=wanted,
        present=m.SectionStaff.objects.filter(source=application.source),
        tally=application.tally("section_staff"),
        findings=application.findings,
        missing=_end_on(application, "section_staff"),
        extra={"source": application.source},
        identify=lambda key: {
            "sourced_id": application.identify("section_staff", keys[key], key),
            "source_key": keys[key],
        },
    )


def _programs(application: Application) -> None:
    records = application.roster.program_participations
    if records is None:
        return
    sync_rows(
        m.ProgramParticipation,
        key=("student_id", "kind", "name", "begin", "detail"),
        fields=("end", "exit_reason"),
        wanted={
            (
                application.refer("students", record.student),
                record.kind.value,
                record.name,
                record.begin,
                record.detail,
            ): (record.end, record.exit_reason)
            for record in records
        },
        present=m.ProgramParticipation.objects.filter(source=application.source),
        tally=application.tally("program_participations"),
        findings=application.findings,
        missing=_end_on(application, "program_participations"),
        extra={"source": application.source},
    )


def _ended_keys(application: Application, name: str) -> list[str]:
    if application.roster.complete:
        return []
    return [key for kind, key in application.roster.ended if kind == name]


SCHOOL_FIELDS = (
    "school_year",
    "grade",
    "entry_code",
    "exit",
    "exit_code",
    "status",
    "program",
    "track",
    "ada_eligible",
    "residence_district",
)


def _school_enrollments(application: Application) -> None:
    records = application.roster.school_enrollments
    ended = _ended_keys(application, "school_enrollments")
    if records is None and not ended and not application.gone:
        return
    wanted = {}
    source_keys: dict[tuple[Any, ...], str] = {}
    for record in records or ():
        if not exit_is_possible(record.entry, record.exit):
            application.findings.append(
                error(
                    "enrollment.exit_before_entry",
                    f"student {record.student}: exit {record.exit} lies before entry {record.entry}",
                    "correct one of the two dates; a no-show exits the day before its entry",
                    column="exit",
                )
            )
        key = (
            application.refer("students", record.student),
            application.refer("schools", record.school),
            record.entry,
        )
        wanted[key] = (
            record.school_year,
            record.grade.value,
            record.entry_code,
            record.exit,
            record.exit_code,
            record.status.value,
            record.program.value,
            record.track,
            record.ada_eligible,
            record.residence_district,
        )
        if record.key:
            source_keys[key] = record.key
    _refuse_overlaps(application, records or ())
    application.refuse_if_needed()
    sync_versions(
        application,
        m.SchoolEnrollment,
        key=("student_id", "school_id", "entry"),
        fields=SCHOOL_FIELDS,
        wanted=wanted,
        source_keys=source_keys,
        tally=application.tally("school_enrollments"),
        end_field="exit",
        ended_keys=ended,
        places="schools",
    )


def _refuse_overlaps(application: Application, records: Iterable[Any]) -> None:
    stays: dict[str, list[Stay]] = {}
    for record in records:
        if record.status is EnrollmentStatus.PRIMARY:
            stays.setdefault(record.student, []).append(Stay(record.entry, record.exit, record.status))
    for student, mine in stays.items():
        if len(mine) > 1 and (pair := overlapping(mine)):
            application.findings.append(
                error(
                    "enrollment.overlap",
                    f"student {student}: primary enrollments of {pair[0].entry} and {pair[1].entry} overlap",
                    "end the earlier one before the later begins, or mark one as secondary",
                    column="entry",
                )
            )


def _section_enrollments(application: Application) -> None:
    records = application.roster.section_enrollments
    ended = _ended_keys(application, "section_enrollments")
    if records is None and not ended and not application.gone:
        return
    wanted: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    source_keys: dict[tuple[Any, ...], str] = {}
    for record in records or ():
        key = (
            application.refer("students", record.student),
            application.refer("sections", record.section),
            record.begin,
        )
        wanted[key] = (record.end, record.homeroom)
        if record.key:
            source_keys[key] = record.key
        if record.end is not None and record.end < record.begin:
            _refuse_span(application, record.student, record.begin, record.end)
    application.refuse_if_needed()
    sync_versions(
        application,
        m.SectionEnrollment,
        key=("student_id", "section_id", "begin"),
        fields=("end", "homeroom"),
        wanted=wanted,
        source_keys=source_keys,
        tally=application.tally("section_enrollments"),
        end_field="end",
        ended_keys=ended,
        places="sections",
    )


def _refuse_span(application: Application, student: str, begin: date, end: date) -> None:
    application.findings.append(
        error(
            "enrollment.end_before_begin",
            f"student {student}: a section enrollment ends on {end}, before it begins on {begin}",
            "correct one of the two dates",
            column="end",
        )
    )
