"""Rows that belong to one other row and have no key of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from firstbell.people import models as m
from firstbell.people.data import Demographics
from firstbell.people.services.apply_roster.comparison import sync_rows
from firstbell.people.services.apply_roster.keyed import DIRECTORY, directory_columns

if TYPE_CHECKING:
    from firstbell.people.services.apply_roster.application import Application

#: identifier systems whose numbers never leave and are masked on screen
RESTRICTED_SYSTEMS = frozenset({"SSN"})

DEMOGRAPHICS = (
    "birth_date",
    "sex",
    "hispanic",
    "american_indian",
    "asian",
    "black",
    "pacific_islander",
    "white",
    "two_or_more_races",
    "home_language",
    "birth_country",
    "birth_state",
    "birth_city",
    "residence_status",
)


def apply(application: Application) -> None:
    """Demographics, directories, identifiers, calendar days, bell times, meetings and further sessions."""
    _students(application)
    _calendar_days(application)
    _bell_times(application)
    _sections(application)


def _remove(rows: models.QuerySet[Any]) -> int:
    removed = rows.count()
    rows.delete()
    return removed


def _students(application: Application) -> None:
    _demographics(application)
    records = application.roster.students
    if records is None:
        return
    ids = [application.ids["students"][record.key] for record in records]
    mine = set(ids)
    sync_rows(
        m.StudentDirectory,
        key=("student_id",),
        fields=DIRECTORY,
        wanted={
            (row,): tuple(directory_columns(record.directory).values())
            for row, record in zip(ids, records, strict=True)
        },
        present=m.StudentDirectory.objects.all(),
        tally=application.tally("student_directories"),
        silent=application.silent("student_directories"),
        findings=application.findings,
        missing=None,
    )
    wanted = {
        (row, system, value): (system in RESTRICTED_SYSTEMS,)
        for row, record in zip(ids, records, strict=True)
        for system, value in record.identifiers
    }
    # a source speaks of the systems that it names
    present = m.StudentIdentifier.objects.filter(system__in={system for _, system, _ in wanted})
    sync_rows(
        m.StudentIdentifier,
        key=("student_id", "system", "value"),
        fields=("restricted",),
        wanted=wanted,
        present=present,
        tally=application.tally("student_identifiers"),
        findings=application.findings,
        missing=lambda rows: _remove_of(rows, "student_id", mine),
    )


def _demographics(application: Application) -> None:
    """Demographics told with a student or apart; a new student of whom nothing is told has an empty row."""
    records = application.roster.students or []
    apart = application.roster.student_demographics or []
    told = {record.key: record.demographics for record in records if record.demographics is not None}
    told |= {record.student: record.demographics for record in apart}
    wanted = {
        (application.refer("students", key),): tuple(getattr(values, name) for name in DEMOGRAPHICS)
        for key, values in told.items()
    }
    application.refuse_if_needed()
    if len(told) < len(records):
        nothing = tuple(getattr(Demographics(), name) for name in DEMOGRAPHICS)
        known = set(m.StudentDemographics.objects.values_list("pk", flat=True))
        ids = [application.ids["students"][record.key] for record in records if record.key not in told]
        wanted |= {(row,): nothing for row in ids if row not in known}
    sync_rows(
        m.StudentDemographics,
        key=("student_id",),
        fields=DEMOGRAPHICS,
        wanted=wanted,
        present=m.StudentDemographics.objects.all() if wanted else m.StudentDemographics.objects.none(),
        tally=application.tally("student_demographics"),
        silent=application.silent("student_demographics"),
        findings=application.findings,
        missing=None,
    )


def _calendar_days(application: Application) -> None:
    records = application.roster.calendar_days
    if records is None:
        return
    wanted = {
        (application.refer("calendars", record.calendar), record.day): (
            record.day_type.value,
            record.cycle_letter,
            record.school_month,
            record.note,
        )
        for record in records
    }
    application.refuse_if_needed()
    sync_rows(
        m.CalendarDate,
        key=("calendar_id", "day"),
        fields=("day_type", "cycle_letter", "school_month", "note"),
        wanted=wanted,
        present=m.CalendarDate.objects.filter(calendar_id__in={calendar for calendar, _ in wanted}),
        tally=application.tally("calendar_days"),
        findings=application.findings,
        missing=_remove if application.roster.complete else None,
    )


def _bell_times(application: Application) -> None:
    records = application.roster.bell_schedules
    if records is None:
        return
    wanted = {
        (application.ids["bell_schedules"][record.key], application.refer("periods", time.period)): (
            time.begin,
            time.end,
            time.minutes,
        )
        for record in records
        for time in record.times
    }
    application.refuse_if_needed()
    sync_rows(
        m.BellTimeRow,
        key=("bell_schedule_id", "period_id"),
        fields=("begin", "end", "minutes"),
        wanted=wanted,
        present=m.BellTimeRow.objects.filter(bell_schedule_id__in={schedule for schedule, _ in wanted}),
        tally=application.tally("bell_times"),
        findings=application.findings,
        missing=_remove,
    )


def _sections(application: Application) -> None:
    records = application.roster.sections
    if records is None:
        return
    ids = application.ids["sections"]
    mine = {ids[record.key] for record in records}
    sync_rows(
        m.SectionMeeting,
        key=("section_id", "period_id", "letter"),
        fields=("room_id",),
        wanted={
            (
                ids[record.key],
                application.refer("periods", meeting.period),
                meeting.letter,
            ): (application.refer("rooms", meeting.room),)
            for record in records
            for meeting in record.meetings
        },
        present=m.SectionMeeting.objects.all(),
        tally=application.tally("section_meetings"),
        findings=application.findings,
        missing=lambda rows: _remove_of(rows, "section_id", mine),
    )
    sync_rows(
        m.SectionSession,
        key=("section_id", "session_id"),
        fields=(),
        wanted={
            (ids[record.key], application.refer("sessions", session)): ()
            for record in records
            for session in record.sessions
        },
        present=m.SectionSession.objects.all(),
        tally=application.tally("section_sessions"),
        findings=application.findings,
        missing=lambda rows: _remove_of(rows, "section_id", mine),
    )


def _remove_of(rows: models.QuerySet[Any], owner: str, spoken_of: set[int]) -> int:
    """Remove what hangs on rows this roster speaks of; what other sources brought stays."""
    gone = [pk for pk, row in rows.values_list("pk", owner) if row in spoken_of]
    rows.model._default_manager.filter(pk__in=gone).delete()
    return len(gone)
