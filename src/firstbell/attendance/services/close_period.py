"""Closing a period: its figures are frozen and print the same for ever; corrections make amended versions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from django.db import IntegrityError, transaction

from firstbell.attendance.data import ApportionmentPeriod, PeriodFigures, StudentChange, StudentDays
from firstbell.attendance.models import AttendanceChange, AttendanceLock, ClosingMonth
from firstbell.attendance.selectors.meeting import OFFICE
from firstbell.attendance.selectors.missing import missing_rolls
from firstbell.attendance.selectors.periods import kept, period_calendar, period_figures, restored
from firstbell.kernel.exact import text_of
from firstbell.kernel.finding import Refused, error
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.api import schools_in_scope
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.writing import writing

#: roles that close periods beside the school's own office
DISTRICT = ("state_reporting",)


def close_period(viewer: Viewer, school_id: int, period: str, *, school_year: int, reason: str = "") -> int:
    """Close a period (P-1, P-2, annual, ``month 4``) of a school; answers the lock's id.

    Raises NotVisible, NotAllowed, and Refused: not over yet, closed already, school months or closing month
    not set; rolls missing, unless a ``reason`` says why they stay so.
    """
    with writing():
        name = _school(viewer, school_id)
        year = SchoolYear(school_year)
        figures, students = _figures(school_id, name, year, period, viewer.today)
        if AttendanceLock.objects.filter(school=school_id, school_year=school_year, name=period).exists():
            raise _refusal("attendance.period.closed", f"{period} is closed", "amend it to correct it")
        missing = missing_rolls([school_id], *_span(figures))
        if missing and not reason.strip():
            raise _refusal(
                "attendance.period.rolls",
                f"{len(missing)} rolls of the period were never taken",
                "take or waive them, or say why the period is closed without them",
            )
        return _freeze(viewer, figures, students, len(missing), version=1, reason=reason)


def amend_period(viewer: Viewer, lock_id: int, reason: str) -> int:
    """Close a closed period anew with what is true now; answers the new version's id. The old one stays.

    Where nothing changed there is no new version: the old one's id is answered. Raises NotVisible,
    NotAllowed, Refused without a reason or for an old version.
    """
    with writing():
        before = AttendanceLock.objects.select_for_update().filter(pk=lock_id).first()
        if before is None:
            raise NotVisible
        name = _school(viewer, before.school_id)
        if not reason.strip():
            raise _refusal("act.reason", "an amended version needs a reason", "say in a few words why")
        versions = AttendanceLock.objects.filter(
            school=before.school_id, school_year=before.school_year, name=before.name
        )
        if versions.filter(version__gt=before.version).exists():
            raise _refusal("attendance.period.version", "a newer version exists", "amend the newest one")
        year = SchoolYear(before.school_year)
        figures, students = _figures(before.school_id, name, year, before.name, viewer.today)
        if kept(students) == before.students:
            AttendanceLock.objects.filter(pk=before.pk).update(stale=False)
            return before.pk
        missing = missing_rolls([before.school_id], *_span(figures))
        changes = list(_changes(before, students))
        return _freeze(
            viewer,
            figures,
            students,
            len(missing),
            version=before.version + 1,
            reason=reason,
            changes=changes,
        )


def set_closing_month(
    viewer: Viewer, school_year: int, period: ApportionmentPeriod, month: int, *, school_id: int | None = None
) -> None:
    """Say which school month closes P-1 or P-2, for the district or one school.

    Raises NotAllowed, and Refused once such a period is closed.
    """
    with writing():
        if not (viewer.purpose or viewer.holds(*DISTRICT)):
            raise NotAllowed("setting the closing months of the district")
        if period is ApportionmentPeriod.ANNUAL or not 1 <= month <= 13:
            raise _refusal(
                "attendance.closing_month",
                "P-1 and P-2 close with a school month from 1 to 13",
                "choose the number of the month in the calendar",
            )
        closed = AttendanceLock.objects.filter(school_year=school_year, name=period)
        if school_id is not None:
            closed = closed.filter(school=school_id)
        if closed.exists():
            raise _refusal("attendance.period.closed", f"{period} is closed", "leave the month as it was")
        rows = ClosingMonth.objects.filter(school=school_id, school_year=school_year, period=period)
        if not rows.update(month=month):
            ClosingMonth.objects.create(
                school_id=school_id, school_year=school_year, period=period, month=month
            )
        audit.record(
            viewer,
            "attendance.set_closing_month",
            "school",
            school_id or "",
            data_classes=[DataClass.ATTENDANCE],
            fields=["month"],
        )


def _school(viewer: Viewer, school_id: int) -> str:
    name = (
        schools_in_scope(viewer, DataClass.ATTENDANCE)
        .filter(pk=school_id)
        .values_list("name", flat=True)
        .first()
    )
    if name is None:
        raise NotVisible
    if not (viewer.purpose or school_id in viewer.schools(*OFFICE) or viewer.holds(*DISTRICT)):
        raise NotAllowed("closing this school's periods")
    return str(name)


def _figures(
    school: int, name: str, year: SchoolYear, period: str, today: date
) -> tuple[PeriodFigures, list[StudentDays]]:
    spans, unset = period_calendar([school], year).spans(period)
    last = max((span.end for span in spans.values() if span.end), default=None)
    if unset:
        raise Refused([error(one.code, one.message, one.next_step, column=one.column) for one in unset])
    if last is None or last >= today:
        when = f"runs through {last}" if last else "has no taught day"
        raise _refusal("attendance.period.open", f"{period} {when}", "close it when it is over")
    return period_figures({school: name}, year, period, last)[0][school]


def _span(figures: PeriodFigures) -> tuple[date, date]:
    if figures.begin is None or figures.through is None:
        raise _refusal("attendance.period.open", "nobody is enrolled in the period", "check the enrollments")
    return figures.begin, figures.through


def _freeze(
    viewer: Viewer,
    figures: PeriodFigures,
    students: list[StudentDays],
    missing: int,
    *,
    version: int,
    reason: str,
    changes: Iterable[StudentChange] = (),
) -> int:
    begin, through = _span(figures)
    try:
        with transaction.atomic():
            lock = AttendanceLock.objects.create(
                school_id=figures.school_id,
                school_year=figures.school_year,
                begin=begin,
                through=through,
                name=figures.period,
                version=version,
                account_id=viewer.account_id,
                by_name=viewer.name,
                reason=reason.strip()[:300],
                figures=kept(figures) | {"rolls_missing": missing},
                students=kept(students),
                changes=kept(list(changes)),
            )
    except IntegrityError as twice:
        raise _refusal(
            "attendance.period.closed", "somebody closed it at this moment", "open the list again"
        ) from twice
    audit.record(
        viewer,
        "attendance.close_period" if version == 1 else "attendance.amend_period",
        "school",
        figures.school_id,
        data_classes=[DataClass.ATTENDANCE],
        fields=["figures"],
        count=len(students),
        reason=reason[:300],
    )
    return lock.pk


def _changes(before: AttendanceLock, students: list[StudentDays]) -> Iterable[StudentChange]:
    """Students whose days differ from the version before, with the reasons that were given."""
    old, new = _by_student(restored(before.students, list[StudentDays])), _by_student(students)
    reasons: dict[int, list[str]] = {}
    for student, reason in (
        AttendanceChange.objects.filter(
            student__in=[*old, *new], day__range=(before.begin, before.through), at__gt=before.locked_at
        )
        .exclude(reason="")
        .order_by("at")
        .values_list("student_id", "reason")
    ):
        reasons.setdefault(student, []).append(reason)
    for student in sorted(old.keys() | new.keys()):
        if old.get(student) != new.get(student):
            yield StudentChange(
                student_id=student,
                student="",
                before=old.get(student, "not in it"),
                after=new.get(student, "not in it"),
                reasons=tuple(dict.fromkeys(reasons.get(student, ()))),
            )


def _by_student(rows: Iterable[StudentDays]) -> dict[int, str]:
    """Each student's days in words: ``84 of 87 days, 9-12``."""
    found: dict[int, list[str]] = {}
    for row in rows:
        attended = text_of(Fraction(row.membership) - row.lost)
        earns = "" if row.earns else ", no ADA"
        found.setdefault(row.student_id, []).append(f"{attended} of {row.membership} days, {row.span}{earns}")
    return {student: "; ".join(lines) for student, lines in found.items()}


def _refusal(code: str, message: str, next_step: str) -> Refused:
    return Refused([error(code, message, next_step, column="period")])
