"""The truancy occasions of students in a school year, and the rows behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from firstbell.attendance.models import DayAttendance, PupilDayRow, SectionAttendance
from firstbell.attendance.rules.letters import occasion_row
from firstbell.attendance.rules.rule_set import RuleSet
from firstbell.attendance.rules.truancy import Occasion, occasions
from firstbell.people.api import period_names, section_titles

MOST_IN_QUERY = 900


@dataclass(frozen=True, slots=True)
class _Day:
    full_day_unexcused: bool
    unexcused_gaps: tuple[Decimal, ...]


def occasions_of(
    students: Iterable[int] | None, begin: date, through: date, rules: Mapping[int, RuleSet] | RuleSet
) -> dict[int, list[Occasion]]:
    """Occasions by student from ``begin`` to ``through``, over all schools of the district; a day counts
    once. ``rules`` by student, or one for all; ``students`` None is everyone. One query.

    Raises MissingParameter where the rules know no truancy.
    """
    wanted = None if students is None else set(students)
    rows = PupilDayRow.objects.filter(day__range=(begin, through), occasions__gt=0)
    if wanted is not None and len(wanted) <= MOST_IN_QUERY:
        rows = rows.filter(student__in=wanted)
    days: dict[int, dict[date, _Day]] = defaultdict(dict)
    columns = ("student_id", "day", "full_day_unexcused", "unexcused_gaps")
    for student, day, full, gaps in rows.order_by("school_id").values_list(*columns).iterator():
        if wanted is not None and student not in wanted:
            continue
        before = days[student].get(day)
        if before is None or (full and not before.full_day_unexcused):
            days[student][day] = _Day(full, tuple(Decimal(gap) for gap in gaps))
    return {
        student: occasions(some.items(), rules if isinstance(rules, RuleSet) else rules[student])
        for student, some in days.items()
    }


def evidence_of(found: Mapping[int, Iterable[Occasion]]) -> dict[int, list[dict[str, Any]]]:
    """The attendance rows behind occasions, by student: what a letter freezes. Five queries."""
    wanted = {(student, one.day) for student, some in found.items() for one in some}
    days = sorted({day for _, day in wanted})
    if not days:
        return {student: [] for student in found}
    students = {student for student, _ in wanted}
    derived, said = _derived(wanted, students, days), _said(wanted, students, days)
    return {
        student: [
            occasion_row(one)
            | {"days": derived.get((student, one.day), []), "said": said.get((student, one.day), [])}
            for one in some
        ]
        for student, some in found.items()
    }


def _within(rows: Any, students: set[int], days: list[date]) -> Any:
    rows = (
        rows.filter(day__in=days)
        if len(days) <= MOST_IN_QUERY
        else rows.filter(day__range=(days[0], days[-1]))
    )
    return rows.filter(student__in=students) if len(students) <= MOST_IN_QUERY else rows


Key = tuple[int, date]
Rows = dict[Key, list[dict[str, Any]]]


def _derived(wanted: set[Key], students: set[int], days: list[date]) -> Rows:
    found: Rows = defaultdict(list)
    for row in _within(PupilDayRow.objects.order_by("school_id"), students, days):
        if (row.student_id, row.day) in wanted:
            found[row.student_id, row.day].append(
                {
                    "school": row.school_id,
                    "code": row.code,
                    "category": row.category,
                    "scheduled_minutes": _tenths(row.scheduled_tenths),
                    "present_minutes": _tenths(row.present_tenths),
                    "full_day_unexcused": row.full_day_unexcused,
                    "unexcused_gaps": row.unexcused_gaps,
                }
            )
    return found


def _tenths(number: int) -> str:
    return str(Decimal(number) / 10)


def _said(wanted: set[Key], students: set[int], days: list[date]) -> Rows:
    found: Rows = defaultdict(list)
    for day_row in _within(DayAttendance.objects.order_by("id"), students, days):
        key = (day_row.student_id, day_row.day)
        if key in wanted:
            found[key].append(
                {
                    "whole_day": True,
                    "office_code": day_row.office_code,
                    "office_by": day_row.office_by,
                    "office_at": _stamp(day_row.office_at),
                    "comment": day_row.comment,
                }
            )
    entries = [
        row
        for row in _within(SectionAttendance.objects.order_by("slot", "id"), students, days)
        if (row.student_id, row.day) in wanted
    ]
    titles = section_titles(row.section_id for row in entries)
    periods = period_names(row.slot for row in entries)
    for row in entries:
        found[row.student_id, row.day].append(
            {
                "section": titles.get(row.section_id, ""),
                "period": periods.get(row.slot, ""),
                "teacher_code": row.teacher_code,
                "teacher_by": row.teacher_by,
                "teacher_at": _stamp(row.teacher_at),
                "minutes_late": row.minutes_late,
                "minutes_early": row.minutes_early,
                "comment": row.comment,
                "office_code": row.office_code,
                "office_by": row.office_by,
                "office_at": _stamp(row.office_at),
            }
        )
    return found


def _stamp(at: Any) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None
