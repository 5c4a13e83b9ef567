"""Periods, bell schedules and how a block of the timetable meets, by kind of school.

Elementary: one roll a day. Middle: seven periods, or seven blocks over six rotating days of six
periods. High: eight blocks, four on A days and four on B days, and advisory every day. Wednesdays
are minimum days.
"""

from __future__ import annotations

from datetime import time

from firstbell.demonstration.rules.shape import Level, SchoolPlan
from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import BellScheduleRecord, BellTime, DayType, MeetingRecord, PeriodRecord

FULL = (DayType.TAUGHT, DayType.MAKE_UP)
SHORT = (DayType.MINIMUM,)
YOUNGEST = (GradeLevel.TRANSITIONAL_KINDERGARTEN, GradeLevel.KINDERGARTEN)
DAY = "day"
ADVISORY = "adv"


def blocks(school: SchoolPlan) -> int:
    """Blocks of a student's timetable, advisory apart."""
    return {Level.ELEMENTARY: 1, Level.MIDDLE: 7, Level.HIGH: 8}[school.level]


def period_key(school: SchoolPlan, name: str | int) -> str:
    """The key of a period."""
    return f"{school.key}-p{name}"


def periods(school: SchoolPlan) -> list[PeriodRecord]:
    """The periods of a school, in the order of the day."""
    if school.level is Level.ELEMENTARY:
        names = {DAY: "Homeroom"}
    else:
        count = 6 if len(school.cycle) == 6 else blocks(school)
        names = {str(number): f"Period {number}" for number in range(1, count + 1)}
        if school.level is Level.HIGH:
            names[ADVISORY] = "Advisory"
    return [
        PeriodRecord(key=period_key(school, name), school=school.key, name=title, order=order)
        for order, (name, title) in enumerate(names.items(), 1)
    ]


def meetings(school: SchoolPlan, block: int, room: str) -> tuple[MeetingRecord, ...]:
    """When a block (from 0) meets: in rotation, block b meets on day d in period (b - d) mod 7 + 1."""
    if school.level is Level.HIGH:
        letter = "A" if block < 4 else "B"
        return (MeetingRecord(period=period_key(school, block + 1), letter=letter, room=room),)
    if len(school.cycle) == 6:
        turns = ((letter, (block - turn) % 7) for turn, letter in enumerate(school.cycle))
        return tuple(
            MeetingRecord(period=period_key(school, place + 1), letter=letter, room=room)
            for letter, place in turns
            if place < 6
        )
    return (MeetingRecord(period=period_key(school, block + 1), room=room),)


def every_day(school: SchoolPlan, name: str, room: str) -> tuple[MeetingRecord, ...]:
    """A meeting on every taught day: the elementary homeroom, advisory."""
    return (MeetingRecord(period=period_key(school, name), room=room),)


def _lay(begin: time, lengths: list[tuple[str, int]], passing: int) -> tuple[BellTime, ...]:
    """Periods one after the other; the name "" is a break, which nothing meets in."""
    at = begin.hour * 60 + begin.minute
    times = []
    for period, minutes in lengths:
        end = at + minutes
        if period:
            times.append(
                BellTime(
                    period=period,
                    begin=time(*divmod(at, 60)),
                    end=time(*divmod(end, 60)),
                    minutes=minutes,
                )
            )
        at = end + (passing if period else 0)
    return tuple(times)


def _secondary(
    school: SchoolPlan, names: list[str | int], minutes: int, lunch_after: int
) -> tuple[BellTime, ...]:
    lengths: list[tuple[str, int]] = []
    for place, name in enumerate(names, 1):
        lengths.append((period_key(school, name), 25 if name == ADVISORY else minutes))
        if place == lunch_after:
            lengths.append(("", 30))
    return _lay(time(8, 30), lengths, 5)


def _schedule(
    school: SchoolPlan,
    name: str,
    times: tuple[BellTime, ...],
    kinds: tuple[DayType, ...],
    *,
    letters: tuple[str, ...] = (),
    grades: tuple[GradeLevel, ...] = (),
) -> BellScheduleRecord:
    key = f"{school.key}-b-{name.lower().replace(' ', '-')}"
    return BellScheduleRecord(
        key=key,
        school=school.key,
        name=name,
        times=times,
        day_types=kinds,
        letters=letters,
        grades=grades,
    )


def bell_schedules(school: SchoolPlan) -> list[BellScheduleRecord]:
    """The bell schedules of a school: exactly one fits any taught day and grade."""
    if school.level is Level.ELEMENTARY:
        return _elementary(school)
    if school.level is Level.MIDDLE:
        count = 6 if len(school.cycle) == 6 else 7
        names: list[str | int] = list(range(1, count + 1))
        long, short = (55, 40) if count == 6 else (46, 33)
        return [
            _schedule(school, "Regular day", _secondary(school, names, long, 4), FULL),
            _schedule(school, "Minimum day", _secondary(school, names, short, count), SHORT),
        ]
    rows = []
    for letter, numbers in (("A", (1, 2, 3, 4)), ("B", (5, 6, 7, 8))):
        order: list[str | int] = [numbers[0], ADVISORY, *numbers[1:]]
        for name, kinds, minutes, lunch in (("day", FULL, 84, 3), ("minimum day", SHORT, 55, 5)):
            times = _secondary(school, order, minutes, lunch)
            rows.append(_schedule(school, f"{letter} {name}", times, kinds, letters=(letter,)))
    return rows


def _elementary(school: SchoolPlan) -> list[BellScheduleRecord]:
    older = tuple(grade for grade in school.grades if grade not in YOUNGEST)
    rows = []
    for who, grades, full, short in (("TK and K", YOUNGEST, 240, 220), ("Grades 1 to 5", older, 325, 245)):
        for name, kinds, minutes in (("regular", FULL, full), ("minimum", SHORT, short)):
            begin, breaks = 8 * 60 + 15, 60 if minutes > 300 else 35
            times = (
                BellTime(
                    period=period_key(school, DAY),
                    begin=time(*divmod(begin, 60)),
                    end=time(*divmod(begin + minutes + breaks, 60)),
                    minutes=minutes,
                ),
            )
            rows.append(_schedule(school, f"{who} {name}", times, kinds, grades=grades))
    return rows
