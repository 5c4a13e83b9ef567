"""A naive walk through what was said: every student on every day, every minute of the day one letter.

The twin of ``recompute``: it reads the tables row by row and shares nothing with it but the starter codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from firstbell.attendance.models import (
    AttendanceSettings,
    DayAttendance,
    PupilDayRow,
    RollSubmission,
    SectionAttendance,
)
from firstbell.attendance.rules.codes import starter_codes
from firstbell.people.models import (
    BellSchedule,
    Calendar,
    CalendarDate,
    ClassPeriod,
    SchoolEnrollment,
    Section,
    SectionEnrollment,
    SectionMeeting,
)

CODES = {code.code: code for code in starter_codes()}


@dataclass(frozen=True)
class Day:
    """What a stored day says."""

    scheduled: int
    present: int
    category: str
    code: str
    state_present: bool
    earns: bool
    unexcused: bool
    gaps: tuple[int, ...]
    occasions: int
    complete: bool


def stored() -> dict[tuple[int, int, date], Day]:
    """The days as they are kept."""
    return {
        (row.student_id, row.school_id, row.day): Day(
            row.scheduled_tenths // 10, row.present_tenths // 10, row.category, row.code,
            row.state_day_present, row.earns_ada, row.full_day_unexcused,
            tuple(int(gap) for gap in row.unexcused_gaps), row.occasions, row.complete,
        )
        for row in PupilDayRow.objects.all()
    }  # fmt: skip


class Tables:
    """The rows as they stand, to be walked in memory."""

    def __init__(self) -> None:
        self.stays = list(SchoolEnrollment.objects.filter(superseded_at=None))
        self.members = list(SectionEnrollment.objects.filter(superseded_at=None).order_by("section"))
        self.calendars = list(Calendar.objects.order_by("track"))
        self.dates = {(row.calendar_id, row.day): row for row in CalendarDate.objects.all()}
        self.bells = list(BellSchedule.objects.order_by("name").prefetch_related("times"))
        self.meetings = list(SectionMeeting.objects.all())
        self.sections = {row.pk: row for row in Section.objects.all()}
        self.order = {0: 0} | dict(ClassPeriod.objects.values_list("pk", "order"))
        self.entries = list(SectionAttendance.objects.all())
        self.office = list(DayAttendance.objects.all())
        self.rolls = set(RollSubmission.objects.values_list("section_id", "day", "slot"))
        self.settings = list(AttendanceSettings.objects.order_by("begin"))


def walked(days: Iterable[date]) -> dict[tuple[int, int, date], Day]:
    """Every student on every day, asked one by one."""
    tables = Tables()
    found = {}
    for stay in tables.stays:
        for day in days:
            if stay.entry <= day and (stay.exit is None or day <= stay.exit):
                periods = periods_of(tables, stay, day)
                if any(code for _, code, _, _ in periods):
                    found[stay.student_id, stay.school_id, day] = minute_by_minute(periods)
    return found


def periods_of(tables: Tables, stay: SchoolEnrollment, day: date) -> list[tuple[int, str, int, int]]:
    """(minutes, code or nothing, late, early) of each period; empty where nothing was said of the day."""
    calendars = [row for row in tables.calendars if row.school_id == stay.school_id]
    calendar = next((row for row in calendars if row.track == stay.track), calendars[0])
    dated = tables.dates.get((calendar.pk, day))
    entries = [row for row in tables.entries if (row.student_id, row.day) == (stay.student_id, day)]
    office = [row for row in tables.office if (row.student_id, row.day) == (stay.student_id, day)]
    if dated is None or not (entries or office):
        return []
    whole = next((row.office_code for row in office if row.school_id == stay.school_id), "")
    minutes = bell_minutes(tables, stay, dated)
    setting = setting_of(tables, stay.school_id, day)
    silent = setting.silent_through is not None and day <= setting.silent_through
    slots: dict[int, list[tuple[int, str, int, int]]] = {}
    for row in tables.members:
        section = tables.sections[row.section_id]
        if row.student_id != stay.student_id or section.school_id != stay.school_id:
            continue
        if row.begin > day or (row.end is not None and row.end < day):
            continue
        mine = [entry for entry in entries if entry.section_id == section.pk]
        if setting.mode == "daily":
            if section.homeroom:
                taken = any((one, on) == (section.pk, day) for one, on, _ in tables.rolls)
                word = said(mine[0] if mine else None, whole, taken or silent)
                slots.setdefault(0, []).append((sum(minutes.values()), *word))
            continue
        meetings = [(m.period_id, m.letter) for m in tables.meetings if m.section_id == section.pk]
        for slot, letter in meetings or [(0, "")]:
            if letter in ("", dated.cycle_letter):
                entry = next((entry for entry in mine if entry.slot == slot), None)
                word = said(entry, whole, (section.pk, day, slot) in tables.rolls or silent)
                if word[0] or slot == 0 or slot in minutes or not minutes:
                    slots.setdefault(slot, []).append((minutes.get(slot, 0), *word))
    strongest = {
        slot: max(words, key=lambda word: CODES[word[1]].rank if word[1] else -1)
        for slot, words in slots.items()
    }
    return [strongest[slot] for slot in sorted(strongest, key=lambda slot: (tables.order[slot], slot))]


def bell_minutes(tables: Tables, stay: SchoolEnrollment, dated: CalendarDate) -> dict[int, int]:
    """Counted minutes by period: of the bell schedule that names most of the day's type, letter and grade."""
    best: tuple[int, dict[int, int]] = (-1, {})
    for schedule in tables.bells:
        wanted = (
            (schedule.day_types, dated.day_type),
            (schedule.letters, dated.cycle_letter),
            (schedule.grades, stay.grade),
        )
        if schedule.school_id == stay.school_id and all(
            not names or value in names for names, value in wanted
        ):
            named = sum(bool(names) for names, _ in wanted)
            if named > best[0]:
                best = named, {row.period_id: row.minutes for row in schedule.times.all()}
    return best[1]


def setting_of(tables: Tables, school: int, day: date) -> AttendanceSettings:
    """The last that had begun: the school's own, else the district's, else the house's."""
    begun = [row for row in tables.settings if row.begin <= day]
    for owner in (school, None):
        mine = [row for row in begun if row.school_id == owner]
        if mine:
            return mine[-1]
    return AttendanceSettings(begin=day)


def said(entry: SectionAttendance | None, whole: str, taken: bool) -> tuple[str, int, int]:
    """The office's word for the period, its word for the day, the teacher's, then silence."""
    teacher = (entry.teacher_code, entry.minutes_late or 0, entry.minutes_early or 0) if entry else ("", 0, 0)
    code = (entry.office_code if entry else "") or whole or teacher[0]
    if code:
        return teacher if code == teacher[0] else (code, 0, 0)
    return ("P" if taken else "", 0, 0)


def minute_by_minute(periods: list[tuple[int, str, int, int]]) -> Day:
    """The day from a string with one letter a minute: p present, u missed without excuse, x, ? not known."""
    line = ""
    attended = False
    for minutes, text, late, early in periods:
        if not text:
            line += "?" * minutes
            continue
        code = CODES[text]
        missing = "u" if code.reason == "unexcused" and code.counts_for_truancy else "x"
        if code.kind == "absent":
            line += missing * minutes
            continue
        begin = min(late, minutes)
        end = min(early, minutes - begin)
        there = "p" * (minutes - begin - end)
        line += missing * begin + there + missing * end
        attended = attended or bool(there) or minutes == 0
    codes = [CODES[text] for _, text, _, _ in periods if text]
    gaps = tuple(len(run) for run in line.replace("u", " ").translate(BLOCKED).split("#") if len(run) > 30)
    absent = [code for code in codes if code.kind == "absent"]
    full = len(codes) == len(periods) and all(
        code.kind == "absent" and code.reason == "unexcused" and code.counts_for_truancy for code in codes
    )
    if not attended:
        category = max(absent or codes, key=lambda code: code.rank).state_category
        earns = all(code.earns_ada for code in codes)
    else:
        category = "suspension_in" if {code.code for code in codes} == {"I"} else "in_person"
        earns = any(code.earns_ada for code in codes if code.kind != "absent")
    return Day(
        scheduled=len(line), present=line.count("p"), category=category,
        code=max(codes, key=lambda code: code.rank).code, state_present=attended, earns=earns,
        unexcused=full, gaps=gaps, occasions=1 if full else min(1, len(gaps)),
        complete=len(codes) == len(periods),
    )  # fmt: skip


BLOCKED = {ord(letter): "#" for letter in "px?"}
