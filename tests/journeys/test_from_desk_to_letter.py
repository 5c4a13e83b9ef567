"""A student is enrolled, missed, spoken for, written about: five people, one fact after another.

The registrar enrolls; the teacher takes the roll by keyboard; the office outranks the teacher; the mother
sees it on a phone; the third unexcused day makes a letter; the bridge counts it all.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from firstbell.attendance.data import Mark
from firstbell.attendance.models import LetterDelivery
from firstbell.attendance.services.codes import ensure_codes
from firstbell.attendance.services.submit_roll import submit_roll
from firstbell.attendance.testing import letter_settings
from firstbell.people.models import Contact, Student
from firstbell.people.testing import TODAY, SmallDistrict, small_district
from tests.attendance.web.conftest import signed_in
from tests.browser import SIZES, browser_page, look

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FIRST_DAY = TODAY - timedelta(days=8)
#: two school days before today
GONE_BY = (TODAY - timedelta(days=4), TODAY - timedelta(days=1))


@pytest.fixture
def school_day(transactional_db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> SmallDistrict:
    """Two schools on a Tuesday, ten in the morning."""
    settings.FIRSTBELL_VIEWER = "tests.attendance.web.viewers.on_the_day"
    at_ten = datetime(TODAY.year, TODAY.month, TODAY.day, 10, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
    monkeypatch.setattr(timezone, "now", lambda: at_ten)
    ensure_codes()
    return small_district()


@pytest.fixture
def house(school_day: SmallDistrict, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Opens the browser as somebody: ``with house("staff", "north-registrar") as page``."""

    @contextmanager
    def enter(kind: str, key: str, *, size: str = "desk") -> Iterator[Any]:
        cookie = signed_in(school_day, kind, key).cookies["sessionid"].value
        with browser_page(monkeypatch) as page:
            page.set_viewport_size(dict(zip(("width", "height"), SIZES[size], strict=True)))
            page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
            page.goto(live_server.url)
            look(page, f"journey-at-{key}")
            yield page
            assert page.complaints == []

    return enter


def test_from_the_registrar_s_desk_to_the_letter_and_the_bridge(school_day, house):
    letter_settings()
    with house("staff", "north-registrar") as page:
        enroll(page)
        add_to_sections(page, school_day)
        add_mother(page)
    student = Student.objects.get(last_name="Okafor")
    missed_before(school_day, student.pk)
    with house("staff", "north-teacher") as page:
        take_roll(page)
    with house("staff", "north-clerk") as page:
        outrank(page)
    mother = Contact.objects.get(last_name="Okafor")
    mother.account = get_user_model().objects.create(username="amara.okafor", display_name="Amara Okafor")
    mother.save()
    school_day.ids["contact", "mother"] = mother.pk
    with house("contact", "mother", size="phone") as page:
        see_as_mother(page)
    with house("staff", "north-clerk") as page:
        send_letter(page)
    with house("contact", "mother", size="phone") as page:
        page.get_by_role("link", name="Attendance", exact=True).click()
        page.locator("summary").filter(has_text="Notice about attendance: Chidi Okafor").click()
        look(page, "journey-9-letter-at-home")
        assert "Nov. 20, 2026" in page.locator("details[open]").inner_text()
    with house("staff", "chief") as page:
        see_on_the_bridge(page)


def enroll(page: Any) -> None:
    """A new student in grade 9, by labels alone."""
    page.get_by_role("link", name="Enroll a student").click()
    page.get_by_label("Legal first name").fill("Chidi")
    page.get_by_label("Legal last name").fill("Okafor")
    page.get_by_label("Birth date").fill("2012-03-04")
    page.get_by_label("Grade").select_option(label="Grade 9")
    page.get_by_label("First day").fill(FIRST_DAY.isoformat())
    page.get_by_label("Entry code").select_option(index=1)
    look(page, "journey-1-enroll")
    page.get_by_role("button", name="Enroll", exact=True).click()
    page.get_by_role("heading", level=1, name="Okafor").wait_for()


def add_to_sections(page: Any, district: SmallDistrict) -> None:
    """Both classes of the day, from the schedule."""
    student = page.url.rstrip("/").split("/")[-1]
    base = page.url.split("/people/")[0]
    for name in ("north-x1", "north-x2"):
        page.goto(f"{base}/people/students/{student}/sections/")
        number = district.id("section", name)
        page.locator(f"a[href$='/sections/{number}/add/']").click()
        page.get_by_label("First day in the section").fill(FIRST_DAY.isoformat())
        settle(page)
    page.goto(f"{base}/people/students/{student}/")


def settle(page: Any) -> None:
    """See what changes, then confirm."""
    page.get_by_role("button", name="See what changes").click()
    page.get_by_role("heading", name="This will be written").wait_for()
    page.get_by_role("button", name="now", exact=False).click()
    page.wait_for_load_state()


def add_mother(page: Any) -> None:
    """Somebody who may see the record."""
    page.goto(page.url.rstrip("/") + "/contacts/add/")
    page.get_by_label("First name").fill("Amara")
    page.get_by_label("Last name").fill("Okafor")
    page.get_by_label("Relation to the student").fill("Mother")
    look(page, "journey-2-mother")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()


def missed_before(district: SmallDistrict, student: int) -> None:
    """Two days gone by on which the teacher's rolls hold an unexcused absence."""
    for day in GONE_BY:
        for n in (1, 2):
            submit_roll(
                district.viewer("staff", "north-clerk"),
                district.id("section", f"north-x{n}"),
                day,
                district.id("period", f"north-p{n}"),
                {student: Mark("U")},
            )


def take_roll(page: Any) -> None:
    """Both classes, by keyboard alone: down to the student, A, submit."""
    for name in ("Mathematics 1", "Mathematics 2"):
        page.goto(page.url.split("/attendance")[0].rstrip("/") + "/attendance/")
        page.get_by_role("link", name=name).first.click()
        page.get_by_role("gridcell").first.wait_for()
        for _ in range(7):
            if not focused(page).startswith("Okafor"):
                page.keyboard.press("ArrowDown")
        assert focused(page).startswith("Okafor")
        page.keyboard.press("a")
        look(page, f"journey-3-roll-{name[-1]}")
        page.keyboard.press("Control+Enter")
        page.get_by_text("The roll is saved").wait_for()


def focused(page: Any) -> str:
    """What a screen reader says of where the keyboard is."""
    return str(page.evaluate("document.activeElement.getAttribute('aria-label') ?? ''"))


def outrank(page: Any) -> None:
    """The office knows better: nobody excused the day."""
    page.get_by_role("link", name="Counter").first.click()
    page.get_by_role("heading", level=1, name="Counter").wait_for()
    page.keyboard.type("okaf")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Okafor").wait_for()
    page.keyboard.type("U")
    page.get_by_label("Comment").fill("Nobody answered the call")
    look(page, "journey-4-office")
    day = page.url
    page.get_by_role("button", name="Set", exact=True).click()
    page.wait_for_url("**/counter/")  # the next call waits
    page.goto(day)
    classes = page.get_by_role("row").filter(has_text="Mathematics")
    assert classes.count() == 2
    for n in range(2):
        # both words are kept, the office's counts
        assert "Absent, unverified" in classes.nth(n).inner_text()
        assert classes.nth(n).inner_text().count("Unexcused") >= 1


def see_as_mother(page: Any) -> None:
    """On a phone: the child, the day, the word that counts; nobody else's child."""
    page.wait_for_url("**/people/students/*/")  # a mother of one child begins there
    look(page, "journey-5-child")
    page.get_by_role("link", name="Attendance", exact=True).click()
    page.get_by_role("heading", name="School days").wait_for()
    look(page, "journey-6-attendance")
    missed = page.get_by_role("row").filter(has_text="Unexcused")
    assert missed.count() == 3
    assert "Learner" not in page.locator("main").inner_text()


def send_letter(page: Any) -> None:
    """The third unexcused day asks for a letter; the office sends it, and it lies in the print queue."""
    page.get_by_role("link", name="Letters").first.click()
    page.get_by_role("button", name="Look for due letters now").click()
    page.get_by_role("link", name="Okafor").first.click()
    look(page, "journey-7-letter")
    page.get_by_role("button", name="Send it", exact=True).click()
    page.wait_for_load_state()
    look(page, "journey-8-sent")
    copy = LetterDelivery.objects.get()
    answer = page.request.get(page.url.split("/attendance/")[0] + f"/attendance/letters/copies/{copy.pk}/")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def see_on_the_bridge(page: Any) -> None:
    """The technology chief's first page: the rolls that are in, the student who is out."""
    look(page, "journey-10-bridge")
    north = page.get_by_role("row").filter(has_text="North School").first.get_by_role("cell")
    # seven enrolled, one out: 6 / 7; both rolls in
    assert [north.nth(n).inner_text() for n in (1, 2, 3, 5)] == [
        "7",
        "1",
        "85.7\N{NO-BREAK SPACE}%",
        "2 of 2",
    ]
