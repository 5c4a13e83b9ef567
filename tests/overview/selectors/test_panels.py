"""Each panel says what is, what is usual, and what waits for whom; to those whose matter it is."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from firstbell.attendance.models import AttendanceSettings
from firstbell.attendance.testing import take_roll
from firstbell.exchange.models import ImportRun
from firstbell.overview import api
from firstbell.overview.data import Bridge, Panel
from firstbell.overview.selectors.panels import panels
from firstbell.people.models import RoleGrant, SchoolEnrollment, SectionEnrollment, StaffAssignment
from firstbell.people.testing import TODAY, SmallDistrict
from firstbell.platform.access import POLICY
from firstbell.platform.models import Account, Job
from firstbell.platform.testing import viewer_with

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)
COUNTS = {"attendance_today", "attendance_trend", "chronic_absence"}


@pytest.fixture(autouse=True)
def _at_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten o'clock on the small district's day: both periods have begun a while ago."""
    now = timezone.make_aware(datetime.combine(TODAY, time(10, 0)))
    real = timezone.localtime
    monkeypatch.setattr("django.utils.timezone.localtime", lambda value=None: real(value) if value else now)


def keys(bridge: Bridge) -> set[str]:
    return {panel.key for panel in bridge.panels}


def panel(bridge: Bridge, key: str) -> Panel:
    return next(panel for panel in bridge.panels if panel.key == key)


def test_every_file_of_the_folder_is_a_panel_with_its_own_place() -> None:
    found = panels().values()
    assert len({module.ORDER for module in found}) == len(found) >= 8
    assert all(callable(module.opens) and callable(module.panel) for module in found)


@pytest.mark.parametrize(
    ("key", "seen"),
    [
        ("chief", {*COUNTS, "roster_problems", "imports", "jobs", "sign_ins", "installation"}),
        ("superintendent", {*COUNTS, "roster_problems", "jobs", "sign_ins", "installation"}),
        ("north-principal", {*COUNTS, "roster_problems"}),
        ("north-clerk", COUNTS),
        ("north-registrar", {*COUNTS, "roster_problems"}),
        ("north-teacher", set()),
        ("north-counselor", set()),
    ],
)
def test_panels_are_for_those_whose_matter_they_are(
    district: SmallDistrict, key: str, seen: set[str]
) -> None:
    viewer = district.viewer("staff", key)
    assert keys(api.bridge(viewer)) == seen
    for name in panels():
        found = api.bridge_panel(viewer, name)
        assert (found.key if found else "") == (name if name in seen else "")


def test_no_role_of_a_family_has_a_bridge() -> None:
    for role in ("student", "eligible_student", "guardian", "board_member"):
        assert not api.has_bridge(viewer_with(role))
    assert {role for role in POLICY.roles if api.has_bridge(viewer_with(role, school_id=1))} >= {
        "technology_chief",
        "superintendent",
        "system_administrator",
        "business_office",
        "principal",
    }


def test_attendance_is_claimed_only_as_far_as_rolls_are_in(district: SmallDistrict) -> None:
    before = panel(api.bridge(district.viewer("staff", "chief")), "attendance_today")
    here, rolls, session = before.tiles
    assert (here.value, here.usual) == ("–", "no roll is in yet")
    assert (rolls.value, rolls.unit) == ("4", "late; 0 of 4 in")
    assert (session.value, session.unit) == ("2", "of 2")
    take_roll(district, "north-x1", {"north-1": "A", "north-2": "A"})
    take_roll(district, "north-x2", {"north-1": "A"})
    here, rolls, _ = panel(api.bridge(district.viewer("staff", "chief")), "attendance_today").tiles
    # six at north; north-1 was absent all day, north-2 for half of it: one is absent by the state's rule
    assert (here.value, here.unit) == ("83.3\N{NO-BREAK SPACE}%", "5 of 6 here")
    assert here.usual == "usual for a Tuesday: 100.0\N{NO-BREAK SPACE}%"
    assert here.tone == "bad"
    assert (rolls.value, rolls.unit) == ("2", "late; 2 of 4 in")


def test_late_rolls_are_told_with_the_school_s_clerk(district: SmallDistrict) -> None:
    take_roll(district, "north-x1")
    late = [one for one in api.bridge(district.viewer("staff", "chief")).waiting if "late roll" in one.words]
    first, second = late
    assert first.words == "2 late rolls at South School"
    assert [(who.name, who.post) for who in first.whose] == [("Clerk South", "Clerk")]
    assert second.words == "1 late roll at North School"


def test_a_principal_s_figures_are_those_of_the_building(district: SmallDistrict) -> None:
    shown = panel(api.bridge(district.viewer("staff", "north-principal")), "attendance_today")
    assert [row.school for row in shown.rows] == ["North School"]
    trend = panel(api.bridge(district.viewer("staff", "north-principal")), "attendance_trend")
    assert all(point.share == 1 for point in trend.trend)


def test_chronic_absence_is_told_once_it_was_counted(district: SmallDistrict) -> None:
    chief = district.viewer("staff", "chief")
    assert panel(api.bridge(chief), "chronic_absence").lede.startswith("Not counted yet")
    AttendanceSettings.objects.create(school=None, begin=TODAY - timedelta(days=200), back_post_days=90)
    for back in range(60):  # north-0 was absent on every school day of the last weeks
        day = TODAY - timedelta(days=back)
        if day.weekday() < 5:
            take_roll(district, "north-x1", {"north-0": "A"}, day=day)
            take_roll(district, "north-x2", {"north-0": "A"}, day=day)
    api.refresh_year(TODAY)
    shown = panel(api.bridge(chief), "chronic_absence")
    assert shown.tiles[0].unit == "1 of 12"
    assert shown.tiles[0].value == "8.3\N{NO-BREAK SPACE}%"
    assert [row.school for row in shown.rows] == ["North School", "South School"]
    south = panel(api.bridge(district.viewer("staff", "south-principal")), "chronic_absence")
    assert south.tiles[0].unit == "0 of 6"


def test_problems_of_the_roster_name_the_registrar(district: SmallDistrict) -> None:
    SectionEnrollment.objects.filter(student=district.id("student", "south-1")).update(
        end=TODAY - timedelta(1)
    )
    chief = district.viewer("staff", "chief")
    told = [one for one in api.bridge(chief).waiting if "no section" in one.words]
    assert [one.words for one in told] == ["1 student is in no section today at South School"]
    assert [who.name for who in told[0].whose] == ["Registrar South"]
    north = api.bridge(district.viewer("staff", "north-registrar"))
    assert not [one for one in north.waiting if "no section" in one.words]


def test_a_held_import_waits_until_a_later_one_is_applied(district: SmallDistrict) -> None:
    chief = district.viewer("staff", "chief")
    held = {"format": "oneroster", "source": "sis", "started_at": timezone.now(), "file_name": "a.zip"}
    ImportRun.objects.create(**held, state="held")
    told = [one for one in api.bridge(chief).waiting if "import" in one.words]
    assert [(one.tone, one.place.route if one.place else "") for one in told] == [("bad", "import_run")]
    ImportRun.objects.create(**held, state="applied", finished_at=timezone.now())
    assert not [one for one in api.bridge(chief).waiting if "import" in one.words]
    assert panel(api.bridge(chief), "imports").facts[0][0] == "sis"


def test_failed_jobs_wait_until_they_ran_again(district: SmallDistrict) -> None:
    now = timezone.now()
    job = {"name": "x", "label": "X", "created_at": now, "finished_at": now}
    Job.objects.create(**job, state="failed")
    chief = district.viewer("staff", "chief")
    assert any("failed since yesterday" in one.words for one in api.bridge(chief).waiting)
    Job.objects.create(**job, state="done")
    assert not any("failed since yesterday" in one.words for one in api.bridge(chief).waiting)


def test_sign_ins_without_a_second_factor_are_those_whose_role_demands_one(district: SmallDistrict) -> None:
    for key in ("chief", "north-registrar", "north-teacher"):
        district.account("staff", key)
    tile = panel(api.bridge(district.viewer("staff", "chief")), "sign_ins").tiles[0]
    assert (tile.value, tile.unit) == ("2", "of 2 who need one")
    RoleGrant.objects.create(account=district.account("student", "north-0"), role="auditor", begin=TODAY)
    StaffAssignment.objects.filter(staff__account__username="staff-north-registrar").update(
        end=TODAY - timedelta(days=1)
    )
    Account.objects.filter(username="staff-north-teacher").update(is_active=False)
    assert panel(api.bridge(district.viewer("staff", "chief")), "sign_ins").tiles[0].value == "2"


def test_a_chain_that_does_not_hold_is_told_at_once(district: SmallDistrict) -> None:
    chief = district.viewer("staff", "chief")
    facts = dict(panel(api.bridge(chief), "installation").facts)
    assert facts["Audit chain"] == "not verified yet"
    now = timezone.now()
    Job.objects.create(
        name="audit.verify",
        label="",
        state="done",
        created_at=now,
        finished_at=now,
        result={"holds": False, "rows": 9, "findings": [{}]},
    )
    assert any("does not hold" in one.words and one.tone == "bad" for one in api.bridge(chief).waiting)


def test_an_empty_district_leads_those_who_set_it_up(db: Any) -> None:
    shown = api.bridge(viewer_with("technology_chief"))
    assert shown.panels == ()
    assert [step.done for step in shown.steps] == [False] * 4
    assert "firstbell import oneroster" in shown.steps[1].command
    assert api.bridge(viewer_with("principal")).steps == ()


def test_what_is_kept_is_counted_anew_by_the_clock_and_after_an_import(district: SmallDistrict) -> None:
    chief = district.viewer("staff", "chief")
    api.bridge(chief)
    SchoolEnrollment.objects.filter(student=district.id("student", "north-0")).update(status="secondary")
    SectionEnrollment.objects.filter(student=district.id("student", "north-1")).update(
        end=TODAY - timedelta(1)
    )
    assert not any("no section" in one.words for one in api.bridge(chief).waiting)
    assert api.refresh_figures(TODAY)["problems"] == 1
    assert any("no section" in one.words for one in api.bridge(chief).waiting)
