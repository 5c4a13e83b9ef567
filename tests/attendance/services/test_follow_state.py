"""A school is counted by its own state's law, or told that it is not loaded; never by another's."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from firstbell.attendance import api
from firstbell.attendance.models import AttendanceSettings, PupilDayRow
from firstbell.attendance.testing import absent_on
from firstbell.kernel.finding import Refused
from firstbell.people.api import job_viewer
from firstbell.people.testing import TODAY, SmallDistrict
from firstbell.platform.models import AuditEntry

pytestmark = pytest.mark.django_db

JOB = job_viewer("import", TODAY)
#: three days of absence, the third on the last of thirty weekdays from 17 August (7 September is one of them)
GONE = [date(2026, 8, 18), date(2026, 9, 1), date(2026, 9, 25)]


@pytest.fixture
def texan(district: SmallDistrict) -> SmallDistrict:
    """North is a Texas school; its student was absent on three days, and so was one of South's."""
    for student in ("north-1", "south-1"):
        absent_on(district, [student], GONE)
    api.follow_state(JOB, [district.id("school", "north")], "TX")
    return district


def rows(district: SmallDistrict) -> dict[int, api.SchoolYearRow]:
    viewers = (district.viewer("staff", f"{school}-clerk") for school in ("north", "south"))
    return {row.school_id: row for viewer in viewers for row in api.schools_year(viewer, TODAY)}


def test_what_only_the_state_s_law_says_is_not_computed_by_another_state_s(texan: SmallDistrict) -> None:
    north, south = (rows(texan)[texan.id("school", key)] for key in ("north", "south"))
    assert (north.ada, north.truant) == (None, None)
    assert south.ada is not None
    assert south.truant == 1
    assert north.rate == south.rate


def test_days_are_derived_anew_without_the_other_state_s_occasions(texan: SmallDistrict) -> None:
    found = PupilDayRow.objects.filter(day__in=GONE).order_by("school", "day")
    by_school = {key: found.filter(school=texan.id("school", key)) for key in ("north", "south")}
    assert list(by_school["north"].values_list("occasions", flat=True)) == [0, 0, 0]
    assert list(by_school["south"].values_list("occasions", flat=True)) == [1, 1, 1]
    assert not by_school["north"].filter(state_day_present=True).exists()


@pytest.mark.parametrize(("through", "chronic"), [(GONE[-1], True), (date(2026, 9, 28), False)])
def test_chronic_absence_follows_the_federal_file(texan: SmallDistrict, through: date, chronic: bool) -> None:
    """FS195: at least 10 percent of the days enrolled, 10 days or more; 3 of 30, then 3 of 31."""
    school, student = texan.id("school", "north"), texan.id("student", "north-1")
    figures = api.year_figures([school], through, students=[student])
    (year,) = figures.students
    assert year.absent == Fraction(3)
    assert year.eligible
    assert year.chronic is chronic


def test_pages_say_which_rules_are_missing_and_how_to_load_them(texan: SmallDistrict) -> None:
    north, south = texan.id("school", "north"), texan.id("school", "south")
    (finding,) = api.unloaded_rules([north, south], TODAY)
    assert "Texas" in finding.message
    assert "docs/how-to/load-a-states-rules.md" in finding.next_step
    assert "us-tx.yaml" in finding.next_step
    assert api.unloaded_rules([south], TODAY) == []


def test_a_period_has_its_days_but_no_averages_and_is_not_closed(texan: SmallDistrict) -> None:
    clerk, school = texan.viewer("staff", "north-clerk"), texan.id("school", "north")
    report = api.period_report(clerk, school, "annual", school_year=2027)
    figures = report.figures
    assert figures.membership - figures.attended == 3
    averages = [figures, *figures.tracks, *figures.spans, *(s for t in figures.tracks for s in t.spans)]
    assert {(one.ada, one.adm) for one in averages} == {(None, None)}
    assert figures.truant is None
    assert any("Texas" in finding.message for finding in report.findings)
    with pytest.raises(Refused, match="Texas"):
        api.close_period(clerk, school, "annual", school_year=2027)


def test_no_letters_are_proposed_where_no_truancy_is_known(texan: SmallDistrict) -> None:
    case = api.case_page(texan.viewer("staff", "north-clerk"), texan.id("student", "north-1"))
    assert "Texas" in case.next_step
    assert not case.truant
    proposed = api.propose_letters(JOB, school_id=texan.id("school", "north"))
    assert proposed.proposed == 0


def test_a_day_shows_by_whose_convention_it_is_made(texan: SmallDistrict) -> None:
    day = api.student_day(texan.viewer("staff", "north-clerk"), texan.id("student", "north-1"), GONE[0])
    (source,) = [one for one in day.sources if one.parameter == "day_method"]
    assert "no rule of the state is loaded" in source.citation


def test_the_choice_is_recorded_once(texan: SmallDistrict) -> None:
    acts = AuditEntry.objects.filter(action="attendance.follow_state")
    assert acts.count() == 1
    (finding,) = api.follow_state(JOB, [texan.id("school", "north")], "TX")
    assert finding.code == "attendance.rules.not_loaded"
    assert acts.count() == 1
    assert AttendanceSettings.objects.count() == 1


def test_what_the_district_has_chosen_stays(district: SmallDistrict) -> None:
    north, south = district.id("school", "north"), district.id("school", "south")
    AttendanceSettings.objects.create(school_id=north, begin=date(2026, 7, 1), rules="us-nj")
    api.follow_state(JOB, [north, south], "TX")
    chosen = AttendanceSettings.objects.order_by("school").values_list("school_id", "rules")
    assert sorted(chosen) == [(north, "us-nj"), (south, "us-tx")]
    AttendanceSettings.objects.all().delete()
    AttendanceSettings.objects.create(begin=date(2026, 7, 1), rules="us-nj")
    assert api.follow_state(JOB, [north, south], "TX") == []
    assert list(AttendanceSettings.objects.values_list("school_id", "rules")) == [(None, "us-nj")]


@pytest.mark.parametrize(("state", "said"), [("", "does not tell"), ("AP", "'AP'")])
def test_a_state_that_is_not_known_is_told_until_somebody_says_it(
    district: SmallDistrict, state: str, said: str
) -> None:
    schools = [district.id("school", key) for key in ("north", "south")]
    (finding,) = api.follow_state(JOB, schools, state)
    assert said in finding.message
    assert "--state" in finding.next_step
    assert not AttendanceSettings.objects.exists()
    assert api.follow_state(JOB, schools, "CA") == []
    assert api.follow_state(JOB, schools, state) == []
