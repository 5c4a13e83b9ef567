"""Deriving pupil-days anew from what teacher and office said.

One path for one student's day and for a district's year: the frame (who should have been where) comes
from ``people.day_facts``, the rule from ``rules.pupil_day``; equal days are resolved once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, QuerySet

from firstbell.attendance.data import AttendanceCode, PeriodAttendance, PupilDay
from firstbell.attendance.models import (
    AttendanceSettings,
    DayAttendance,
    PupilDayRow,
    RollSubmission,
    SectionAttendance,
)
from firstbell.attendance.rules.codes import codes_on, default_code
from firstbell.attendance.rules.pupil_day import resolve
from firstbell.attendance.rules.rule_set import RuleSet, day_method, rule_set
from firstbell.attendance.selectors.setup import code_table, settings_for
from firstbell.attendance.services.holding import hold_days, hold_schools
from firstbell.attendance.services.stale import mark_stale
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.api import DayFacts, Stay, day_facts, schools_of
from firstbell.platform.rows import insert_rows

BATCH = 5_000
FIELDS = (
    "scheduled_tenths",
    "present_tenths",
    "fraction_n",
    "fraction_d",
    "category",
    "code",
    "state_day_present",
    "local_day_present",
    "earns_ada",
    "full_day_unexcused",
    "unexcused_gaps",
    "occasions",
    "complete",
)
#: what somebody said of one meeting: code, minutes late, minutes early
Word = tuple[str, int, int]


@dataclass
class _Derivation:
    """Days being derived, with everything that was said about them."""

    facts: DayFacts
    schools: list[int]
    table: tuple[AttendanceCode, ...]
    entries: dict[tuple[int, date], dict[tuple[int, int], tuple[str, Word]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    office_days: dict[tuple[int, date], dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    submitted: set[tuple[int, date, int]] = field(default_factory=set)
    _codes: dict[date, dict[str, AttendanceCode]] = field(default_factory=dict)
    _rules: dict[tuple[str, int], RuleSet] = field(default_factory=dict)
    _settings: dict[date, dict[int, AttendanceSettings]] = field(default_factory=dict)
    _days: dict[Any, PupilDay | None] = field(default_factory=dict)

    def codes(self, day: date) -> dict[str, AttendanceCode]:
        """Codes valid on ``day``."""
        if day not in self._codes:
            self._codes[day] = codes_on(day, self.table)
        return self._codes[day]

    def settings(self, school: int, day: date) -> AttendanceSettings:
        """How the school took attendance on ``day``."""
        if day not in self._settings:
            self._settings[day] = settings_for(self.schools, day)
        return self._settings[day][school]

    def rules(self, name: str, day: date) -> RuleSet:
        """The rules in force at the begin of the school year: a year is counted by one set of rules."""
        year = SchoolYear.of(day)
        if (name, year.ending) not in self._rules:
            self._rules[name, year.ending] = rule_set(name, year.span.begin)
        return self._rules[name, year.ending]

    def method(self, rules: RuleSet, *, hourly: bool) -> str:
        """How a day is made of its periods where the school says nothing of its own."""
        return rules.once(f"day_method {hourly}", lambda: str(day_method(rules, hourly=hourly).value))

    def derive(self, student: int, day: date) -> Iterable[tuple[int, PupilDay]]:
        """(school, pupil-day) for each school in which the student is enrolled and taught on ``day``."""
        for stay in self.facts.stays.get(student, ()):
            if not stay.on(day):
                continue
            taught = self.facts.taught(stay.school_id, stay.track).get(day)
            if taught is None:
                continue
            periods = self._periods(student, stay, day, *taught)
            if not periods:
                continue
            found = self._resolved(stay, day, periods)
            if found is not None:
                yield stay.school_id, found

    def _resolved(self, stay: Stay, day: date, periods: tuple[tuple[Any, ...], ...]) -> PupilDay | None:
        settings = self.settings(stay.school_id, day)
        rules = self.rules(settings.rules, day)
        method = settings.day_method or self.method(rules, hourly=stay.program == "hourly")
        key = (rules.name, rules.on, method, periods)
        if key not in self._days:
            codes = self.codes(day)
            rows = [
                PeriodAttendance(
                    minutes=minutes,
                    code=codes.get(code),
                    period=str(slot),
                    minutes_late=late,
                    minutes_early=early,
                )
                for slot, minutes, code, late, early in periods
            ]
            self._days[key] = resolve(rows, method, rules)
        return self._days[key]

    def _periods(
        self, student: int, stay: Stay, day: date, letter: str, day_type: str
    ) -> tuple[tuple[Any, ...], ...]:
        """(slot, minutes, code, late, early) in the order of the day; a slot that two sections share once, by
        the stronger word, and so the whole day where somebody has two homerooms.

        A period that the day's bells leave out is part of the day only where somebody spoke of it.
        """
        facts = self.facts
        daily = self.settings(stay.school_id, day).mode == "daily"
        minutes = facts.counted(stay.school_id, stay.grade, day_type, letter)
        found: dict[int, tuple[Any, ...]] = {}
        for section, first, last in sorted(facts.sections.get(student, ()), key=lambda row: row[0]):
            if first > day or (last is not None and last < day):
                continue
            if facts.section_school.get(section) != stay.school_id:
                continue
            if daily:
                if section in facts.homerooms:
                    word = self._word(student, stay.school_id, day, section, None)
                    row = (0, sum(minutes.values()), *word)
                    if 0 not in found or self._stronger(row, found[0], day):
                        found[0] = row
                continue
            for slot, on in facts.meetings.get(section, ((0, ""),)):
                if on and on != letter:
                    continue
                row = (slot, minutes.get(slot, 0), *self._word(student, stay.school_id, day, section, slot))
                if slot and minutes and slot not in minutes and not row[2]:
                    continue
                if slot not in found or self._stronger(row, found[slot], day):
                    found[slot] = row
        return tuple(sorted(found.values(), key=lambda row: (facts.order.get(row[0], 0), row[0])))

    def _stronger(self, row: tuple[Any, ...], other: tuple[Any, ...], day: date) -> bool:
        codes = self.codes(day)
        ranks = [codes[r[2]].rank if r[2] in codes else -1 for r in (row, other)]
        return ranks[0] > ranks[1]

    def _word(self, student: int, school: int, day: date, section: int, slot: int | None) -> Word:
        """What counts: the office's word for the period, its word for the day, the teacher's, presence by a
        submitted roll, nothing where no roll was taken. ``slot`` None is a daily roll, whatever its slot."""
        said = self.entries.get((student, day), {})
        if slot is None:
            entry = next((value for (sec, _), value in sorted(said.items()) if sec == section), None)
        else:
            entry = said.get((section, slot))
        office, word = entry if entry is not None else ("", ("", 0, 0))
        whole_day = self.office_days.get((student, day), {}).get(school, "")
        code = office or whole_day or word[0]
        if code:
            return (code, word[1], word[2]) if code == word[0] else (code, 0, 0)
        if self._taken(school, day, section, slot):
            present = default_code(self.codes(day))
            return (present.code if present else "", 0, 0)
        return ("", 0, 0)

    def _taken(self, school: int, day: date, section: int, slot: int | None) -> bool:
        silent = self.settings(school, day).silent_through
        if silent is not None and day <= silent:
            return True
        if slot is not None:
            return (section, day, slot) in self.submitted
        slots = [0, *(pair[0] for pair in self.facts.meetings.get(section, ()))]
        return any((section, day, one) in self.submitted for one in slots)


def recompute_days(pairs: Iterable[tuple[int, date]]) -> int:
    """Derive anew the days of (student, day) pairs; answers how many rows changed. Call inside the
    transaction that changed what was said. A constant number of queries for the students of one class."""
    wanted = set(pairs)
    if not wanted:
        return 0
    students = sorted({student for student, _ in wanted})
    schools = schools_of(students)
    hold_days(students, schools)
    days = sorted({day for _, day in wanted})
    entries = SectionAttendance.objects.filter(student__in=students, day__range=(days[0], days[-1]))
    office = DayAttendance.objects.filter(student__in=students, day__range=(days[0], days[-1]))
    rows = PupilDayRow.objects.filter(student__in=students, day__range=(days[0], days[-1]))
    work = _derivation(schools, days[0], days[-1], entries, office, students)
    sections = {section for rows_ in work.facts.sections.values() for section, _, _ in rows_}
    submitted = RollSubmission.objects.filter(day__range=(days[0], days[-1]), section__in=sections)
    work.submitted = set(submitted.values_list("section_id", "day", "slot"))
    said = {key for key in {*work.entries, *work.office_days} if key in wanted}
    return _write(work, said, rows, only=wanted)


def recompute_schools(schools: Iterable[int], *, begin: date | None = None, end: date | None = None) -> int:
    """Derive anew every day of ``schools`` about which something was said; answers how many rows changed.

    Closed periods of these days are marked: membership may have changed as well. In a transaction of its
    own where there is none.
    """
    ids = sorted(schools)
    with transaction.atomic(savepoint=False):
        hold_schools(ids)
        read = _read_schools(ids, begin, end)
        if read is None:
            return 0
        mark_stale(ids, read.span[0], read.span[1])
        return _write(read.work, read.said, read.rows, only=None)


def compare_schools(
    schools: Iterable[int], *, begin: date | None = None, end: date | None = None
) -> DayDifferences:
    """As ``recompute_schools``, writing nothing: what stored days hold against what they should."""
    read = _read_schools(schools, begin, end)
    return _compare(read.work, read.said, read.rows, only=None) if read else DayDifferences()


@dataclass
class _Read:
    """Schools' days, with what was said of them and what is stored."""

    work: _Derivation
    said: set[tuple[int, date]]
    rows: QuerySet[PupilDayRow]
    span: tuple[date, date]


def _read_schools(schools: Iterable[int], begin: date | None, end: date | None) -> _Read | None:
    ids = sorted(schools)
    entries = SectionAttendance.objects.filter(section__school__in=ids)
    office = DayAttendance.objects.filter(school__in=ids)
    rows = PupilDayRow.objects.filter(school__in=ids)
    span = _span(entries, office, rows, begin, end)
    if span is None or span[0] > span[1]:
        return None
    inside = {"day__range": span}
    entries, office, rows = entries.filter(**inside), office.filter(**inside), rows.filter(**inside)
    work = _derivation(ids, *span, entries, office, None)
    submitted = RollSubmission.objects.filter(section__school__in=ids, **inside)
    work.submitted = set(submitted.values_list("section_id", "day", "slot").iterator(chunk_size=20_000))
    return _Read(work, {*work.entries, *work.office_days}, rows, span)


def _span(
    entries: QuerySet[Any], office: QuerySet[Any], rows: QuerySet[Any], begin: date | None, end: date | None
) -> tuple[date, date] | None:
    found = [q.aggregate(first=Min("day"), last=Max("day")) for q in (entries, office, rows)]
    firsts = [one["first"] for one in found if one["first"]]
    lasts = [one["last"] for one in found if one["last"]]
    if not firsts:
        return None
    return max(min(firsts), begin or min(firsts)), min(max(lasts), end or max(lasts))


def _derivation(
    schools: list[int],
    begin: date,
    end: date,
    entries: QuerySet[Any],
    office: QuerySet[Any],
    students: list[int] | None,
) -> _Derivation:
    facts = day_facts(schools, begin, end, students=students)
    work = _Derivation(facts, schools, code_table())
    for student, day, section, slot, teacher, late, early, said in entries.values_list(
        "student_id",
        "day",
        "section_id",
        "slot",
        "teacher_code",
        "minutes_late",
        "minutes_early",
        "office_code",
    ).iterator(chunk_size=20_000):
        work.entries[student, day][section, slot] = (said, (teacher, late or 0, early or 0))
    for student, day, school, code in office.values_list(
        "student_id", "day", "school_id", "office_code"
    ).iterator(chunk_size=20_000):
        work.office_days[student, day][school] = code
    return work


def _columns(found: PupilDay) -> tuple[Any, ...]:
    return (
        int(found.scheduled_minutes * 10),
        int(found.present_minutes * 10),
        found.fraction.numerator,
        found.fraction.denominator,
        found.category.value,
        found.code,
        found.state_day_present,
        found.local_day_present,
        found.earns_ada,
        found.full_day_unexcused,
        [str(gap) for gap in found.unexcused_gaps],
        found.occasions,
        found.complete,
    )


@dataclass
class DayDifferences:
    """What derived days say against stored ones: rows to add, to change, to remove, days compared.

    ``wrong`` names them as (student, school, day).
    """

    added: list[tuple[Any, ...]] = field(default_factory=list)
    changed: list[PupilDayRow] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    wrong: list[tuple[int, int, date]] = field(default_factory=list)
    compared: int = 0


def _compare(
    work: _Derivation,
    said: set[tuple[int, date]],
    rows: QuerySet[PupilDayRow],
    *,
    only: set[tuple[int, date]] | None,
) -> DayDifferences:
    present = {
        (row[0], row[1], row[2]): (row[-1], row[3:-1])
        for row in rows.values_list("student_id", "school_id", "day", *FIELDS, "id").iterator(
            chunk_size=20_000
        )
        if only is None or (row[0], row[2]) in only
    }
    found = DayDifferences(compared=len(present))
    columns: dict[int, tuple[Any, ...]] = {}
    for student, day in said:
        for school, derived in work.derive(student, day):
            values = columns.get(id(derived))
            if values is None:
                values = columns[id(derived)] = _columns(derived)
            old = present.pop((student, school, day), None)
            if old is None:
                found.added.append((student, school, day, *values))
            elif old[1] != values:
                fields = dict(zip(FIELDS, values, strict=True))
                found.changed.append(PupilDayRow(student_id=student, school_id=school, day=day, **fields))
            else:
                continue
            found.wrong.append((student, school, day))
    found.gone = [old[0] for old in present.values()]
    found.wrong += present
    return found


def _write(
    work: _Derivation,
    said: set[tuple[int, date]],
    rows: QuerySet[PupilDayRow],
    *,
    only: set[tuple[int, date]] | None,
) -> int:
    found = _compare(work, said, rows, only=only)
    with transaction.atomic(savepoint=False):
        insert_rows(PupilDayRow, ("student_id", "school_id", "day", *FIELDS), found.added)
        # an upsert of the unique day: bulk_update would write a case for every row and field
        PupilDayRow.objects.bulk_create(
            found.changed,
            update_conflicts=True,
            unique_fields=["student", "school", "day"],
            update_fields=FIELDS,
        )
        for start in range(0, len(found.gone), BATCH):
            PupilDayRow.objects.filter(id__in=found.gone[start : start + BATCH]).delete()
    return len(found.added) + len(found.changed) + len(found.gone)
