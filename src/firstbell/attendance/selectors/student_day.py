"""A student's day, from the figure back to the facts: every word with its author, every earlier version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from firstbell.attendance.data import (
    AttendanceCode,
    DayChange,
    DayMeeting,
    DerivedDay,
    FigureSource,
    Said,
    Word,
)
from firstbell.attendance.data import StudentDay as Day
from firstbell.attendance.models import (
    AttendanceChange,
    AttendanceSettings,
    DayAttendance,
    PupilDayRow,
    RollSubmission,
    SectionAttendance,
)
from firstbell.attendance.rules.codes import default_code
from firstbell.attendance.rules.day_methods import method_words
from firstbell.attendance.rules.rule_set import RuleSet, day_method, rule_set
from firstbell.attendance.selectors.meeting import OFFICE
from firstbell.attendance.selectors.roll_facts import office_day_word, office_word, teacher_word
from firstbell.attendance.selectors.setup import codes_for, locked_through, settings_for
from firstbell.kernel.school_year import SchoolYear
from firstbell.params import MissingParameter
from firstbell.people.api import (
    day_facts,
    meetings_on,
    period_names,
    school_days,
    school_on,
    students_in_scope,
)
from firstbell.people.data import MeetingToday
from firstbell.platform.access import DataClass, NotVisible, Viewer

#: what a viewer must see of attendance to look at a day
FIELD = "history"
PARAMETERS = ("day_method", "truant_gap_minutes", "truant_occasions")
Codes = Mapping[str, AttendanceCode]


def student_day(viewer: Viewer, student_id: int, day: date) -> Day:
    """The day of a student. Raises NotVisible. A constant number of queries."""
    if not students_in_scope(viewer, DataClass.ATTENDANCE, field=FIELD).filter(pk=student_id).exists():
        raise NotVisible
    school = school_on(student_id, day)
    codes = codes_for(day)
    if school is None:
        return _nowhere(student_id, day)
    info = school_days([school], day)[school]
    settings = settings_for([school], day)[school]
    rules = rule_set(settings.rules, SchoolYear.of(day).span.begin)
    facts = day_facts([school], day, day, students=[student_id])
    whole_day = DayAttendance.objects.filter(student=student_id, school=school, day=day).first()
    row = PupilDayRow.objects.filter(student=student_id, school=school, day=day).first()
    sections = [
        one for one, first, last in facts.sections.get(student_id, ()) if first <= day <= (last or day)
    ]
    met = [
        one
        for one in meetings_on(day, {school: info}, sections=sections)
        if one.homeroom or settings.mode != "daily"
    ]
    met.sort(key=lambda one: (one.begin is None, one.begin, one.order, one.title))
    stay = next((one for one in facts.stays.get(student_id, ()) if one.on(day)), None)
    method = _method(settings, rules, hourly=stay is not None and stay.program == "hourly")
    locked = locked_through([school]).get(school)
    may_mark = _may_mark(viewer, student_id, school)
    return Day(
        student_id=student_id,
        day=day,
        school_id=school,
        school=info.school,
        in_session=info.in_session,
        note=info.note,
        meetings=tuple(_meetings(student_id, day, met, whole_day, codes)),
        whole_day=_word(office_day_word(whole_day), codes) if whole_day else None,
        derived=_derived(row, codes) if row else None,
        method=method_words(method) if method else "",
        sources=tuple(_sources(rules)),
        changes=tuple(_changes(student_id, day, met, codes)),
        may_mark=may_mark,
        closed=locked is not None and day <= locked,
        codes=tuple(codes.values()) if may_mark else (),
    )


def _nowhere(student_id: int, day: date) -> Day:
    return Day(student_id, day, None, "", False, "", (), None, None, "", (), (), False, False, ())


def _may_mark(viewer: Viewer, student_id: int, school: int) -> bool:
    writer = viewer.holding(*OFFICE)
    return (
        school in writer.schools(*OFFICE)
        and students_in_scope(writer, DataClass.ATTENDANCE, write=True).filter(pk=student_id).exists()
    )


def _method(settings: AttendanceSettings, rules: RuleSet, *, hourly: bool) -> str:
    return str(settings.day_method or day_method(rules, hourly=hourly).value)


def _sources(rules: RuleSet) -> Iterable[FigureSource]:
    for parameter in PARAMETERS:
        try:
            row = day_method(rules, hourly=False) if parameter == "day_method" else rules.row(parameter)
        except MissingParameter:
            continue
        yield FigureSource(parameter=parameter, value=str(row.value), citation=row.citation)


def _meetings(
    student_id: int,
    day: date,
    met: list[MeetingToday],
    whole_day: DayAttendance | None,
    codes: Codes,
) -> Iterable[DayMeeting]:
    sections = [one.section_id for one in met]
    entries = {
        (row.section_id, row.slot): row
        for row in SectionAttendance.objects.filter(student=student_id, section__in=sections, day=day)
    }
    rolls = RollSubmission.objects.filter(section__in=sections, day=day)
    taken = set(rolls.values_list("section_id", "slot"))
    present = default_code(codes)
    for one in met:
        key = (one.section_id, one.period_id or 0)
        entry = entries.get(key)
        teacher, office = teacher_word(entry), office_word(entry)
        by_day = office_day_word(whole_day) if whole_day else None
        counting = office or by_day or teacher
        silent = present.title() if present is not None and key in taken else ""
        yield DayMeeting(
            section_id=one.section_id,
            section=one.title,
            slot=key[1],
            period=one.period,
            begin=one.begin,
            end=one.end,
            taken=key in taken,
            teacher=_word(teacher, codes) if teacher else None,
            office=_word(office, codes) if office else None,
            counts=_title(counting.code, codes) if counting else silent,
        )


def _word(said: Said, codes: Codes) -> Word:
    return Word(
        code=said.code,
        title=_title(said.code, codes),
        by=said.by,
        at=said.at,
        acting_for=said.acting_for,
        minutes_late=said.minutes_late,
        minutes_early=said.minutes_early,
        comment=said.comment,
    )


def _title(code: str, codes: Codes) -> str:
    return codes[code].title() if code in codes else code


def _derived(row: PupilDayRow, codes: Codes) -> DerivedDay:
    return DerivedDay(
        code=row.code,
        title=_title(row.code, codes),
        category=row.category,
        scheduled=Fraction(row.scheduled_tenths, 10),
        present=Fraction(row.present_tenths, 10),
        fraction=Fraction(row.fraction_n, row.fraction_d),
        attended=row.state_day_present,
        earns_ada=row.earns_ada,
        full_day_unexcused=row.full_day_unexcused,
        gaps=tuple(row.unexcused_gaps),
        occasions=row.occasions,
        complete=row.complete,
    )


def _changes(student_id: int, day: date, met: list[MeetingToday], codes: Codes) -> Iterable[DayChange]:
    """What stood there before, the latest change first."""
    places = {(one.section_id, one.period_id or 0): one.period or one.title for one in met}
    for row in AttendanceChange.objects.filter(student=student_id, day=day).order_by("-at", "-id"):
        where = "whole day" if row.section_id is None else places.get((row.section_id, row.slot), "a meeting")
        yield DayChange(
            at=row.at,
            by=row.by_name,
            side=row.side,
            where=where,
            before=_title(row.before.get("code", ""), codes) or "nothing",
            after=_title(row.after.get("code", ""), codes) or "nothing",
            reason=row.reason,
        )


def periods_of_student(viewer: Viewer, student_id: int) -> list[tuple[int, str]]:
    """(slot, name) of the class periods in which the student has sections today. Raises NotVisible."""
    if not students_in_scope(viewer, DataClass.ATTENDANCE, field=FIELD).filter(pk=student_id).exists():
        raise NotVisible
    school = school_on(student_id, viewer.today)
    if school is None:
        return []
    facts = day_facts([school], viewer.today, viewer.today, students=[student_id])
    slots = {
        slot
        for section, first, last in facts.sections.get(student_id, ())
        if first <= viewer.today <= (last or viewer.today)
        for slot, _ in facts.meetings.get(section, ())
    }
    names = period_names(slots)
    return sorted(names.items(), key=lambda pair: (facts.order.get(pair[0], 0), pair[1]))
