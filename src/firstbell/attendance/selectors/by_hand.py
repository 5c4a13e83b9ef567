"""What people of this installation said themselves, so that a source that speaks again leaves it alone."""

from __future__ import annotations

from datetime import date

from firstbell.attendance.models import AttendanceChange, KnownAbsenceRow, RollSubmission


def taken_by_hand(begin: date, end: date) -> set[tuple[int, date, int]]:
    """(section, day, slot) of the rolls that somebody took or changed here. For jobs; shown to nobody."""
    rows = RollSubmission.objects.filter(day__range=(begin, end), account_id__isnull=False)
    return set(rows.values_list("section_id", "day", "slot"))


def changed_by_hand(begin: date, end: date) -> set[tuple[int, date]]:
    """(student, day) about which somebody here changed a word. For jobs; shown to nobody."""
    return set(AttendanceChange.objects.filter(day__range=(begin, end)).values_list("student_id", "day"))


def known_absences_of(student_id: int, begin: date, end: date) -> list[tuple[int, str]]:
    """(id, state) of the absences known of a student that touch a span. For jobs; shown to nobody."""
    rows = KnownAbsenceRow.objects.filter(student=student_id, begin__lte=end, end__gte=begin)
    return list(rows.order_by("pk").values_list("pk", "state"))
