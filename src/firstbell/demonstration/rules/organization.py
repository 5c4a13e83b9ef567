"""The district's agencies, schools, sessions, calendars and bells as roster records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from firstbell.demonstration.rules.bells import bell_schedules, periods
from firstbell.demonstration.rules.calendar import YearPlan, closures, letters, plan_year, sessions
from firstbell.demonstration.rules.chance import stream
from firstbell.demonstration.rules.families import street_address
from firstbell.demonstration.rules.shape import Level, SchoolPlan, Shape
from firstbell.demonstration.rules.vocabulary import places
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data import (
    AgencyKind,
    AgencyRecord,
    CalendarDayRecord,
    CalendarRecord,
    Roster,
    SchoolRecord,
)

#: the state's number of a district that no state gave a number to
DISTRICT_NUMBER = "9999999"


@dataclass(frozen=True)
class Plans:
    """The year of the district and of every school (by key) as known on a day."""

    district: YearPlan
    schools: dict[str, YearPlan]


def plans(shape: Shape, year: SchoolYear, seed: int, today: date) -> Plans:
    """The plans of a year; one elementary school also had a closure of its own."""
    shut = closures(year, seed, today)
    common = plan_year(year, shut)
    elementary = shape.of(Level.ELEMENTARY)
    unlucky = elementary[stream(seed, "water main").randrange(len(elementary))]
    own = plan_year(year, shut | closures(year, seed, today, school=unlucky.key))
    return Plans(common, {school.key: own if school is unlucky else common for school in shape.schools})


def organize(roster: Roster, shape: Shape, known: Plans, seed: int) -> None:
    """Fill the lists of ``roster`` that speak of places and times."""
    roster.agencies = list(_agencies())
    random = stream(seed, "school addresses")
    roster.schools = [
        SchoolRecord(
            key=school.key,
            name=school.name,
            agency="district",
            state_id=f"{DISTRICT_NUMBER}{7_000_001 + place}",
            short_name=" ".join(school.name.split()[:2]),
            level=school.level.value.title(),
            grades=school.grades,
            address=f"{street_address(random)}, {places()['district']['city']}",
            phone=f"({places()['district']['area_code']}) 555-01{place % 100:02d}",
        )
        for place, school in enumerate(shape.schools)
    ]
    roster.sessions = sessions(known.district)
    ending = known.district.year.ending
    roster.calendars = [
        CalendarRecord(key=f"{school.key}-cal", school=school.key, school_year=ending, name="Traditional")
        for school in shape.schools
    ]
    roster.calendar_days = [
        day for school in shape.schools for day in _calendar_days(school, known.schools[school.key])
    ]
    roster.periods = [period for school in shape.schools for period in periods(school)]
    roster.bell_schedules = [bell for school in shape.schools for bell in bell_schedules(school)]


def _agencies() -> Iterator[AgencyRecord]:
    words = places()
    for kind in (AgencyKind.STATE, AgencyKind.COUNTY):
        row = words["agencies"][kind.value]
        yield AgencyRecord(
            key=row["key"],
            name=row["name"],
            kind=kind,
            short_name=row["short"],
            parent="" if kind is AgencyKind.STATE else words["agencies"]["state"]["key"],
        )
    town = words["district"]
    yield AgencyRecord(
        key="district",
        name=town["name"],
        kind=AgencyKind.DISTRICT,
        state_id=DISTRICT_NUMBER,
        short_name=town["short"],
        parent=words["agencies"]["county"]["key"],
        website=town["website"],
    )


def _calendar_days(school: SchoolPlan, plan: YearPlan) -> Iterator[CalendarDayRecord]:
    letter = letters(plan, school.cycle)
    for day in plan.days:
        yield CalendarDayRecord(
            calendar=f"{school.key}-cal",
            day=day.day,
            day_type=day.day_type,
            cycle_letter=letter.get(day.day, ""),
            school_month=day.month,
            note=day.note,
        )
