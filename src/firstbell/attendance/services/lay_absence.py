"""A known absence laid over the days and meetings it covers, as the office's word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from firstbell.attendance.data import AttendanceCode, CodeKind, KnownAbsence, ReasonClass
from firstbell.attendance.models import DayAttendance, KnownAbsenceRow, SectionAttendance
from firstbell.attendance.rules.codes import codes_on
from firstbell.attendance.rules.prefill import covers
from firstbell.attendance.selectors.setup import code_table
from firstbell.people.api import day_facts

Pair = tuple[int, date]


def lay(row: KnownAbsenceRow, days: Iterable[Pair], by: str, *, past: bool) -> set[Pair]:
    """Write the office's code for the taught ``days``, (school, day), of an absence; answers (student, day).

    Whole days get one row a day, chosen periods one a meeting. What the office wrote by hand stays.
    ``past``: only meetings that stand as absent without valid excuse are excused.
    """
    pairs = list(days)
    if not pairs:
        return set()
    if past:
        return _excuse(row, [day for _, day in pairs], by)
    if row.periods:
        return _periods(row, pairs, by)
    now = timezone.now()
    rows = [
        DayAttendance(
            student_id=row.student_id,
            school_id=school,
            day=day,
            office_code=row.code,
            office_at=now,
            office_by=by,
            comment=row.comment,
            known_absence=row,
        )
        for school, day in pairs
    ]
    DayAttendance.objects.bulk_create(rows, ignore_conflicts=True)
    return {(row.student_id, day) for _, day in pairs}


def lift(row: KnownAbsenceRow, *, since: date | None = None) -> set[Pair]:
    """Take away what the absence wrote (from ``since`` on); answers the (student, day) pairs."""
    whole = DayAttendance.objects.filter(known_absence=row, day__gte=since or row.begin)
    entries = SectionAttendance.objects.filter(known_absence=row, day__gte=since or row.begin)
    days = {*whole.values_list("day", flat=True), *entries.values_list("day", flat=True)}
    whole.delete()
    lift_entries(entries)
    return {(row.student_id, day) for day in days}


def lift_entries(entries: QuerySet[SectionAttendance]) -> None:
    """Take the office's word out of meetings; a row that no teacher wrote goes with it."""
    entries.filter(teacher_code="").delete()
    entries.update(office_code="", office_at=None, office_by="", office_comment="", known_absence=None)


def _periods(row: KnownAbsenceRow, pairs: list[Pair], by: str) -> set[Pair]:
    """One row for each meeting of a chosen period, by the timetable of the day."""
    first, last = min(day for _, day in pairs), max(day for _, day in pairs)
    facts = day_facts({school for school, _ in pairs}, first, last, students=[row.student_id])
    known = KnownAbsence(
        student=str(row.student_id),
        begin=row.begin,
        end=row.end,
        code=row.code,
        periods=frozenset(str(slot) for slot in row.periods),
    )
    wanted: dict[tuple[int, date, int], None] = {}
    for school, day in pairs:
        stays = [stay for stay in facts.stays.get(row.student_id, ()) if stay.school_id == school]
        letter = next((t[day][0] for s in stays if day in (t := facts.taught(school, s.track))), "")
        for section, begin, end in facts.sections.get(row.student_id, ()):
            if begin > day or (end is not None and end < day) or facts.section_school.get(section) != school:
                continue
            for slot, on in facts.meetings.get(section, ()):
                if on in ("", letter) and covers(known, day, str(slot)):
                    wanted[section, day, slot] = None
    _write(row, wanted, by)
    return {(row.student_id, day) for _, day, _ in wanted}


def _write(row: KnownAbsenceRow, wanted: Iterable[tuple[int, date, int]], by: str) -> None:
    now = timezone.now()
    there = {
        (entry.section_id, entry.day, entry.slot): entry
        for entry in SectionAttendance.objects.filter(student=row.student_id, day__range=(row.begin, row.end))
    }
    added: list[SectionAttendance] = []
    changed: list[SectionAttendance] = []
    for section, day, slot in wanted:
        entry = there.get((section, day, slot))
        if entry is not None and entry.office_code:
            continue
        new = SectionAttendance(student_id=row.student_id, section_id=section, day=day, slot=slot)
        (changed if entry else added).append(entry or new)
        _say(entry or new, row, by, now)
    SectionAttendance.objects.bulk_create(added)
    SectionAttendance.objects.bulk_update(changed, OFFICE_COLUMNS)


OFFICE_COLUMNS = ["office_code", "office_at", "office_by", "office_comment", "known_absence"]


def _say(entry: SectionAttendance, row: KnownAbsenceRow, by: str, now: datetime) -> None:
    entry.office_code, entry.office_by, entry.office_comment = row.code, by, row.comment
    entry.office_at, entry.known_absence = now, row


def _excuse(row: KnownAbsenceRow, days: list[date], by: str) -> set[Pair]:
    """Excuse the meetings of days gone by in which the student stands as absent without valid excuse."""
    table = code_table()
    slots = set(row.periods)
    now = timezone.now()
    found: dict[date, list[SectionAttendance]] = defaultdict(list)
    for entry in SectionAttendance.objects.filter(student=row.student_id, day__in=days, office_code=""):
        code = codes_on(entry.day, table).get(entry.teacher_code)
        if code is not None and _unexcused(code) and (not slots or entry.slot in slots):
            _say(entry, row, by, now)
            found[entry.day].append(entry)
    SectionAttendance.objects.bulk_update([e for some in found.values() for e in some], OFFICE_COLUMNS)
    return {(row.student_id, day) for day in found}


def _unexcused(code: AttendanceCode) -> bool:
    return code.kind is CodeKind.ABSENT and code.reason is ReasonClass.UNEXCUSED
