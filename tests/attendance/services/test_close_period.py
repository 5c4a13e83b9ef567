"""A closed period prints the same for ever; a correction makes an amended version with its reasons."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from firstbell.attendance import api
from firstbell.attendance.data import ApportionmentPeriod, Mark
from firstbell.attendance.models import AttendanceLock, RollWaiver
from firstbell.attendance.testing import absent_on
from firstbell.kernel.exact import half_up
from firstbell.kernel.finding import Refused
from firstbell.people.models import CalendarDate, SchoolEnrollment
from firstbell.people.testing import BEGIN, SmallDistrict
from firstbell.platform.access import NotAllowed, NotVisible
from firstbell.platform.testing import viewer_with

pytestmark = pytest.mark.django_db

YEAR = 2027
P1 = ApportionmentPeriod.P1
#: four school months of four weeks end by 31 December: 17 August to 4 December
LAST = date(2026, 12, 4)
TAUGHT = 80
GONE = [date(2026, 9, 1), date(2026, 9, 2), date(2026, 10, 5)]


@pytest.fixture
def numbered(district: SmallDistrict) -> SmallDistrict:
    """School months numbered, closing months set, three absences, no roll outstanding, 10 December."""
    rows = list(CalendarDate.objects.all())
    for row in rows:
        row.school_month = (row.day - BEGIN).days // 28 + 1
    CalendarDate.objects.bulk_update(rows, ["school_month"])
    for period, month in ((P1, 4), (ApportionmentPeriod.P2, 8)):
        api.set_closing_month(viewer_with("state_reporting"), YEAR, period, month)
    absent_on(district, ["north-1"], GONE)
    district.today = date(2026, 12, 10)
    missing = api.missing_since(office(district), district.today)
    RollWaiver.objects.bulk_create(
        RollWaiver(section_id=one.section_id, day=one.day, slot=one.slot, reason="before our time")
        for one in missing
    )
    return district


def office(district: SmallDistrict):
    return district.viewer("staff", "north-clerk")


def close(district: SmallDistrict, period: str = P1, **more: str) -> int:
    school = district.id("school", "north")
    return api.close_period(office(district), school, period, school_year=YEAR, **more)


def live(district: SmallDistrict, period: str = P1):
    school = district.id("school", "north")
    return api.period_report(office(district), school, period, school_year=YEAR)


def test_the_figures_of_p1_are_the_pupil_days_by_the_days_taught(numbered):
    figures = live(numbered).figures
    assert (figures.begin, figures.through) == (BEGIN, LAST)
    assert figures.tracks[0].days_taught == TAUGHT
    assert (figures.membership, figures.attended) == (6 * TAUGHT, 6 * TAUGHT - 3)
    assert figures.ada == half_up(Fraction(6 * TAUGHT - 3, TAUGHT), 2) == Decimal("5.96")
    assert figures.adm == Decimal("6.00")
    assert [(span.span, span.ada) for span in figures.spans] == [("9-12", Decimal("5.96"))]
    assert figures.rate == Fraction(477, 480)
    assert (figures.truant, figures.eligible, figures.chronic) == (1, 6, 0)
    assert {source.parameter for source in figures.sources} >= {"day_method", "truant_occasions"}


def test_a_closed_period_prints_the_same_for_ever(numbered):
    lock = close(numbered)
    before = api.closed_report(office(numbered), lock)
    assert (before.version, before.locked_by) == (1, "north-clerk")
    assert before.figures == live(numbered).figures
    student = numbered.id("student", "north-1")
    with pytest.raises(Refused) as refused:
        api.office_mark_day(office(numbered), student, GONE[0], "V")
    assert refused.value.findings[0].code == "attendance.locked"
    api.office_mark_day(office(numbered), student, GONE[0], "V", reason="was at a match")
    assert api.closed_report(office(numbered), lock) == before
    assert live(numbered).figures.attended == 478
    rows = api.periods(office(numbered), before.figures.school_id, school_year=YEAR)
    states = {one.period: one for one in rows}
    assert (states[P1].versions, states[P1].stale, states[P1].ada) == ((1,), True, Decimal("5.96"))
    assert (states["month 1"].versions, states["month 1"].over) == ((), True)
    assert not states[ApportionmentPeriod.ANNUAL].over


def test_a_correction_makes_an_amended_version_with_what_changed_and_why(numbered):
    lock = close(numbered)
    with pytest.raises(Refused, match="reason"):
        api.amend_period(office(numbered), lock, " ")
    assert api.amend_period(office(numbered), lock, "checked again") == lock, "nothing changed"
    student = numbered.id("student", "north-1")
    api.office_mark_day(office(numbered), student, GONE[0], "V", reason="was at a match")
    amended = api.amend_period(office(numbered), lock, "audit of September")
    report = api.closed_report(office(numbered), amended)
    assert (report.version, report.figures.ada) == (2, Decimal("5.98"))
    assert report.reason == "audit of September"
    assert [(one.student, one.before, one.after, one.reasons) for one in report.changes] == [
        ("Learner-north, First1", "77 of 80 days, 9-12", "78 of 80 days, 9-12", ("was at a match",))
    ]
    assert api.closed_report(office(numbered), lock).figures.ada == Decimal("5.96")
    with pytest.raises(Refused, match="newer version"):
        api.amend_period(office(numbered), lock, "again")


def test_an_enrollment_that_changes_afterwards_makes_an_amendment_too(numbered):
    lock = close(numbered)
    left = date(2026, 10, 30)
    SchoolEnrollment.objects.filter(student=numbered.id("student", "north-2")).update(exit=left)
    report = api.closed_report(office(numbered), api.amend_period(office(numbered), lock, "late news"))
    span = [BEGIN + timedelta(days=n) for n in range((left - BEGIN).days + 1)]
    days = sum(day.weekday() < 5 for day in span)
    assert report.figures.membership == 5 * TAUGHT + days
    assert [one.after for one in report.changes] == [f"{days} of {days} days, 9-12"]


def test_a_figure_walks_down_to_its_students(numbered):
    lock = close(numbered)
    school = numbered.id("school", "north")
    rows = api.period_students(office(numbered), school, P1, school_year=YEAR)
    assert [(name, row.membership, row.lost) for row, name in rows][:2] == [
        ("Learner-north, First0", 80, 0),
        ("Learner-north, First1", 80, 3),
    ]
    figures = live(numbered).figures
    assert sum(row.membership - row.lost for row, _ in rows) == figures.attended
    assert api.period_students(office(numbered), school, P1, school_year=YEAR, lock_id=lock) == rows


def test_a_teacher_cannot_write_a_closed_day_and_the_office_only_with_a_reason(numbered):
    close(numbered)
    sent = (numbered.id("section", "north-x1"), LAST, numbered.id("period", "north-p1"), {})
    for viewer in (numbered.viewer("staff", "north-teacher"), office(numbered)):
        with pytest.raises(Refused) as refused:
            api.submit_roll(viewer, *sent)
        assert [finding.code for finding in refused.value.findings] == ["attendance.locked"]
    with pytest.raises(Refused):
        api.submit_roll(numbered.viewer("staff", "north-teacher"), *sent, reason="forgotten")
    api.submit_roll(office(numbered), *sent, reason="the paper roll was found")
    mark = {numbered.id("student", "north-3"): Mark("A")}
    api.submit_roll(office(numbered), *sent[:3], mark, based_on=1, reason="misread")
    assert AttendanceLock.objects.get().stale


def test_missing_rolls_need_a_reason(numbered):
    RollWaiver.objects.filter(day=LAST).delete()
    with pytest.raises(Refused, match="2 rolls of the period were never taken"):
        close(numbered)
    lock = close(numbered, reason="the building was without power")
    assert api.closed_report(office(numbered), lock).figures.rolls_missing == 2


def test_a_period_closes_once_and_only_when_it_is_over(numbered):
    with pytest.raises(Refused, match="runs through"):
        close(numbered, ApportionmentPeriod.P2)
    close(numbered)
    with pytest.raises(Refused, match="is closed"):
        close(numbered)
    close(numbered, "month 1")
    with pytest.raises(Refused, match="is closed"):
        api.set_closing_month(viewer_with("state_reporting"), YEAR, P1, 3)


def test_without_stored_months_figures_are_a_proposal_and_cannot_be_closed(district):
    district.today = date(2026, 12, 10)
    report = live(district)
    assert {finding.column for finding in report.findings} == {"school_month", "closing_month"}
    assert report.figures.through == LAST, "four weeks a month, the last full one before 31 December"
    with pytest.raises(Refused) as refused:
        close(district)
    assert {finding.column for finding in refused.value.findings} == {"school_month", "closing_month"}


def test_who_may_see_and_who_may_close(numbered):
    school = numbered.id("school", "north")
    chief = numbered.viewer("staff", "superintendent")
    for viewer in (chief, viewer_with("state_reporting")):
        report = api.period_report(viewer, school, P1, school_year=YEAR)
        assert report.figures.ada == Decimal("5.96")
    assert api.period_students(chief, school, P1, school_year=YEAR) == []
    with pytest.raises(NotAllowed):
        api.close_period(chief, school, P1, school_year=YEAR)
    with pytest.raises(NotAllowed):
        api.set_closing_month(office(numbered), YEAR, P1, 3)
    for key in ("south-clerk", "north-teacher"):
        with pytest.raises(NotVisible):
            api.period_report(numbered.viewer("staff", key), school, P1, school_year=YEAR)
        with pytest.raises(NotVisible):
            api.close_period(numbered.viewer("staff", key), school, P1, school_year=YEAR)
    lock = api.close_period(
        viewer_with("state_reporting", today=numbered.today), school, P1, school_year=YEAR
    )
    with pytest.raises(NotVisible):
        api.closed_report(numbered.viewer("staff", "south-clerk"), lock)
