"""A school's page: its calendar of the year, its bells, and which bells ring on a day and why.

Calendars and bells are public facts of a school: whoever signs in may read them. How many students
there are is for those who may count them.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from firstbell.kernel.grade_level import GradeLevel
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data.places import (
    BellChoice,
    BellRow,
    BellTimes,
    CalendarDayRow,
    DayOfSchool,
    SchoolPage,
    SchoolRow,
)
from firstbell.people.data.words import DayType
from firstbell.people.models import (
    BellSchedule,
    BellTimeRow,
    Calendar,
    CalendarDate,
    School,
    SchoolEnrollment,
)
from firstbell.people.selectors.school_day import resolve_bell
from firstbell.people.selectors.scope import schools_in_scope, sections_in_scope
from firstbell.people.selectors.viewer import running
from firstbell.platform.access import DataClass, NotVisible, Viewer


def school_rows(viewer: Viewer) -> list[SchoolRow]:
    """Every school, with its day today and, where the viewer may count them, its students. Four queries."""
    counted = set(schools_in_scope(viewer, DataClass.ENROLLMENT).values_list("pk", flat=True))
    enrolled = dict(
        SchoolEnrollment.objects.filter(
            running(viewer.today, "entry", "exit"), superseded_at=None, school__in=counted
        )
        .order_by()
        .values_list("school")
        .annotate(n=Count("student", distinct=True))
    )
    today = {
        school: (day_type, note)
        for school, day_type, note in CalendarDate.objects.filter(day=viewer.today)
        .order_by("-calendar__track")
        .values_list("calendar__school_id", "day_type", "note")
    }
    rows = []
    for school in School.objects.filter(ended_on=None).order_by("name"):
        day_type, note = today.get(school.pk, (None, ""))
        rows.append(
            SchoolRow(
                id=school.pk,
                name=school.name,
                grades=grade_span(school.grades),
                students=enrolled.get(school.pk, 0) if school.pk in counted else None,
                day_type=DayType(day_type) if day_type else None,
                note=note,
            )
        )
    return rows


def grade_span(grades: list[str]) -> str:
    """``K–5``; empty where the grades are not known."""
    if not grades:
        return ""
    levels = sorted((GradeLevel(grade) for grade in grades), key=lambda grade: grade.ordinal)
    return levels[0].short if len(levels) == 1 else f"{levels[0].short}–{levels[-1].short}"


def school_page(viewer: Viewer, school_id: int, day: date, *, track: str = "", grade: str = "") -> SchoolPage:
    """The school's year in which ``day`` lies, of a track (the first one when not given), and its bells.

    Raises NotVisible for a school that is not there. A constant number of queries.
    """
    school = School.objects.filter(pk=school_id, ended_on=None).first()
    if school is None:
        raise NotVisible
    year = SchoolYear.of(day)
    calendars = list(Calendar.objects.filter(school=school, school_year=year.ending).order_by("track"))
    calendar = next((one for one in calendars if one.track == track), calendars[0] if calendars else None)
    dates = list(CalendarDate.objects.filter(calendar=calendar).order_by("day")) if calendar else []
    bells = list(BellSchedule.objects.filter(school=school, ended_on=None).order_by("name"))
    return SchoolPage(
        id=school.pk,
        name=school.name,
        grades=grade_span(school.grades),
        levels=tuple(GradeLevel(one) for one in school.grades),
        address=school.address,
        phone=school.phone,
        year=year,
        track=calendar.track if calendar else "",
        tracks=tuple(one.track for one in calendars),
        days=tuple(
            CalendarDayRow(row.day, DayType(row.day_type), row.cycle_letter, row.note) for row in dates
        ),
        bells=_bells(bells),
        chosen=_chosen(bells, dates, day, grade),
        may_write=schools_in_scope(viewer, DataClass.ENROLLMENT, write=True).filter(pk=school.pk).exists(),
        lists_sections=sections_in_scope(viewer, DataClass.ENROLLMENT, field="section")
        .filter(school=school)
        .exists(),
    )


def _bells(bells: list[BellSchedule]) -> tuple[BellTimes, ...]:
    times: dict[int, list[BellRow]] = {}
    for row in BellTimeRow.objects.filter(bell_schedule__in=bells).select_related("period"):
        times.setdefault(row.bell_schedule_id, []).append(
            BellRow(row.period.name, row.begin, row.end, row.minutes)
        )
    return tuple(
        BellTimes(bell.pk, bell.name, _applies(bell), tuple(times.get(bell.pk, ()))) for bell in bells
    )


def _applies(bell: BellSchedule) -> str:
    """To which days and grades a bell schedule applies, in words."""
    parts = [
        " or ".join(DayType(one).label.lower() for one in bell.day_types),
        f"letter {' or '.join(bell.letters)}" if bell.letters else "",
        f"grade {' or '.join(GradeLevel(one).short for one in bell.grades)}" if bell.grades else "",
    ]
    return ", ".join(part for part in parts if part) or "every day and grade"


def _chosen(bells: list[BellSchedule], dates: list[CalendarDate], day: date, grade: str) -> DayOfSchool:
    """What the day is, and each bell schedule with why it rings or not."""
    row = next((one for one in dates if one.day == day), None)
    day_type = DayType(row.day_type) if row else None
    letter = row.cycle_letter if row else ""
    taught = day_type is not None and day_type.taught
    chosen = resolve_bell(bells, row.day_type if row else None, letter, grade or None) if taught else None
    choices = []
    for bell in bells if taught else []:
        misfit = [
            words
            for fits, words in (
                (not bell.day_types or (row is not None and row.day_type in bell.day_types), "day type"),
                (not bell.letters or letter in bell.letters, "cycle letter"),
                (not bell.grades or not grade or grade in bell.grades, "grade"),
            )
            if not fits
        ]
        if bell == chosen:
            why = f"fits best: made for {_applies(bell)}"
        elif misfit:
            why = f"does not fit the {' and the '.join(misfit)}: made for {_applies(bell)}"
        else:
            why = "fits, but another is made more exactly for this day"
        choices.append(BellChoice(bell.pk, bell.name, bell == chosen, why))
    return DayOfSchool(day, day_type, letter, row.note if row else "", tuple(choices))


def day_of_school(viewer: Viewer, school_id: int, day: date) -> list[tuple[str, CalendarDayRow | None]]:
    """What ``day`` is on each track of the school, for one who may change it. Raises NotVisible."""
    if not schools_in_scope(viewer, DataClass.ENROLLMENT, write=True).filter(pk=school_id).exists():
        raise NotVisible
    calendars = Calendar.objects.filter(school=school_id, school_year=SchoolYear.of(day).ending)
    rows = {
        row.calendar_id: CalendarDayRow(row.day, DayType(row.day_type), row.cycle_letter, row.note)
        for row in CalendarDate.objects.filter(calendar__in=calendars, day=day)
    }
    return [(one.track, rows.get(one.pk)) for one in calendars.order_by("track")]
