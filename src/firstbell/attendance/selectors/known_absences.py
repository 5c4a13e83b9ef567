"""Known absences: the office's list of what is coming, its queue of families' reports, a family's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet

from firstbell.attendance.data import KnownAbsenceView, KnownState
from firstbell.attendance.models import KnownAbsenceRow
from firstbell.attendance.rules.excuses import excuse_reasons
from firstbell.attendance.selectors.letter_access import READERS
from firstbell.attendance.selectors.meeting import OFFICE
from firstbell.attendance.selectors.setup import code_table
from firstbell.people.api import names_of, period_names, schools_on, students_in_scope
from firstbell.platform.access import DataClass, NotVisible, Viewer


def absence_reports(viewer: Viewer, *, school_id: int | None = None) -> list[KnownAbsenceView]:
    """Families' reports that wait for the office, the earliest day first. A constant number of queries."""
    rows = _of_office(viewer).filter(state=KnownState.REPORTED)
    return _views(rows.order_by("begin", "id"), viewer.today, school_id)


def known_absences(
    viewer: Viewer, *, since: date | None = None, school_id: int | None = None
) -> list[KnownAbsenceView]:
    """Accepted absences that last on ``since`` (today) or begin later, by first day. Constant queries."""
    rows = _of_office(viewer).filter(state=KnownState.ACCEPTED, end__gte=since or viewer.today)
    return _views(rows.order_by("begin", "id"), viewer.today, school_id)


def family_reports(viewer: Viewer, student_id: int) -> list[KnownAbsenceView]:
    """What was reported or entered of a student, newest first, for family and office. Raises NotVisible."""
    family = viewer.holding("guardian", "student", "eligible_student", *READERS)
    if not students_in_scope(family, DataClass.ATTENDANCE).filter(pk=student_id).exists():
        raise NotVisible
    rows = KnownAbsenceRow.objects.filter(student=student_id).order_by("-begin", "-id")
    return _views(rows, viewer.today, None)


def known_absence(viewer: Viewer, known_absence_id: int) -> KnownAbsenceView:
    """One absence, for the office that may decide on it. Raises NotVisible."""
    rows = KnownAbsenceRow.objects.filter(
        pk=known_absence_id,
        student__in=students_in_scope(viewer.holding(*OFFICE), DataClass.ATTENDANCE, write=True),
    )
    found = _views(rows, viewer.today, None)
    if not found:
        raise NotVisible
    return found[0]


def may_enter(viewer: Viewer, student_id: int) -> bool:
    """Whether the viewer is of the office that enters absences of the student."""
    office = students_in_scope(viewer.holding(*OFFICE), DataClass.ATTENDANCE, write=True)
    return office.filter(pk=student_id).exists()


def may_report(viewer: Viewer, student_id: int) -> bool:
    """Whether the viewer may report an absence of the student as family."""
    family = viewer.holding("guardian")
    return students_in_scope(family, DataClass.ATTENDANCE, write=True).filter(pk=student_id).exists()


def _of_office(viewer: Viewer) -> QuerySet[KnownAbsenceRow]:
    return KnownAbsenceRow.objects.filter(
        student__in=students_in_scope(viewer.holding(*READERS), DataClass.ATTENDANCE)
    )


def _views(rows: Iterable[KnownAbsenceRow], today: date, school_id: int | None) -> list[KnownAbsenceView]:
    found: Sequence[KnownAbsenceRow] = list(rows)
    students = {row.student_id for row in found}
    schools = schools_on(students, today)
    found = [row for row in found if school_id is None or schools.get(row.student_id) == school_id]
    names = names_of(row.student_id for row in found)
    periods = period_names(slot for row in found for slot in row.periods)
    codes = {code.code: code for code in code_table()}
    reasons = {one.key: one for one in excuse_reasons(today)}
    return [
        KnownAbsenceView(
            id=row.pk,
            student_id=row.student_id,
            student=names.get(row.student_id, ""),
            school_id=schools.get(row.student_id),
            begin=row.begin,
            end=row.end,
            periods=tuple(periods.get(slot, "") for slot in row.periods),
            code=row.code,
            title=codes[row.code].title() if row.code in codes else row.code,
            reason=reasons[row.reason].title() if row.reason in reasons else row.reason,
            state=KnownState(row.state),
            comment=row.comment,
            past=row.begin < row.reported_at.date(),
            reported_at=row.reported_at,
            reported_by=row.by_name,
            decided_at=row.decided_at,
            decided_by=row.decided_by,
        )
        for row in found
    ]
