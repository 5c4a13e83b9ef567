"""Organizations, sessions, courses and sections."""

from __future__ import annotations

from datetime import date

from firstbell.exchange.rules.oneroster_in.draft import made_key
from firstbell.exchange.rules.sds_in.draft import Draft
from firstbell.exchange.rules.sds_in.facts import Class, Course, Org
from firstbell.kernel.grade_level import GradeLevel
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data import (
    AgencyKind,
    AgencyRecord,
    CourseOfferingRecord,
    CourseRecord,
    MeetingRecord,
    PeriodRecord,
    SchoolRecord,
    SectionRecord,
    SessionKind,
    SessionRecord,
)

#: keys of what the files do not name
MADE_DISTRICT = "made:district"
MADE_YEAR = "made:year:"


def write(draft: Draft) -> None:
    """Everything that is no person's."""
    _orgs(draft)
    _sessions(draft)
    _courses(draft)
    _sections(draft)


# organizations -------------------------------------------------------------------------------------


def _orgs(draft: Draft) -> None:
    words = draft.table["orgs"]
    orgs = {org.key: org for org in draft.facts.orgs}
    agencies: dict[str, AgencyKind] = {}
    for org in draft.facts.orgs:
        word = draft.word(org.kind)
        if word in words["schools"]:
            draft.schools.add(org.key)
        elif word in words["agencies"]:
            agencies[org.key] = AgencyKind(words["agencies"][word])
        else:
            draft.warn(
                "semantic.org_type_unplaced",
                f"an organization of type {org.kind[:40]} has no place here and was passed over",
                "nothing to do, unless people or sections belong to it",
                file=org.file,
                row=org.row,
                column="type",
            )
    for key, kind in agencies.items():
        above = _above(orgs[key].parent, orgs, agencies)
        draft.add("agencies", AgencyRecord(key=key, name=orgs[key].name, kind=kind, parent=above))
    districts = [key for key, kind in agencies.items() if kind is AgencyKind.DISTRICT]
    for key in (org.key for org in draft.facts.orgs if org.key in draft.schools):
        agency = _above(orgs[key].parent, orgs, agencies)
        if not agency:
            agency = districts[0] if len(districts) == 1 else _made_district(draft)
        draft.add("schools", _school(draft, orgs[key], agency))


def _above(key: str, orgs: dict[str, Org], agencies: dict[str, AgencyKind]) -> str:
    """The nearest agency from ``key`` upwards."""
    seen: set[str] = set()
    while key in orgs and key not in seen:
        if key in agencies:
            return key
        seen.add(key)
        key = orgs[key].parent
    return ""


def _made_district(draft: Draft) -> str:
    if not any(agency.key == MADE_DISTRICT for agency in draft.roster.agencies or ()):
        name = str(draft.table["orgs"]["made_district"])
        draft.add("agencies", AgencyRecord(key=MADE_DISTRICT, name=name, kind=AgencyKind.DISTRICT))
        draft.warn(
            "sds.no_district",
            f"the files name no district above the schools; one was made and called {name}",
            "nothing to do; send orgs.csv with the district to name it",
        )
    return MADE_DISTRICT


def _school(draft: Draft, org: Org, agency: str) -> SchoolRecord:
    low, high = (draft.grade(text) for text in org.grades)
    grades: tuple[GradeLevel, ...] = ()
    if low and high:
        grades = tuple(level for level in GradeLevel if low.ordinal <= level.ordinal <= high.ordinal)
    return SchoolRecord(
        key=org.key,
        name=org.name,
        agency=agency,
        state_id=org.number,
        grades=grades,
        address=org.address,
        phone=org.phone,
    )


# sessions ------------------------------------------------------------------------------------------


def _sessions(draft: Draft) -> None:
    if draft.roster.sessions is None:
        return
    words = draft.table["sessions"]
    known = {session.key for session in draft.facts.sessions}
    for session in draft.facts.sessions:
        if session.begin is None or session.end is None:
            continue
        kind = SessionKind(words.get(draft.word(session.kind), words["otherwise"]))
        draft.add(
            "sessions",
            SessionRecord(
                key=session.key,
                name=session.title,
                kind=kind,
                school_year=session.year or SchoolYear.of(session.begin).ending,
                begin=session.begin,
                end=session.end,
                parent=session.parent if session.parent in known and session.parent != session.key else "",
            ),
        )
    if any(not found.sessions for found in draft.facts.classes):
        _made_year(draft)
    draft.first = min((record.begin for record in draft.roster.sessions), default=None)


def _made_year(draft: Draft) -> None:
    """The school year of today, for sections that name no term."""
    year = SchoolYear.of(draft.today)
    span = year.span
    draft.add(
        "sessions",
        SessionRecord(
            key=f"{MADE_YEAR}{year.ending}",
            name=year.label,
            kind=SessionKind.SCHOOL_YEAR,
            school_year=year.ending,
            begin=span.begin,
            end=span.end or span.begin,
        ),
    )
    number = sum(1 for found in draft.facts.classes if not found.sessions)
    draft.warn(
        "sds.no_term",
        f"{number} sections name no term with dates; they were put into the school year {year.label}",
        "nothing to do where they meet now; else send the terms with their dates",
    )


# courses and sections ------------------------------------------------------------------------------


def _courses(draft: Draft) -> None:
    if draft.roster.courses is None:
        return
    schools: dict[str, set[str]] = {}
    for found in draft.facts.classes:
        schools.setdefault(found.course, set()).add(found.org)
    years = {record.key: record.school_year for record in draft.roster.sessions or ()}
    for key, course in draft.facts.courses.items():
        draft.add("courses", _course(draft, key, course, schools.get(key, set()), years))


def _course(draft: Draft, key: str, course: Course, schools: set[str], years: dict[str, int]) -> CourseRecord:
    """A course belongs to the school that it names, or to the only one whose sections name it."""
    school = course.org or (next(iter(schools)) if len(schools) == 1 else "")
    grade = draft.grade(course.grade)
    return CourseRecord(
        key=key,
        title=course.title,
        code=course.code,
        school=school if school in draft.schools else "",
        subject=course.subject,
        school_year=years.get(course.year),
        grades=(grade,) if grade else (),
        description=course.description,
    )


def _sections(draft: Draft) -> None:
    roster = draft.roster
    if roster.sections is None:
        return
    sessions: dict[str, date] = {record.key: record.begin for record in roster.sessions or ()}
    offerings: dict[str, CourseOfferingRecord] = {}
    periods: dict[tuple[str, str], str] = {}
    year = f"{MADE_YEAR}{SchoolYear.of(draft.today).ending}"
    for found in draft.facts.classes:
        if found.org not in draft.schools:
            _not_at_a_school(draft, found)
            continue
        terms = [key for key in found.sessions if key in sessions] or [year]
        if terms[0] not in sessions:
            continue  # its term was refused
        draft.sections[found.key] = (found.org, min(sessions[key] for key in terms))
        own = made_key(found.course, found.org, terms[0])
        offerings.setdefault(
            own, CourseOfferingRecord(key=own, course=found.course, school=found.org, session=terms[0])
        )
        draft.add(
            "sections",
            SectionRecord(
                key=found.key,
                offering=own,
                code=found.code,
                title=found.title,
                meetings=tuple(
                    MeetingRecord(period=periods.setdefault((found.org, name), made_key(found.org, name)))
                    for name in dict.fromkeys(found.periods)
                ),
                sessions=tuple(terms) if len(terms) > 1 else (),
            ),
        )
    roster.course_offerings = list(offerings.values())
    roster.periods = _periods(periods)


def _periods(periods: dict[tuple[str, str], str]) -> list[PeriodRecord]:
    """Periods of each school in the order of their numbers."""
    found: list[PeriodRecord] = []
    orders: dict[str, int] = {}
    for (school, name), key in sorted(periods.items(), key=lambda item: _by_number(*item[0])):
        orders[school] = orders.get(school, 0) + 1
        found.append(PeriodRecord(key=key, school=school, name=name, order=orders[school]))
    return found


def _by_number(school: str, name: str) -> tuple[str, int, str]:
    return school, int(name) if name.isascii() and name.isdigit() and len(name) < 9 else 0, name


def _not_at_a_school(draft: Draft, found: Class) -> None:
    draft.refuse(
        "semantic.org_type_mismatch",
        "the section belongs to an organization that is no school",
        "name the school in orgSourcedId, or correct the organization's type",
        file=found.file,
        row=found.row,
        column="orgSourcedId",
    )
