"""What each page costs the database: written down, and the same for many rows as for few."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from firstbell.attendance import api
from firstbell.attendance.testing import absent_on
from firstbell.people.testing import TODAY, small_district
from tests.attendance.web.conftest import signed_in
from tests.attendance.web.test_roll import address, form_of

pytestmark = pytest.mark.django_db
BUDGET = Path(__file__).parents[1] / "query_counts.json"


@dataclass
class Page:
    """A page as one of its users opens it."""

    path: str
    key: str
    kind: str = "staff"


def pages(district):
    """Every page of the room with an address that opens."""
    student = f"/attendance/students/{district.id('student', 'north-1')}/"
    school = f"/attendance/schools/{district.id('school', 'north')}/"
    return {
        "rolls": Page("/attendance/", "north-teacher"),
        "roll": Page(address(district), "north-teacher"),
        "board": Page("/attendance/board/", "chief"),
        "missing_rolls": Page("/attendance/missing/", "chief"),
        "conflicts": Page("/attendance/contradictions/", "north-clerk"),
        "counter": Page("/attendance/counter/?q=nobody", "north-clerk"),
        "known_absences": Page("/attendance/absences/", "north-clerk"),
        "enter_absence": Page(f"{student}absence/", "north-clerk"),
        "report_absence": Page(f"{student}report/", "c-north-1", "contact"),
        "student_attendance": Page(student, "north-clerk"),
        "student_day": Page(f"{student}{TODAY}/", "north-clerk"),
        "schools_attendance": Page("/attendance/schools/", "chief"),
        "school_attendance": Page(school, "north-principal"),
        "watch_list": Page(f"{school}watch/", "north-principal"),
        "school_periods": Page(f"{school}periods/", "north-principal"),
        "school_period": Page(f"{school}periods/annual/", "north-principal"),
        "period_students": Page(f"{school}periods/annual/students/", "north-principal"),
        "letters": Page("/attendance/letters/", "north-clerk"),
    }


def measured(students, sections):
    api.ensure_codes()
    district = small_district(students=students, sections=sections)
    absent_on(district, [f"north-{n}" for n in range(1, students, 2)], [TODAY])
    clerk = district.viewer("staff", "north-clerk")
    for n in range(0, students, 3):
        api.enter_known_absence(clerk, district.id("student", f"north-{n}"), TODAY, TODAY, "H")
    found = {}
    for name, page in pages(district).items():
        client = signed_in(district, page.kind, page.key)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.path).status_code == 200, name
        found[name] = len(queries)
    return found


@pytest.mark.parametrize(("students", "sections"), [(6, 2), (40, 7)])
def test_pages_cost_what_is_written_down(students, sections):
    assert measured(students, sections) == {
        name: count for name, count in json.loads(BUDGET.read_text()).items() if not name.startswith("POST ")
    }


@pytest.mark.parametrize("size", [10, 200])
def test_a_roll_costs_the_same_for_ten_students_and_for_two_hundred(size):
    api.ensure_codes()
    district = small_district(students=size, sections=1)
    teacher = signed_in(district, "staff", "north-teacher")
    budget = json.loads(BUDGET.read_text())
    with CaptureQueriesContext(connection) as queries:
        fields = form_of(teacher.get(address(district)))
    assert len(queries) == budget["roll"]
    codes = sorted(key for key in fields if key.startswith("code-"))
    assert len(codes) == size
    # SQLite takes some 60 rows in one statement; more exceptions than that are written in two
    fields |= dict.fromkeys(codes[::4], "A")
    with CaptureQueriesContext(connection) as queries:
        answer = teacher.post(address(district), fields, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    # PostgreSQL is asked for the names that are held; SQLite holds all of them anyway
    held = " on PostgreSQL" if connection.vendor == "postgresql" else ""
    assert len(queries) == budget[f"POST roll{held}"]
