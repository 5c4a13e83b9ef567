"""A demonstration is built once, whole, in an empty home; who may enter sees what the role opens."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client

from firstbell.attendance.api import (
    attendance_counts,
    board,
    missing_since,
    rolls_of_viewer,
    schools_today,
    schools_year,
    watch_list,
)
from firstbell.attendance.models import (
    AttendanceChange,
    DayAttendance,
    KnownAbsenceRow,
    RollSubmission,
    SectionAttendance,
)
from firstbell.attendance.services.recompute import recompute_schools
from firstbell.demonstration.api import (
    Life,
    build_demonstration,
    demonstration,
    is_empty,
    name_personas_again,
)
from firstbell.demonstration.models import DemonstrationDistrict
from firstbell.people.api import people_counts, students_in_scope, viewer_for
from firstbell.people.models import School, Staff, Student, Substitution
from firstbell.platform.access import DataClass
from firstbell.platform.audit import verify

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/Los_Angeles")
TUESDAY = datetime(2026, 11, 24, 10, 40, tzinfo=ZONE)
STUDENTS = 160


@pytest.fixture
def home(settings, tmp_path):
    """A home of its own, where the sign-in page looks."""
    settings.HOME = tmp_path
    settings.FIRSTBELL_BIND = "127.0.0.1"
    settings.ALLOWED_HOSTS = ["*"]
    return tmp_path


def build(now: datetime = TUESDAY, students: int = STUDENTS):
    return build_demonstration(students, 1, now, lambda share, what: None)


#: table -> columns that do not depend on when the test ran
TABLES = {
    "people_student": "local_id, state_id, first_name, last_name",
    "people_schoolenrollment": 'student_id, school_id, entry, "exit", exit_code, grade',
    "people_sectionenrollment": 'student_id, section_id, "begin", "end"',
    "people_substitution": "section_id, staff_id, acting_for_id, day",
    "attendance_sectionattendance": "student_id, section_id, day, slot, teacher_code, office_code, "
    "teacher_at, teacher_by, acting_for, minutes_late, minutes_early, office_at",
    "attendance_dayattendance": "student_id, day, office_code, office_by",
    "attendance_rollsubmission": "section_id, day, slot, submitted_at, by_name, enrolled, absent, tardy",
    "attendance_pupildayrow": "student_id, day, category, code, occasions, complete, present_tenths",
}
#: column -> the table whose ids it holds; ids count from the first, because a sequence may go on
IDS = {
    "student_id": "people_student",
    "school_id": "people_school",
    "section_id": "people_section",
    "staff_id": "people_staff",
    "acting_for_id": "people_staff",
    "slot": "people_classperiod",
}


def content() -> dict[str, list[str]]:
    """Everything that the demonstration wrote, in an order of its own."""
    found = {}
    with connection.cursor() as cursor:
        for table, columns in TABLES.items():
            for column, target in IDS.items():
                columns = re.sub(rf"\b{column}\b", f"{column} - (SELECT MIN(id) FROM {target})", columns)
            cursor.execute(f"SELECT {columns} FROM {table}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def test_an_empty_home_becomes_a_district(home):
    assert is_empty()
    heard = []
    build_demonstration(STUDENTS, 1, TUESDAY, lambda share, what: heard.append(share))
    assert heard == sorted(heard)
    assert heard[0] == 0
    assert heard[-1] == 1
    assert not is_empty()
    mark = demonstration()
    assert (mark.students, mark.seed, mark.known_on) == (STUDENTS, 1, date(2026, 11, 24))
    counts = people_counts() | attendance_counts()
    for kind in ("students", "sections", "attendance_events", "roll_submissions", "pupil_days"):
        assert counts[kind] > 0, kind
    assert verify() == []


def test_a_build_that_fails_leaves_nothing(home, monkeypatch):
    monkeypatch.setattr("firstbell.demonstration.services.build.recompute_schools", lambda ids: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        build()
    assert is_empty()
    assert demonstration() is None
    assert not (home / "demonstration.json").exists()


def test_derived_days_are_those_of_a_recomputation(home):
    build()
    assert recompute_schools(School.objects.values_list("id", flat=True)) == 0


def test_every_persona_enters_with_one_click_and_sees_a_page(home):
    who = build()
    assert json.loads((home / "demonstration.json").read_text())[0]["username"] == who[0].username
    local = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000"}
    for persona in who:
        client = Client()
        page = client.get("/accounts/login/", **local).content.decode()
        assert persona.name in page
        entered = client.post("/accounts/demonstration/", {"username": persona.username}, **local)
        assert entered["Location"] == "/"
        assert client.get("/", follow=True, **local).status_code == 200
        account = get_user_model().objects.get(username=persona.username)
        assert account.is_demonstration
        assert not account.has_usable_password()


def viewers(who):
    accounts = {account.username: account for account in get_user_model().objects.all()}
    return {persona.role_label: viewer_for(accounts[persona.username], TUESDAY.date()) for persona in who}


def test_personas_hold_the_main_roles_and_reach_what_the_roles_open(home):
    who = build()
    by_label = viewers(who)
    roles = {held.role for viewer in by_label.values() for held in viewer.roles}
    assert roles >= {
        "technology_chief",
        "superintendent",
        "registrar",
        "attendance_clerk",
        "principal",
        "counselor",
        "case_manager",
        "nurse",
        "teacher",
        "substitute",
        "guardian",
        "student",
        "eligible_student",
        "state_reporting",
        "privacy_officer",
    }
    reach = {
        label: students_in_scope(viewer, DataClass.DIRECTORY).count() for label, viewer in by_label.items()
    }
    assert reach["Registrar"] > reach["Counselor"] >= 1
    assert reach["Student"] == reach["Student of 18"] == 1
    assert reach["Superintendent"] == 0
    guardian = next(label for label in reach if label.endswith("students"))
    assert reach[guardian] >= 2
    barred = next(persona for persona in who if "court" in persona.does)
    assert reach[barred.role_label] == 0
    assert by_label[barred.role_label].roles == ()


def test_all_staff_have_accounts_that_open_with_nothing_but_the_personas_click(home):
    who = build()
    accounts = get_user_model().objects.all()
    assert Staff.objects.filter(account=None).count() == 0
    assert accounts.count() == Staff.objects.count() + sum(one.kind != "staff" for one in who)
    assert not any(account.has_usable_password() for account in accounts)
    assert accounts.filter(is_demonstration=True).count() == len(who)
    factors = Authenticator.objects.values_list("user_id", flat=True)
    assert 0 < len(factors) < accounts.count()
    assert not accounts.filter(is_demonstration=True, pk__in=factors).exists()
    assert accounts.filter(last_login=None).exists()


def test_the_offices_pages_have_something_true_to_say(home, monkeypatch):
    who = build(students=900)
    monkeypatch.setattr("firstbell.attendance.selectors.board.timezone.localtime", lambda: TUESDAY)
    viewer = viewers(who)["Attendance Clerk"]
    states = [meeting.state for meeting in board(viewer, TUESDAY.date())]
    assert {"taken", "later"} <= set(states)
    assert states.count("taken") > states.count("late") + states.count("due")
    today = schools_today(viewer, TUESDAY.date())
    assert all(row.in_session and row.rolls_taken < row.rolls_expected for row in today)
    assert all(0.88 < float(row.usual) < 0.99 for row in today)
    year = schools_year(viewer, TUESDAY.date())
    assert all(0.9 < float(row.rate) < 0.97 and row.chronic for row in year)
    school = today[0].school_id
    assert watch_list(viewer, TUESDAY.date(), school_id=school)
    chief = viewers(who)["Chief Technology Officer"]
    assert missing_since(chief, TUESDAY.date())
    assert KnownAbsenceRow.objects.filter(state="reported").exists()
    assert DayAttendance.objects.filter(known_absence__isnull=False, day__gt=TUESDAY.date()).exists()


def test_the_substitute_of_today_has_rolls_of_today(home, monkeypatch):
    who = build()
    monkeypatch.setattr("firstbell.attendance.selectors.board.timezone.localtime", lambda: TUESDAY)
    viewer = viewers(who)["Substitute Teacher"]
    assert viewer.holds("substitute")
    assert rolls_of_viewer(viewer, TUESDAY.date())
    assert Substitution.objects.filter(day__gt=TUESDAY.date()).exists()


def test_the_same_size_and_seed_write_the_same_rows_and_a_day_lived_is_a_day_built(home):
    """Built on Monday and lived on in three steps: the same words as built on Tuesday."""
    moments = [
        datetime(2026, 11, 16, 9, 0, tzinfo=ZONE),
        datetime(2026, 11, 16, 13, 0, tzinfo=ZONE),
        datetime(2026, 11, 17, 8, 40, tzinfo=ZONE),
        datetime(2026, 11, 17, 15, 30, tzinfo=ZONE),
    ]
    with transaction.atomic():
        build(moments[0])
        for now in moments[1:]:
            life = Life.of(now)
            assert life.go_on(now) > 0
            assert life.go_on(now) == 0
        lived = content()
        assert demonstration().filled_to == moments[-1]
        transaction.set_rollback(True)
    assert is_empty()
    build(moments[-1])
    built = content()
    assert {table: len(rows) for table, rows in lived.items()} == {
        table: len(rows) for table, rows in built.items()
    }
    assert lived == built


def test_what_somebody_said_meanwhile_stays(home):
    """A roll taken and a word changed by hand are left alone when the day goes on."""
    build(datetime(2026, 11, 24, 8, 0, tzinfo=ZONE))
    evening = datetime(2026, 11, 24, 21, 0, tzinfo=ZONE)
    plan = Life.of(evening)
    school = next(iter(plan.year.found.schools))
    word = next(event for event in plan.year.load(school, plan.year.until() - 1).events if event.section)
    roll = RollSubmission.objects.create(
        section_id=plan.keys("section", word.section),
        day=word.day,
        slot=plan.keys("period", word.period),
        submitted_at=evening,
        account_id=1,
        by_name="somebody",
    )
    other = next(
        event
        for key in plan.year.found.schools
        for event in plan.year.load(key, plan.year.until() - 1).events
        if event.student != word.student and event.day == evening.date()
    )
    AttendanceChange.objects.create(
        student_id=plan.keys("student", other.student), day=other.day, at=evening, side="office"
    )
    assert Life.of(evening).go_on(evening) > 0
    roll.refresh_from_db()
    assert roll.by_name == "somebody"
    assert not SectionAttendance.objects.filter(
        section=roll.section_id, day=roll.day, slot=roll.slot
    ).exists()
    spared = plan.keys("student", other.student)
    assert not SectionAttendance.objects.filter(student=spared, day=other.day).exists()
    assert SectionAttendance.objects.filter(day=other.day).exists()


def test_a_demonstration_of_last_year_rests(home):
    build()
    assert Life.of(TUESDAY).go_on(datetime(2027, 9, 1, 9, 0, tzinfo=ZONE)) == 0
    assert demonstration().filled_to == TUESDAY


def test_at_night_and_on_days_off_nobody_speaks(home):
    """Thanksgiving weekend: what is filled on Tuesday evening stands until Monday morning."""
    evening = datetime(2026, 11, 24, 19, 30, tzinfo=ZONE)
    build(evening)
    for now in (
        datetime(2026, 11, 24, 23, 0, tzinfo=ZONE),
        datetime(2026, 11, 26, 10, 0, tzinfo=ZONE),
        datetime(2026, 11, 30, 5, 0, tzinfo=ZONE),
    ):
        assert Life.of(now).go_on(now) == 0
        assert demonstration().filled_to == evening
    monday = datetime(2026, 11, 30, 9, 0, tzinfo=ZONE)
    assert Life.of(monday).go_on(monday) > 0
    assert demonstration().filled_to == monday


def test_a_demonstration_of_another_version_rests(home):
    build()
    DemonstrationDistrict.objects.update(plan="another")
    assert Life.of(TUESDAY) is None


def test_there_is_no_life_without_a_demonstration():
    assert Life.of(TUESDAY) is None


def test_a_lost_file_of_personas_is_written_again(home):
    build()
    path = home / "demonstration.json"
    before = path.read_text()
    path.unlink()
    name_personas_again()
    assert path.read_text() == before


def test_a_student_or_an_account_makes_a_home_not_empty():
    assert is_empty()
    get_user_model().objects.create(username="somebody")
    assert not is_empty()
    get_user_model().objects.all().delete()
    Student.objects.create(first_name="A", last_name="B", sourced_id="0" * 32)
    assert not is_empty()
