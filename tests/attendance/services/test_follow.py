"""Days follow what other rooms say; the nightly proof finds a stored day that does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from firstbell.attendance import api, tasks
from firstbell.attendance.data import ProblemKind
from firstbell.attendance.models import (
    AttendanceLock,
    DayAttendance,
    PupilDayRow,
    RecomputeRequest,
    SectionAttendance,
)
from firstbell.attendance.testing import absent_on, letter_settings
from firstbell.people.api import drop_from_section, job_viewer, withdraw
from firstbell.people.data import CalendarDayChanged
from firstbell.people.models import CalendarDate
from firstbell.people.testing import BEGIN, TODAY
from firstbell.platform.access import NotAllowed, NotVisible
from firstbell.platform.events import publish
from firstbell.platform.jobs import Run
from firstbell.platform.models import Job

pytestmark = pytest.mark.django_db

JOB = job_viewer("attendance:test", TODAY)
DAYS = [date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 18)]


def stored() -> list[date]:
    return list(PupilDayRow.objects.order_by("day").values_list("day", flat=True))


def test_days_after_an_exit_are_no_days_of_the_student(district):
    absent_on(district, ["north-1"], DAYS)
    registrar = district.viewer("staff", "north-registrar")
    AttendanceLock.objects.create(
        school_id=district.id("school", "north"), school_year=2027, begin=BEGIN, through=TODAY, name="P-1"
    )
    withdraw(registrar, district.id("student", "north-1"), last_day=DAYS[0], exit_code="T160")
    assert stored() == DAYS[:1]
    assert AttendanceLock.objects.get().stale, "membership of a closed period changed"


def test_leaving_a_section_leaves_the_other_periods(district):
    absent_on(district, ["north-1"], DAYS[:1])
    assert PupilDayRow.objects.get().scheduled_tenths == 1000
    drop_from_section(
        district.viewer("staff", "north-registrar"),
        district.id("student", "north-1"),
        district.id("section", "north-x2"),
        last_day=DAYS[0] - timedelta(days=3),
    )
    assert PupilDayRow.objects.get().scheduled_tenths == 500


def test_a_known_absence_of_a_period_follows_the_student_out_of_a_section(district):
    student, slot = district.id("student", "north-1"), district.id("period", "north-p2")
    clerk = district.viewer("staff", "north-clerk")
    api.enter_known_absence(clerk, student, TODAY, TODAY + timedelta(days=2), "H", periods=[slot])
    assert SectionAttendance.objects.count() == 3
    section = district.id("section", "north-x2")
    drop_from_section(district.viewer("staff", "north-registrar"), student, section, last_day=TODAY)
    assert list(SectionAttendance.objects.values_list("day", flat=True)) == [TODAY]


def test_a_calendar_that_changed_has_its_days_derived_anew_by_a_job(district):
    absent_on(district, ["north-1"], DAYS)
    CalendarDate.objects.filter(day=DAYS[1]).update(day_type="holiday")
    publish(CalendarDayChanged(district.id("school", "north"), DAYS[0]))
    assert (stored(), RecomputeRequest.objects.count()) == (DAYS, 1)
    assert Job.objects.get(name="attendance.recompute")
    assert tasks.recompute(Run(0, None)) == {"schools": 1, "days": 1}
    assert stored() == [DAYS[0], DAYS[2]]
    assert not RecomputeRequest.objects.exists()


def test_the_proof_holds_and_finds_a_stored_day_that_is_wrong_missing_or_too_many(district):
    absent_on(district, ["north-1", "north-2"], DAYS)
    assert api.prove_days(JOB) == {"schools": 2, "compared": 6, "differing": 0}
    clerk = district.viewer("staff", "north-clerk")
    assert ProblemKind.DAYS_DIFFER not in {one.kind for one in api.attendance_problems(clerk)}
    rows = list(PupilDayRow.objects.order_by("pk"))
    PupilDayRow.objects.filter(pk=rows[0].pk).update(earns_ada=True)
    rows[1].delete()
    PupilDayRow.objects.filter(pk=rows[2].pk).update(day=date(2026, 11, 19))
    found = api.prove_days(JOB)
    assert (found["differing"], PupilDayRow.objects.count()) == (4, 5), "told, not mended"
    problem = next(one for one in api.attendance_problems(clerk) if one.kind is ProblemKind.DAYS_DIFFER)
    assert (problem.count, problem.school) == (4, "North School")
    assert api.mend_days(clerk, district.id("school", "north")) == 4
    assert api.prove_days(JOB)["differing"] == 0


def test_who_may_mend(district):
    school = district.id("school", "north")
    with pytest.raises(NotVisible):
        api.mend_days(district.viewer("staff", "south-clerk"), school)
    with pytest.raises(NotAllowed):
        api.mend_days(district.viewer("staff", "superintendent"), school)


def test_what_waits_is_told_by_school_and_kind_without_any_student(district):
    letter_settings()
    absent_on(district, ["north-1"], DAYS)
    clerk = district.viewer("staff", "north-clerk")
    api.propose_letters(clerk)
    parent = district.viewer("contact", "c-north-2")
    api.report_absence(parent, district.id("student", "north-2"), TODAY, TODAY, "fever")
    chief = district.viewer("staff", "chief")
    kinds = {(one.school, one.kind): one for one in api.attendance_problems(chief)}
    assert kinds["North School", ProblemKind.LETTERS_WAIT].sentence == "1 letters wait for review"
    assert kinds["North School", ProblemKind.REPORTS_WAIT].count == 1
    assert kinds["North School", ProblemKind.DAYS_UNPROVEN].since is None
    assert kinds["South School", ProblemKind.ROLLS_MISSING].count == 20
    assert {one.school for one in api.attendance_problems(district.viewer("staff", "south-clerk"))} == {
        "South School"
    }
    assert api.attendance_problems(parent) == []
    assert not any("Learner" in one.sentence for one in kinds.values())


def test_a_day_office_word_of_a_leaver_is_kept_but_counts_no_more(district):
    student = district.id("student", "north-1")
    api.office_mark_day(district.viewer("staff", "north-clerk"), student, DAYS[2], "E")
    withdraw(district.viewer("staff", "north-registrar"), student, last_day=DAYS[0], exit_code="T160")
    assert (stored(), DayAttendance.objects.count()) == ([], 1)
