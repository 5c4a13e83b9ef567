"""What pages show of attendance: schools beside their usual, students to watch, a student's calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count

from firstbell.attendance.data import CalendarCell, SchoolAttendance
from firstbell.attendance.models import DayAttendance, PupilDayRow, RollSubmission, SectionAttendance
from firstbell.attendance.rules.rule_set import house_rules
from firstbell.attendance.rules.year import StudentYear
from firstbell.attendance.selectors.roll_tallies import RollTally, roll_tallies
from firstbell.attendance.selectors.setup import code_table
from firstbell.attendance.selectors.year import daily_rates, year_figures
from firstbell.kernel.date_span import DateSpan
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.api import (
    names_of,
    school_days,
    schools_in_scope,
    students_in_scope,
    taught_days_of,
)
from firstbell.platform.access import DataClass, NotVisible, Viewer

USUAL_WEEKS = 4


def schools_today(
    viewer: Viewer, day: date, *, past: Mapping[int, Mapping[date, tuple[int, int]]] | None = None
) -> list[SchoolAttendance]:
    """Each school of the viewer on ``day``: in session or not, absent beside the usual, rolls in and due.

    The usual is the mean of the same weekday over the last weeks in session, out of ``past`` where the
    caller has kept the ``daily_rates`` of those weeks. A constant number of queries, all of them counts.
    """
    schools = list(schools_in_scope(viewer, DataClass.ATTENDANCE).values_list("id", flat=True))
    days = school_days(schools, day)
    earliest = day - timedelta(weeks=USUAL_WEEKS)
    rates = daily_rates(schools, earliest if past is None else day, day)
    if past is not None:
        for school, kept in rates.items():
            kept |= {other: pair for other, pair in past.get(school, {}).items() if earliest <= other < day}
    tallies = roll_tallies(days, day, viewer.today)
    found = []
    for school in schools:
        info = days[school]
        tally = tallies.get(school) or RollTally()
        enrolled, absent = rates[school].get(day, (0, 0))
        found.append(
            SchoolAttendance(
                school_id=school,
                school=info.school,
                in_session=info.in_session,
                note=info.note or ("" if info.in_session else _why(info.day_type)),
                enrolled=enrolled,
                absent=absent,
                rate=1 - Fraction(absent, enrolled) if enrolled and info.in_session else None,
                usual=_usual(rates[school], day),
                rolls_expected=tally.expected,
                rolls_taken=tally.taken,
                rolls_late=tally.late,
            )
        )
    return sorted(found, key=lambda row: row.school)


def _why(day_type: object) -> str:
    return str(getattr(day_type, "value", "")).replace("_", " ") or "no school day"


def _usual(days: dict[date, tuple[int, int]], day: date) -> Fraction | None:
    same = [
        1 - Fraction(absent, enrolled)
        for other, (enrolled, absent) in days.items()
        if other < day and other.weekday() == day.weekday() and enrolled
    ]
    return sum(same, Fraction(0)) / len(same) if same else None


@dataclass(frozen=True, slots=True)
class SchoolYearRow:
    """A school's year so far; ``ada`` and ``truant`` are None where its rules do not say."""

    school_id: int
    school: str
    enrolled: int
    ada: Decimal | None
    rate: Fraction | None
    chronic_rate: Fraction | None
    chronic: int
    eligible: int
    truant: int | None


def schools_year(viewer: Viewer, through: date) -> list[SchoolYearRow]:
    """Each school of the viewer in the school year of ``through``: ADA, rate, chronic absence, truancy."""
    schools = dict(schools_in_scope(viewer, DataClass.ATTENDANCE).values_list("id", "name"))
    figures = year_figures(schools, through)
    averages = figures.ada()
    rows = []
    for school, name in schools.items():
        mine = [s for s in figures.students if s.school_id == school]
        member = sum(s.membership for s in mine)
        counted = [s for s in mine if s.eligible]
        rows.append(
            SchoolYearRow(
                school_id=school,
                school=name,
                enrolled=sum(s.enrolled_now for s in mine),
                ada=averages.get(school),
                rate=1 - sum((s.absent for s in mine), Fraction(0)) / member if member else None,
                chronic_rate=Fraction(sum(bool(s.chronic) for s in counted), len(counted))
                if counted
                else None,
                chronic=sum(bool(s.chronic) for s in counted),
                eligible=len(counted),
                truant=figures.truants(school),
            )
        )
    return sorted(rows, key=lambda row: row.school)


@dataclass(frozen=True, slots=True)
class WatchRow:
    """A student to watch: days absent of days expected, the band, truancy occasions."""

    student_id: int
    name: str
    grade: str
    absent: Fraction
    expected: Fraction
    rate: Fraction
    band: str
    chronic: bool | None
    occasions: int
    truant: bool
    enrolled_now: bool


def watch_list(
    viewer: Viewer, through: date, *, school_id: int, bands: Iterable[str] = ("severe", "chronic", "at_risk")
) -> list[WatchRow]:
    """Students of a school in these early-warning bands, the most absent first. Raises NotVisible.

    Only students whose attendance the viewer may read; leavers stay in.
    """
    if not schools_in_scope(viewer, DataClass.ATTENDANCE).filter(pk=school_id).exists():
        raise NotVisible
    readable = set(
        students_in_scope(viewer, DataClass.ATTENDANCE, field="history").values_list("id", flat=True)
    )
    house = house_rules()
    wanted = set(bands)
    figures = year_figures([school_id], through)
    found: list[tuple[StudentYear, str]] = []
    for student in figures.students:
        if student.student_id in readable and (band := student.band(house)) in wanted:
            found.append((student, str(band)))
    names = names_of([student.student_id for student, _ in found])
    rows = [
        WatchRow(
            student_id=s.student_id,
            name=names.get(s.student_id, ""),
            grade=s.grade,
            absent=s.absent,
            expected=s.summary.expected,
            rate=s.absent / s.summary.expected,
            band=band,
            chronic=s.chronic,
            occasions=s.occasions,
            truant=s.truant,
            enrolled_now=s.enrolled_now,
        )
        for s, band in found
    ]
    return sorted(rows, key=lambda row: (-row.rate, row.name))


@dataclass(frozen=True, slots=True)
class StudentAttendance:
    """A student's school year so far."""

    school_year: int
    cells: tuple[CalendarCell, ...]
    absent: Fraction
    expected: Fraction
    rate: Fraction | None
    band: str | None
    chronic: bool
    tardies: int
    occasions: int
    truant: bool


def student_attendance(viewer: Viewer, student_id: int, through: date) -> StudentAttendance:
    """A student's calendar and counts in the school year of ``through``. Raises NotVisible."""
    if not students_in_scope(viewer, DataClass.ATTENDANCE, field="history").filter(pk=student_id).exists():
        raise NotVisible
    year = SchoolYear.of(through)
    days = taught_days_of(student_id, year.span.begin, year.span.end or through)
    schools = {school for school, _ in days}
    mine = year_figures(schools, through, students=[student_id]).students
    absent = sum((s.absent for s in mine), Fraction(0))
    expected = sum((s.summary.expected for s in mine), Fraction(0))
    best = max(mine, key=lambda s: s.membership, default=None)
    cells, tardies = _cells(student_id, [day for _, day in days], through, year.span)
    return StudentAttendance(
        school_year=year.ending,
        cells=cells,
        absent=absent,
        expected=expected,
        rate=absent / expected if expected else None,
        band=best.band(house_rules()) if best else None,
        chronic=any(bool(s.chronic) for s in mine),
        tardies=tardies,
        occasions=sum(s.occasions for s in mine),
        truant=any(s.truant for s in mine),
    )


def _cells(
    student_id: int, days: list[date], through: date, span: DateSpan
) -> tuple[tuple[CalendarCell, ...], int]:
    """One cell a taught day, with the codes behind it."""
    codes = {code.code: code for code in code_table()}
    derived = {
        row.day: row
        for row in PupilDayRow.objects.filter(student=student_id, day__range=(span.begin, span.end))
    }
    said: dict[date, list[str]] = {}
    tardies = 0
    for day, slot_code, office, minutes in SectionAttendance.objects.filter(
        student=student_id, day__range=(span.begin, span.end)
    ).values_list("day", "teacher_code", "office_code", "minutes_late"):
        code = codes.get(office or slot_code)
        if code is None or code.default:
            continue
        tardies += code.tardy
        said.setdefault(day, []).append(f"{code.title()}{f' {minutes} min' if minutes else ''}")
    for day, code_text in DayAttendance.objects.filter(
        student=student_id, day__range=(span.begin, span.end)
    ).values_list("day", "office_code"):
        code = codes.get(code_text)
        said.setdefault(day, []).insert(0, f"{code.title() if code else code_text} (office, whole day)")
    cells = []
    for day in sorted(set(days)):
        row = derived.get(day)
        code = codes.get(row.code) if row else None
        if day > through and row is None:
            kind = "future"
        elif row is None or code is None or code.default:
            kind = "present"
        elif not row.state_day_present:
            kind = "absent"
        elif row.fraction_n == row.fraction_d:
            kind = "tardy" if code.tardy or code.left_early else "present"
        else:
            kind = "partial"
        cells.append(
            CalendarCell(
                day=day,
                kind=kind,
                code=row.code if row and kind != "present" else "",
                title=code.title() if code and kind not in ("present", "future") else "",
                detail="; ".join(dict.fromkeys(said.get(day, []))),
            )
        )
    return tuple(cells), tardies


def roll_counts(viewer: Viewer, day: date) -> dict[str, int]:
    """Rolls taken on ``day`` at the viewer's schools, and students marked absent."""
    schools = schools_in_scope(viewer, DataClass.ATTENDANCE).values("id")
    taken = RollSubmission.objects.filter(day=day, section__school__in=schools)
    absent = PupilDayRow.objects.filter(day=day, school__in=schools, state_day_present=False)
    return taken.aggregate(rolls=Count("id")) | absent.aggregate(absent=Count("student", distinct=True))
