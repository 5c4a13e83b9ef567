"""Rolls of past days that were never taken and not waived: they stay listed until they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from firstbell.attendance.data import MeetingState
from firstbell.attendance.models import AttendanceSettings, RollSubmission, RollWaiver
from firstbell.attendance.selectors.setup import settings_for
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.api import MeetingSpan, meeting_spans, schools_in_scope, taught_letters, teachers_of
from firstbell.platform.access import DataClass, Viewer


def missing_since(
    viewer: Viewer, day: date, *, back: int | None = None, school_id: int | None = None
) -> list[MeetingState]:
    """Rolls before ``day`` that were never taken and not waived, newest first: of the school year so far,
    or of the ``back`` calendar days before it. A constant number of queries."""
    schools = schools_in_scope(viewer, DataClass.ATTENDANCE)
    if school_id is not None:
        schools = schools.filter(pk=school_id)
    names = dict(schools.values_list("id", "name"))
    first = SchoolYear.of(day).span.begin if back is None else day - timedelta(days=back)
    missing = missing_rolls(names, first, day - timedelta(days=1))
    teachers = teachers_of((one.section_id for one, _ in missing), day)
    found = [
        MeetingState(
            section_id=one.section_id,
            section=one.title,
            school_id=one.school_id,
            school=names[one.school_id],
            slot=one.period_id,
            period=one.period,
            order=one.order,
            begin=None,
            end=None,
            teacher=teachers.get(one.section_id, ""),
            room="",
            day=missed,
            state="late",
        )
        for one, missed in missing
    ]
    return sorted(found, key=lambda m: (-m.day.toordinal(), m.school, m.order, m.section, m.section_id))


def missing_rolls(schools: Iterable[int], begin: date, end: date) -> list[tuple[MeetingSpan, date]]:
    """Meetings between the dates whose roll was not taken and not waived. Shown to nobody as they are.

    A section that had no students, and a day on which silence counts as taken, are not asked for.
    """
    ids = list(schools)
    if not ids or end < begin:
        return []
    letters = taught_letters(ids, begin, end)
    settings = settings_for(ids, end)
    done = _done(ids, begin, end)
    found = []
    for one in meeting_spans(ids, begin, end):
        mine = settings[one.school_id]
        if mine.mode == "daily" and not one.homeroom:
            continue
        had = done.get((one.section_id, one.period_id), set())
        found += [(one, day) for day in _days(one, letters.get(one.school_id, {}), mine) if day not in had]
    return found


def _days(one: MeetingSpan, letters: Mapping[date, str], settings: AttendanceSettings) -> Iterable[date]:
    silent = settings.silent_through
    for day, letter in letters.items():
        if one.begin <= day <= one.end and one.letter in ("", letter) and (silent is None or day > silent):
            yield day


def _done(schools: list[int], begin: date, end: date) -> dict[tuple[int, int], set[date]]:
    """Days on which each (section, slot) was taken or waived. Two queries."""
    found: dict[tuple[int, int], set[date]] = defaultdict(set)
    for model in (RollSubmission, RollWaiver):
        rows = model.objects.filter(section__school__in=schools, day__range=(begin, end))
        for section, slot, day in rows.values_list("section_id", "slot", "day").iterator(chunk_size=20_000):
            found[section, slot].add(day)
    return found
