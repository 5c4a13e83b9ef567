"""Whose word counts: the office's while it stands, else the teacher's; both kept, disagreements listed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from firstbell.attendance.data import AttendanceCode, CodeKind, ConflictKind, RollCell, Said


def teacher_says(cell: RollCell, said: Said) -> RollCell:
    """The cell with the teacher's word kept; an office word stays in force."""
    return replace(cell, teacher=said)


def office_says(cell: RollCell, said: Said) -> RollCell:
    """The cell with the office's word in force; the teacher's is kept beneath."""
    return replace(cell, office=said)


def office_clears(cell: RollCell) -> RollCell:
    """The cell without the office's word: the teacher's own value returns."""
    return replace(cell, office=None)


def shown_to_teacher(cell: RollCell, codes: Mapping[str, AttendanceCode], language: str = "en") -> str:
    """What the teacher's roll says in the cell: a code, or ``Excused (office, 08:12)`` under a lock."""
    if cell.office is None:
        return cell.effective or ""
    code = codes.get(cell.office.code)
    title = code.title(language) if code else cell.office.code
    return f"{title} (office, {cell.office.at:%H:%M})"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A contradiction in one student's day, with the periods that show it."""

    kind: ConflictKind
    student: Hashable
    periods: tuple[str, ...]


def conflicts(
    day: Sequence[tuple[str, RollCell]],
    codes: Mapping[str, AttendanceCode],
    *,
    office_day_code: str | None = None,
) -> list[Conflict]:
    """The contradictions of one student's day, given (period, cell) in the order of the day.

    ``office_day_code`` is the office's code for the whole day, if any. A period whose roll is not
    taken says nothing. An absence whose reason the office knows is no contradiction.
    """
    if not day:
        return []
    student = day[0][1].student
    found: list[Conflict] = []

    def add(kind: ConflictKind, periods: Sequence[str]) -> None:
        if periods:
            found.append(Conflict(kind, student, tuple(periods)))

    add(ConflictKind.TEACHER_AND_OFFICE_DIFFER, [p for p, cell in day if _differ(cell, codes)])
    seen = [(p, c) for p, c in day if _seen(c, codes) is True]
    unseen = [(p, c) for p, c in day if _seen(c, codes) is False]
    office_absent = office_day_code is not None and _absent(office_day_code, codes)
    if len(seen) == 1 and (office_absent or len(unseen) > 1):
        add(ConflictKind.ABSENT_ALL_DAY_BUT_ONE, [p for p, _ in seen])
    elif seen and not office_absent:
        add(ConflictKind.IN_SCHOOL_NOT_IN_CLASS, [p for p, c in unseen if c.office is None])
    elif len(seen) > 1:
        add(ConflictKind.ABSENT_ALL_DAY_BUT_ONE, [p for p, _ in seen])
    add(ConflictKind.LEFT_EARLY_PRESENT_LATER, _present_after_leaving(day, codes))
    return found


def _absent(code: str, codes: Mapping[str, AttendanceCode]) -> bool:
    known = codes.get(code)
    return known is not None and known.kind is CodeKind.ABSENT


def _seen(cell: RollCell, codes: Mapping[str, AttendanceCode]) -> bool | None:
    """Whether somebody saw the student: the teacher's word first, since the office is not in the room."""
    said = cell.teacher or cell.office
    if said is None or said.code not in codes:
        return None
    return codes[said.code].kind is not CodeKind.ABSENT


def _differ(cell: RollCell, codes: Mapping[str, AttendanceCode]) -> bool:
    """Whether office and teacher contradict each other about presence; a reason for an absence does not."""
    if cell.teacher is None or cell.office is None:
        return False
    return _absent(cell.teacher.code, codes) != _absent(cell.office.code, codes)


def _present_after_leaving(
    day: Sequence[tuple[str, RollCell]], codes: Mapping[str, AttendanceCode]
) -> list[str]:
    left = False
    later = []
    for period, cell in day:
        if left and _seen(cell, codes):
            later.append(period)
        left = left or any(
            said is not None and said.code in codes and codes[said.code].left_early
            for said in (cell.teacher, cell.office)
        )
    return later
