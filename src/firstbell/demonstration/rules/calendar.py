"""The school year: which days are taught, of what type, in which school month, and its sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from firstbell.demonstration.rules.chance import stream
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data import DayType, SessionKind, SessionRecord

TAUGHT_DAYS = 180
WEEKS_IN_SCHOOL_MONTH = 4
WEDNESDAY = 2


@dataclass(frozen=True, slots=True)
class SchoolDay:
    """A weekday of the school year."""

    day: date
    day_type: DayType
    month: int
    note: str = ""


@dataclass(frozen=True)
class YearPlan:
    """A school year as known on a day; ``taught`` are the dates students are taught."""

    year: SchoolYear
    days: tuple[SchoolDay, ...]

    @property
    def taught(self) -> tuple[date, ...]:
        """Dates on which students are taught, in order."""
        return tuple(day.day for day in self.days if day.day_type.taught)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The ``nth`` (from 1) such weekday of a month; Monday is 0.

    >>> nth_weekday(2026, 9, 0, 1)
    datetime.date(2026, 9, 7)
    """
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def first_taught(year: SchoolYear) -> date:
    """The second Wednesday of August."""
    return nth_weekday(year.ending - 1, 8, WEDNESDAY, 2)


def year_shown(today: date) -> SchoolYear:
    """The school year whose instruction has begun by ``today``: in summer still the one that ended."""
    year = SchoolYear.of(today)
    return year if first_taught(year) <= today else SchoolYear(year.ending - 1)


def _weekdays(begin: date, days: int) -> Iterator[date]:
    day = begin
    for _ in range(days):
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


def days_off(year: SchoolYear) -> dict[date, tuple[DayType, str]]:
    """Holidays and staff days of the year, as a Californian district sets them."""
    fall, spring = year.ending - 1, year.ending
    off: dict[date, tuple[DayType, str]] = {}

    def put(kind: DayType, note: str, begin: date, days: int = 1) -> None:
        off.update(dict.fromkeys(_weekdays(begin, days), (kind, note)))

    thanksgiving = nth_weekday(fall, 11, 3, 4)
    christmas = date(fall, 12, 25)
    winter = christmas - timedelta(days=(christmas.weekday() + 1) % 7 - 1)
    spring_break = nth_weekday(spring, 4, 0, 1)
    put(DayType.STAFF_ONLY, "Staff preparation", first_taught(year) - timedelta(days=2), 2)
    put(DayType.HOLIDAY, "Labor Day", nth_weekday(fall, 9, 0, 1))
    put(DayType.STAFF_ONLY, "Staff development", nth_weekday(fall, 10, 0, 2))
    put(DayType.HOLIDAY, "Veterans Day", date(fall, 11, 11))
    put(DayType.HOLIDAY, "Thanksgiving", thanksgiving - timedelta(days=1), 3)
    put(DayType.HOLIDAY, "Winter break", winter, 14)
    put(DayType.STAFF_ONLY, "Staff development", winter + timedelta(days=14))
    put(DayType.HOLIDAY, "Martin Luther King Jr. Day", nth_weekday(spring, 1, 0, 3))
    put(DayType.HOLIDAY, "Lincoln Day", nth_weekday(spring, 2, 0, 2))
    put(DayType.HOLIDAY, "Presidents' Day", nth_weekday(spring, 2, 0, 3))
    put(DayType.STAFF_ONLY, "Staff development", nth_weekday(spring, 3, 4, 2))
    put(DayType.HOLIDAY, "Spring break", spring_break, 5)
    put(DayType.HOLIDAY, "Memorial Day", nth_weekday(spring, 6, 0, 1) - timedelta(days=7))
    return off


def closures(year: SchoolYear, seed: int, today: date, *, school: str = "") -> dict[date, str]:
    """Emergency closures that have happened before ``today``; those of one ``school`` when it is named.

    Nobody knows of an emergency beforehand: a later one is not in the calendar yet.
    """
    random = stream(seed, "closure", year.ending, school)
    begin = first_taught(year)
    if school:
        candidates = {begin + timedelta(days=19 + random.randrange(3)): "Closed: broken water main"}
    else:
        candidates = {
            begin + timedelta(days=42 + random.randrange(2)): "Closed: wildfire smoke",
            date(year.ending, 1, 27) + timedelta(days=random.randrange(14)): "Closed: storm, roads flooded",
        }
    off = days_off(year)
    shut: dict[date, str] = {}
    for day, note in candidates.items():
        while day in off or day.weekday() > 4:
            day += timedelta(days=1)
        if day < today:
            shut[day] = note
    return shut


def plan_year(year: SchoolYear, shut: Mapping[date, str]) -> YearPlan:
    """The year's weekdays, with closures; a closure after New Year is made up at the end of the year.

    Wednesdays and the last planned day are minimum days. A school month is four weeks, holidays inside,
    counted from the week of the first taught day.
    """
    off = days_off(year)
    first = first_taught(year)
    month_begin = first - timedelta(days=first.weekday())
    make_up = sum(day.year == year.ending for day in shut)
    days: list[SchoolDay] = []
    taught, day = 0, month_begin
    while taught < TAUGHT_DAYS + make_up:
        if day.weekday() < 5:
            kind, note = off.get(day, (DayType.TAUGHT, ""))
            if kind is DayType.TAUGHT:
                taught += 1
                kind, note = _taught_type(day, taught, shut)
            month = (day - month_begin).days // (7 * WEEKS_IN_SCHOOL_MONTH) + 1
            days.append(SchoolDay(day, kind, month, note))
        day += timedelta(days=1)
    return YearPlan(year, tuple(days))


def _taught_type(day: date, number: int, shut: Mapping[date, str]) -> tuple[DayType, str]:
    if day in shut:
        return DayType.CLOSURE, shut[day]
    if number > TAUGHT_DAYS:
        return DayType.MAKE_UP, "Makes up for the storm closure"
    if day.weekday() == WEDNESDAY or number == TAUGHT_DAYS:
        return DayType.MINIMUM, ""
    return DayType.TAUGHT, ""


def letters(plan: YearPlan, cycle: tuple[str, ...]) -> dict[date, str]:
    """The cycle letter of every taught day; a day that is not taught does not use one up.

    The cycle runs over the days as planned, so that a closure skips its own letter and shifts no other.
    """
    if not cycle:
        return dict.fromkeys(plan.taught, "")
    planned = [day for day in plan.days if day.day_type.taught or day.day_type is DayType.CLOSURE]
    return {day.day: cycle[place % len(cycle)] for place, day in enumerate(planned) if day.day_type.taught}


def sessions(plan: YearPlan) -> list[SessionRecord]:
    """The year, its two semesters and four quarters (grading periods), of the whole district."""
    days, ending = plan.taught, plan.year.ending
    second = next(place for place, day in enumerate(days) if day.year == ending)
    halves = ((0, second), (second, len(days)))
    year_key = f"sy{ending}"

    def session(key: str, name: str, kind: SessionKind, span: tuple[int, int], parent: str) -> SessionRecord:
        return SessionRecord(
            key=key,
            name=name,
            kind=kind,
            school_year=ending,
            parent=parent,
            begin=days[span[0]],
            end=days[span[1] - 1],
        )

    label = str(plan.year)
    rows = [session(year_key, f"School year {label}", SessionKind.SCHOOL_YEAR, (0, len(days)), "")]
    for number, (begin, end) in enumerate(halves, 1):
        half = f"{year_key}-s{number}"
        middle = (begin + end) // 2
        rows.append(session(half, f"Semester {number} {label}", SessionKind.SEMESTER, (begin, end), year_key))
        for quarter, span in enumerate(((begin, middle), (middle, end)), 2 * number - 1):
            rows.append(
                session(
                    f"{year_key}-q{quarter}",
                    f"Quarter {quarter} {label}",
                    SessionKind.GRADING_PERIOD,
                    span,
                    half,
                )
            )
    return rows
