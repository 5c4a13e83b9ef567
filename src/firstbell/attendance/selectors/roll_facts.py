"""Everything known of one roll: who is on it, what teacher and office said, what the school lets write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone

from firstbell.attendance.data import AttendanceCode, Said, WindowSettings
from firstbell.attendance.models import AttendanceSettings, DayAttendance, SectionAttendance
from firstbell.attendance.rules.codes import default_code
from firstbell.attendance.rules.prefill import Prefill, carries, prefill
from firstbell.attendance.rules.windows import check_window
from firstbell.attendance.selectors.meeting import Meeting, meeting_for
from firstbell.attendance.selectors.setup import codes_for, locked_through, settings_for
from firstbell.kernel.finding import Finding
from firstbell.platform.access import Viewer


@dataclass
class RollFacts:
    """One meeting's roll as it stands. ``entries`` are this meeting's, ``day_entries`` the whole day's."""

    meeting: Meeting
    day: date
    slot: int
    codes: Mapping[str, AttendanceCode]
    settings: AttendanceSettings
    locked_through: date | None
    entries: dict[int, SectionAttendance] = field(default_factory=dict)
    day_entries: dict[int, list[SectionAttendance]] = field(default_factory=lambda: defaultdict(list))
    office_days: dict[int, DayAttendance] = field(default_factory=dict)

    @property
    def default(self) -> str:
        """The code of whoever nothing is said of; empty where the table names none."""
        code = default_code(self.codes)
        return code.code if code else ""

    def shown(self, student: int) -> Prefill | None:
        """What the student's cell shows, and whose word it is."""
        entry, whole_day = self.entries.get(student), self.office_days.get(student)
        by_hand = entry is not None and entry.known_absence_id is None
        day_by_hand = whole_day is not None and whole_day.known_absence_id is None
        period, day = office_word(entry), office_day_word(whole_day) if whole_day else None
        return prefill(
            self.codes,
            office_period=period if by_hand else None,
            office_day=day if day_by_hand else None,
            known=(period if not by_hand else None) or (day if not day_by_hand else None),
            teacher=teacher_word(entry),
            previous=self._carried(student),
        )

    def locked(self, student: int) -> str:
        """The office's code shown in the cell, empty where it said nothing."""
        cell = self.shown(student)
        return cell.code if cell is not None and cell.locked else ""

    def window(self, viewer: Viewer, now: datetime, *, reason: str = "") -> list[Finding]:
        """What keeps the roll from being written now."""
        return check_window(
            self.day,
            today=viewer.today,
            now=timezone.localtime(now).time(),
            taught_between=self.meeting.taught_between,
            settings=WindowSettings(
                back_post_days=self.settings.back_post_days,
                forward_post_days=self.settings.forward_post_days,
                opens=self.settings.opens,
                closes=self.settings.closes,
                locked_through=self.locked_through,
            ),
            office=self.meeting.as_office,
            reason=reason,
        )

    def _carried(self, student: int) -> Said | None:
        """The latest word of another meeting of the day that is flagged to carry on."""
        here = (self.meeting.section_id, self.slot)
        words = [
            word
            for row in self.day_entries.get(student, ())
            if (row.section_id, row.slot) != here and carries(word := _effective(row), self.codes)
        ]
        return max((word for word in words if word), key=lambda word: word.at, default=None)


def roll_facts(viewer: Viewer, section_id: int, day: date, slot: int) -> RollFacts:
    """The facts of a roll the viewer may take. A constant number of queries. Raises NotVisible."""
    meeting = meeting_for(viewer, section_id, day, slot)
    school = meeting.school_id
    facts = RollFacts(
        meeting=meeting,
        day=day,
        slot=slot,
        codes=codes_for(day),
        settings=settings_for([school], day)[school],
        locked_through=locked_through([school]).get(school),
    )
    for row in SectionAttendance.objects.filter(student__in=meeting.students, day=day):
        facts.day_entries[row.student_id].append(row)
        if (row.section_id, row.slot) == (section_id, slot):
            facts.entries[row.student_id] = row
    whole_days = DayAttendance.objects.filter(student__in=meeting.students, school=school, day=day)
    facts.office_days = {row.student_id: row for row in whole_days}
    return facts


def teacher_word(entry: SectionAttendance | None) -> Said | None:
    """What the teacher said in a row."""
    if entry is None or not entry.teacher_code:
        return None
    return Said(
        entry.teacher_code,
        entry.teacher_by,
        entry.teacher_at or timezone.now(),
        entry.acting_for,
        entry.comment,
        entry.minutes_late,
        entry.minutes_early,
    )


def office_word(entry: SectionAttendance | None) -> Said | None:
    """What the office said in a row of one meeting."""
    if entry is None or not entry.office_code:
        return None
    return Said(
        entry.office_code, entry.office_by, entry.office_at or timezone.now(), "", entry.office_comment
    )


def office_day_word(row: DayAttendance) -> Said:
    """What the office said of a whole day."""
    return Said(row.office_code, row.office_by, row.office_at, "", row.comment)


def _effective(row: SectionAttendance) -> Said | None:
    return office_word(row) or teacher_word(row)
