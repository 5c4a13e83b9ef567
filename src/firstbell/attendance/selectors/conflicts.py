"""The office's list of contradictions: what was said of one student that cannot all be true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from firstbell.attendance.data import (
    AttendanceCode,
    ConflictCell,
    ConflictKind,
    ConflictRow,
    RollCell,
    Said,
)
from firstbell.attendance.models import DayAttendance, RollSubmission, SectionAttendance
from firstbell.attendance.rules.codes import default_code
from firstbell.attendance.rules.precedence import Conflict, conflicts
from firstbell.attendance.selectors.roll_facts import office_day_word, office_word, teacher_word
from firstbell.attendance.selectors.setup import codes_for
from firstbell.attendance.selectors.truancy import MOST_IN_QUERY
from firstbell.people.api import (
    DayFacts,
    day_facts,
    names_of,
    period_names,
    schools_in_scope,
    section_titles,
    students_in_scope,
)
from firstbell.platform.access import DataClass, Viewer

SENTENCES = {
    ConflictKind.TEACHER_AND_OFFICE_DIFFER: "Teacher and office say different things in {periods}.",
    ConflictKind.IN_SCHOOL_NOT_IN_CLASS: "Seen in school, absent from {periods}.",
    ConflictKind.ABSENT_ALL_DAY_BUT_ONE: "Absent all day, present in {periods}.",
    ConflictKind.LEFT_EARLY_PRESENT_LATER: "Left early, present later in {periods}.",
}
Meeting = tuple[int, int]


@dataclass
class _Day:
    """What was said of the schools' students on a day."""

    day: date
    codes: Mapping[str, AttendanceCode]
    facts: DayFacts
    entries: dict[int, dict[Meeting, SectionAttendance]] = field(default_factory=lambda: defaultdict(dict))
    office: dict[tuple[int, int], Said] = field(default_factory=dict)
    taken: set[Meeting] = field(default_factory=set)

    def meetings(self, student: int, school: int, track: str) -> list[Meeting]:
        """(section, slot) of the student's meetings in the order of the day."""
        taught = self.facts.taught(school, track).get(self.day)
        if taught is None:
            return []
        found = [
            (section, slot)
            for section, first, last in self.facts.sections.get(student, ())
            if first <= self.day and (last is None or last >= self.day)
            if self.facts.section_school.get(section) == school
            for slot, letter in self.facts.meetings.get(section, ((0, ""),))
            if not letter or letter == taught[0]
        ]
        return sorted(found, key=lambda pair: (self.facts.order.get(pair[1], 0), pair))

    def cell(self, student: int, school: int, meeting: Meeting) -> RollCell:
        """Both words. A taken roll that says nothing of a student means present, unless the office had
        spoken and the teacher saw it."""
        entry = self.entries[student].get(meeting)
        teacher, office = teacher_word(entry), office_word(entry)
        silent = teacher is None and office is None and (student, school) not in self.office
        present = default_code(self.codes)
        if silent and meeting in self.taken and present is not None:
            teacher = Said(present.code, "", timezone.now())
        return RollCell(student, teacher, office)


def conflict_list(viewer: Viewer, day: date, *, school_id: int | None = None) -> list[ConflictRow]:
    """The contradictions of ``day`` at the viewer's schools (or one), by student. Constant queries.

    Only buildings whose attendance the viewer reads; a student's own teacher has the roll instead.
    """
    schools = schools_in_scope(viewer, DataClass.ATTENDANCE)
    if not viewer.purpose and not viewer.sees_whole_district(DataClass.ATTENDANCE):
        schools = schools.filter(pk__in=viewer.buildings(DataClass.ATTENDANCE))
    if school_id is not None:
        schools = schools.filter(pk=school_id)
    ids = list(schools.values_list("id", flat=True))
    entries = list(SectionAttendance.objects.filter(day=day, section__school__in=ids))
    whole_days = list(DayAttendance.objects.filter(day=day, school__in=ids))
    said = {row.student_id for row in entries} | {row.student_id for row in whole_days}
    reached = students_in_scope(viewer, DataClass.ATTENDANCE, field="history")
    if len(said) <= MOST_IN_QUERY:
        reached = reached.filter(pk__in=said)
    students = said & set(reached.values_list("id", flat=True))
    if not students:
        return []
    told = _Day(day, codes_for(day), day_facts(ids, day, day, students=students))
    for row in entries:
        told.entries[row.student_id][row.section_id, row.slot] = row
    told.office = {(row.student_id, row.school_id): office_day_word(row) for row in whole_days}
    taken = RollSubmission.objects.filter(day=day, section__school__in=ids)
    told.taken = set(taken.values_list("section_id", "slot"))
    return _rows(told, students)


def _rows(told: _Day, students: Iterable[int]) -> list[ConflictRow]:
    found: list[tuple[int, int, Conflict, list[tuple[Meeting, RollCell]]]] = []
    for student in students:
        for stay in told.facts.stays.get(student, ()):
            if not stay.on(told.day):
                continue
            cells = [
                (meeting, told.cell(student, stay.school_id, meeting))
                for meeting in told.meetings(student, stay.school_id, stay.track)
            ]
            whole_day = told.office.get((student, stay.school_id))
            keyed = [(f"{meeting[0]}:{meeting[1]}", cell) for meeting, cell in cells]
            code = whole_day.code if whole_day else None
            for one in conflicts(keyed, told.codes, office_day_code=code):
                found.append((student, stay.school_id, one, cells))
    names = names_of(student for student, *_ in found)
    titles = section_titles(meeting[0] for *_, cells in found for meeting, _ in cells)
    periods = period_names(meeting[1] for *_, cells in found for meeting, _ in cells)
    rows = []
    for student, school, one, cells in found:
        shown = tuple(
            _cell(meeting, cell, told, titles, periods, contested=f"{meeting[0]}:{meeting[1]}" in one.periods)
            for meeting, cell in cells
        )
        where = ", ".join(cell.period or cell.section for cell in shown if cell.contested)
        rows.append(
            ConflictRow(
                student_id=student,
                student=names.get(student, ""),
                school_id=school,
                day=told.day,
                kind=one.kind,
                sentence=SENTENCES[one.kind].format(periods=where),
                cells=shown,
            )
        )
    return sorted(rows, key=lambda row: (row.student, row.student_id, row.kind))


def _cell(
    meeting: Meeting,
    cell: RollCell,
    told: _Day,
    titles: Mapping[int, str],
    periods: Mapping[int, str],
    *,
    contested: bool,
) -> ConflictCell:
    return ConflictCell(
        section_id=meeting[0],
        section=titles.get(meeting[0], ""),
        slot=meeting[1],
        period=periods.get(meeting[1], ""),
        teacher=_words(cell.teacher, told.codes),
        office=_words(cell.office, told.codes),
        contested=contested,
    )


def _words(said: Said | None, codes: Mapping[str, AttendanceCode]) -> str:
    if said is None:
        return ""
    title = codes[said.code].title() if said.code in codes else said.code
    return f"{title} ({said.by}, {timezone.localtime(said.at):%H:%M})" if said.by else title
