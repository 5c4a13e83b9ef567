"""School years, semesters, grading periods, and one calendar for each school.

Ed-Fi 1.0 lets schools share dates and grading periods; here each school has its own. Where the
announced numbers of instructional days disagree with the dates, the dates are believed and the rest
is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from firstbell.exchange.rules.edfi_in.draft import Draft, key, school_year
from firstbell.formats.edfi.records import education as e
from firstbell.kernel.finding import error
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data import CalendarDayRecord, CalendarRecord, DayType, SessionKind, SessionRecord


def session(draft: Draft, record: e.Session) -> None:
    """A school's term, with the grading periods it lists."""
    year = school_year(record.school_year)
    if year is None or record.end < record.begin:
        draft.findings.append(
            error(
                "edfi.invalid_session",
                f"the session {record.term} of {record.school} has no school year as 2010-2011 or ends "
                "before it begins",
                "correct the session in the source",
                file=record.file,
                row=record.line,
            )
        )
        return
    kind = draft.words.look("terms", record.term, record.file, record.line)
    if not kind:
        return
    own = key(record.school, record.school_year, record.term)
    draft.add(
        "sessions",
        SessionRecord(
            key=own,
            name=record.term,
            kind=SessionKind(kind),
            school_year=year,
            begin=record.begin,
            end=record.end,
            school=record.school,
            parent=key(str(year)),
        ),
    )
    draft.set_aside("sessions", record)
    for period in record.grading_periods:
        _grading_period(draft, record, period, own, year)


def _grading_period(draft: Draft, record: e.Session, period: e.GradingPeriod, parent: str, year: int) -> None:
    own = key(record.school, record.school_year, period.name)
    if any(known.key == own for known in draft.roster.sessions or ()):
        return
    if period.end < period.begin:
        draft.findings.append(
            error(
                "edfi.invalid_session",
                f"the grading period {period.name} ends before it begins",
                "correct the grading period in the source",
                file=period.file,
                row=period.line,
            )
        )
        return
    draft.add(
        "sessions",
        SessionRecord(
            key=own,
            name=period.name,
            kind=SessionKind.GRADING_PERIOD,
            school_year=year,
            begin=period.begin,
            end=period.end,
            school=record.school,
            parent=parent,
        ),
    )


def calendar_date(draft: Draft, record: e.CalendarDate) -> None:
    """A date of every school's calendar."""
    word = draft.words.look("calendar_events", record.event, record.file, record.line)
    if word:
        draft.set_aside("dates", (record, DayType(word)))


def grading_period(draft: Draft, record: e.GradingPeriod) -> None:
    """A grading period; the sessions that list it give it to their schools."""
    draft.set_aside("grading_periods", record)


def finish(draft: Draft) -> None:
    """School years over the sessions, calendars of the schools, and what disagrees with them."""
    _school_years(draft)
    days = _dates(draft)
    _calendars(draft, days)
    _silence(draft, days)
    _session_totals(draft, days)
    _grading_period_lists(draft, days)


def _school_years(draft: Draft) -> None:
    sessions = draft.roster.sessions or []
    for year in sorted({record.school_year for record in sessions}):
        of_year = [record for record in sessions if record.school_year == year]
        sessions.insert(
            0,
            SessionRecord(
                key=key(str(year)),
                name=f"{year - 1}-{year}",
                kind=SessionKind.SCHOOL_YEAR,
                school_year=year,
                begin=min(record.begin for record in of_year),
                end=max(record.end for record in of_year),
            ),
        )


def _dates(draft: Draft) -> dict[date, DayType]:
    """What each date is. A date that stands twice with two meanings is told; the first is taken."""
    days: dict[date, DayType] = {}
    twice = []
    for record, day_type in draft.take_aside("dates"):
        if days.setdefault(record.day, day_type) is not day_type:
            twice.append({"day": record.day.isoformat(), "event": record.event})
    draft.tell(
        "calendar.date_twice",
        "{n} dates stand in the calendar with two meanings; the first was taken",
        "decide in the calendar what these dates are",
        twice,
    )
    return days


def _calendars(draft: Draft, days: dict[date, DayType]) -> None:
    years = sorted({SchoolYear.of(day).ending for day in days})
    for school in draft.roster.schools or ():
        for year in years:
            own = key(school.key, str(year))
            draft.add("calendars", CalendarRecord(key=own, school=school.key, school_year=year))
            for day in sorted(days):
                if SchoolYear.of(day).ending == year:
                    draft.add("calendar_days", CalendarDayRecord(calendar=own, day=day, day_type=days[day]))


def _silence(draft: Draft, days: dict[date, DayType]) -> None:
    """Ed-Fi tells absences only: up to the last day of its year a day without one was attended."""
    taught = [day for day, day_type in days.items() if day_type.taught]
    ends = [record.end for record in draft.roster.sessions or ()]
    draft.attendance.silent_through = max([*taught, *ends], default=None)


def _taught(days: dict[date, DayType], begin: date, end: date) -> int:
    return sum(1 for day, day_type in days.items() if begin <= day <= end and day_type.taught)


def _session_totals(draft: Draft, days: dict[date, DayType]) -> None:
    """Sessions that announce another number of instructional days than their dates hold."""
    rows = [
        {
            "session": key(record.school, record.school_year, record.term),
            "announced": str(record.instructional_days),
            "in the calendar": str(held),
        }
        for record in draft.take_aside("sessions")
        if record.instructional_days is not None
        and (held := _taught(days, record.begin, record.end)) != record.instructional_days
    ]
    draft.tell(
        "calendar.session_days",
        "{n} sessions announce another number of instructional days than the calendar has; "
        "the calendar is believed",
        "check the calendar, then correct the totals in the source",
        rows,
    )


def _grading_period_lists(draft: Draft, days: dict[date, DayType]) -> None:
    """Grading periods whose total, or whose list of dates, disagrees with their range."""
    draft.tell(
        "calendar.grading_period_days",
        "{n} grading periods announce or list another number of instructional days than their range "
        "has in the calendar; the calendar is believed",
        "check the calendar, then correct the grading periods in the source",
        _disagreeing(draft, days),
    )


def _disagreeing(draft: Draft, days: dict[date, DayType]) -> Iterator[dict[str, str]]:
    for record in draft.take_aside("grading_periods"):
        held = _taught(days, record.begin, record.end)
        listed = len({one.day for one in record.dates if days.get(one.day, DayType.HOLIDAY).taught})
        announced = record.instructional_days
        if (announced is not None and announced != held) or (record.dates and listed != held):
            yield {
                "grading period": record.name,
                "announced": "" if announced is None else str(announced),
                "listed": str(listed),
                "in the calendar": str(held),
            }


TAKES = {e.Session: session, e.GradingPeriod: grading_period, e.CalendarDate: calendar_date}
