"""Schools, calendars, bells and sections as pages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from firstbell.people.data import BellChoice, CalendarDayChanged
from firstbell.people.models import BellSchedule, CalendarDate, Revision
from firstbell.people.testing import TODAY, SmallDistrict
from firstbell.platform.events import subscribe, unsubscribe
from tests.people.web.test_registrar_pages import do, send, student_url


def school_url(district: SmallDistrict, key: str = "north", rest: str = "") -> str:
    return f"/people/schools/{district.id('school', key)}/{rest}"


@pytest.fixture
def heard():
    """What was published of calendars."""
    news: list[CalendarDayChanged] = []
    subscribe(CalendarDayChanged, news.append)
    yield news
    unsubscribe(CalendarDayChanged, news.append)


def test_a_snow_day_is_entered_with_its_reason_and_heard_by_attendance(enter, district, heard):
    client = enter("north-principal")
    url = school_url(district, rest=f"days/{TODAY.isoformat()}/")
    values = {"day_type": "closure", "note": "Snow", "letter": ""}
    assert send(client, url, values).context["form"].errors["reason"]
    answer = send(client, url, values | {"reason": "county closed the roads"})
    assert answer["Location"] == school_url(district) + f"?day={TODAY.isoformat()}"
    assert heard == [CalendarDayChanged(district.id("school", "north"), TODAY)]
    row = CalendarDate.objects.get(calendar__school=district.id("school", "north"), day=TODAY)
    assert (row.day_type, row.note) == ("closure", "Snow")
    assert Revision.objects.get(kind="calendar_date").before["day_type"] == "taught"
    page = client.get(school_url(district), {"day": TODAY.isoformat()}).content.decode()
    assert "Snow" in page
    other = CalendarDate.objects.get(calendar__school=district.id("school", "south"), day=TODAY)
    assert other.day_type == "taught"


def test_a_make_up_day_may_be_a_day_that_was_not_in_the_calendar(enter, district, heard):
    saturday = TODAY + timedelta(days=4)
    client = enter("north-registrar")
    url = school_url(district, rest=f"days/{saturday.isoformat()}/")
    send(client, url, {"day_type": "make_up", "reason": "for the snow day"})
    assert CalendarDate.objects.filter(day=saturday).count() == 1
    assert [news.day for news in heard] == [saturday]


def test_a_change_that_changes_nothing_is_told(enter, district, heard):
    url = school_url(district, rest=f"days/{TODAY.isoformat()}/")
    page = send(enter("north-principal"), url, {"day_type": "taught", "reason": "nothing"})
    assert page.status_code == 422
    assert heard == []


@pytest.mark.parametrize("day", ["2031-02-03", "2026-13-01", "yesterday"])
def test_a_day_without_a_calendar_is_refused_and_one_that_is_none_is_not_there(enter, district, day, heard):
    page = send(
        enter("north-principal"),
        school_url(district, rest=f"days/{day}/"),
        {"day_type": "closure", "reason": "x"},
    )
    assert page.status_code == (422 if day.startswith("2031") else 404)
    assert heard == []


def test_only_the_own_office_keeps_the_calendar(enter, district):
    rest = f"days/{TODAY.isoformat()}/"
    assert enter("south-principal").get(school_url(district, rest=rest)).status_code == 404
    assert enter("north-teacher").get(school_url(district, rest=rest)).status_code == 403
    assert b"Change this day" not in enter("north-teacher").get(school_url(district)).content


def test_the_page_says_which_bells_ring_and_why_not_the_others(enter, district):
    BellSchedule.objects.create(
        school_id=district.id("school", "north"),
        name="Minimum",
        day_types=["minimum"],
        sourced_id="6f6c0a52-6a0e-4bd1-a5ce-2f0d8d6a2f10",
    )
    client = enter("north-teacher")

    def choices() -> dict[str, BellChoice]:
        page = client.get(school_url(district), {"day": TODAY.isoformat()})
        return {row.record.name: row.record for row in page.context["choices"].rows}

    assert choices()["Regular"].rings
    assert not choices()["Minimum"].rings
    assert choices()["Minimum"].why == "does not fit the day type: made for minimum day"
    CalendarDate.objects.filter(day=TODAY).update(day_type="minimum")
    assert choices()["Minimum"].rings
    assert choices()["Regular"].why == "fits, but another is made more exactly for this day"


@pytest.mark.parametrize("query", [{}, {"day": "x"}, {"day": "2031-01-01"}, {"track": "Z", "grade": "99"}])
def test_any_question_gets_a_page(enter, district, query):
    assert enter("c-north-0", "contact").get(school_url(district), query).status_code == 200


def test_students_are_counted_for_those_who_may_count_them(enter, district):
    def counts(who):
        return [row.record.students for row in enter(who).get("/people/schools/").context["rows"].rows]

    assert counts("superintendent") == [6, 6]
    assert counts("north-registrar") == [6, None]
    assert counts("north-teacher") == [None, None]


def test_a_list_marks_who_came_and_who_left_for_the_office(enter, district):
    section = district.id("section", "north-x1")
    client = enter("north-registrar")
    yesterday = TODAY - timedelta(days=1)
    for key in ("north-x1", "north-x2"):
        drop = student_url(district, "north-0", f"sections/{district.id('section', key)}/drop/")
        do(client, drop, {"last_day": yesterday.isoformat()})
    rows = client.get(f"/people/sections/{section}/").context["rows"].rows
    assert [row.record.recently for row in rows] == ["", "", "", "", "", "dropped"]
    before = client.get(f"/people/sections/{section}/", {"day": yesterday.isoformat()}).context["rows"].rows
    assert [row.record.recently for row in before] == [""] * 6
    teacher = enter("north-teacher").get(f"/people/sections/{section}/").context["rows"].rows
    assert len(teacher) == 5, "who left is no longer the teacher's"


def test_the_list_of_another_building_is_not_there(enter, district):
    section = district.id("section", "south-x1")
    assert enter("north-registrar").get(f"/people/sections/{section}/").status_code == 404
    assert enter("c-south-0", "contact").get(f"/people/sections/{section}/").status_code == 404


def test_whom_an_order_bars_from_a_child_does_not_find_it_on_the_list(enter, district):
    from firstbell.people.models import Staff

    account = district.account("contact", "c-north-0")
    Staff.objects.filter(pk=district.id("staff", "north-teacher")).update(account=account)
    district.bar("c-north-0", "north-0")
    section = district.id("section", "north-x1")
    page = enter("c-north-0", "contact").get(f"/people/sections/{section}/").content.decode()
    assert "First1" in page
    assert "First0" not in page
