"""The office's pages in a real browser: axe, both lights, a desk and a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from firstbell.attendance import api
from firstbell.attendance.testing import absent_on, letter_settings, take_roll
from firstbell.people.testing import BEGIN, TODAY, SmallDistrict, small_district
from tests.attendance.web.conftest import signed_in
from tests.browser import assert_good_page, browser_page

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SCHOOL = "/attendance/schools/{school}/"
STUDENT = "/attendance/students/{student}/"
#: page -> who looks at it, where
PAGES = {
    "board": ("north-clerk", "/attendance/board/"),
    "missing": ("north-clerk", "/attendance/missing/"),
    "contradictions": ("north-clerk", "/attendance/contradictions/"),
    "counter": ("north-clerk", "/attendance/counter/?q=learner"),
    "known": ("north-clerk", "/attendance/absences/"),
    "known-enter": ("north-clerk", STUDENT + "absence/"),
    "student": ("north-clerk", STUDENT),
    "day": ("north-clerk", STUDENT + "{today}/"),
    "letters": ("north-clerk", "/attendance/letters/"),
    "letter": ("north-clerk", "/attendance/letters/{letter}/"),
    "schools": ("chief", "/attendance/schools/"),
    "school": ("north-principal", SCHOOL),
    "watch": ("north-principal", SCHOOL + "watch/"),
    "periods": ("north-principal", SCHOOL + "periods/"),
    "period": ("north-principal", SCHOOL + "periods/annual/"),
    "period-students": ("north-principal", SCHOOL + "periods/annual/students/"),
    "waive": ("north-clerk", "/attendance/roll/{section}/{today}/{slot}/waive/"),
    "family": ("c-north-1", STUDENT),
    "family-report": ("c-north-1", STUDENT + "report/"),
    "rolls": ("north-teacher", "/attendance/"),
}


@pytest.fixture
def busy(transactional_db: None) -> SmallDistrict:
    """A school with something on every page: absences, a letter, a report, a contradiction."""
    api.ensure_codes()
    letter_settings()
    district = small_district()
    absent_on(district, ["north-1"], [BEGIN + timedelta(days=n) for n in range(4)], "U")
    take_roll(district, "north-x1", {"north-1": "A", "north-2": "T"})
    clerk, student = district.viewer("staff", "north-clerk"), district.id("student", "north-2")
    api.enter_known_absence(clerk, student, TODAY + timedelta(days=1), TODAY + timedelta(days=1), "E")
    parent, child = district.viewer("contact", "c-north-1"), district.id("student", "north-1")
    api.report_absence(parent, child, TODAY, TODAY, "fever since last night")
    api.propose_letters(clerk, school_id=district.id("school", "north"))
    return district


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_accessible_in_every_light(name, busy, live_server, monkeypatch):
    key, path = PAGES[name]
    kind = "contact" if key.startswith("c-") else "staff"
    address = path.format(
        school=busy.id("school", "north"),
        student=busy.id("student", "north-1"),
        section=busy.id("section", "north-x2"),
        slot=busy.id("period", "north-p2"),
        letter=api.letters(busy.viewer("staff", "north-clerk"))[0].id if "{letter}" in path else 0,
        today=TODAY,
    )
    cookie = signed_in(busy, kind, key).cookies["sessionid"].value
    with browser_page(monkeypatch) as page:
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        answer = page.goto(live_server.url + address)
        assert answer.status == 200
        assert_good_page(page, f"attendance-{name}")
