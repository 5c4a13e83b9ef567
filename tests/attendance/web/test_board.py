"""The board, what is missing, what contradicts itself: found, narrowed, waived."""

from __future__ import annotations

import pytest

from firstbell.attendance import api
from firstbell.attendance.models import RollWaiver
from firstbell.attendance.testing import take_roll
from firstbell.people.testing import TODAY
from tests.attendance.web.test_roll import address

pytestmark = pytest.mark.django_db


def rows(response, name="rows"):
    return [row.record for row in response.context[name].rows]


def test_every_roll_of_the_day_stands_on_the_board_and_leads_to_its_class(district, enter):
    take_roll(district, "north-x1", {"north-1": "A"})
    page = enter("staff", "north-clerk").get("/attendance/board/")
    found = {row.section: row.state for row in rows(page)}
    assert found["Mathematics 1"] == "taken"
    assert found["Mathematics 2"] in ("later", "due", "late")
    assert f'href="{address(district)}"' in page.content.decode()
    assert {row.school for row in rows(page)} == {"North School"}


def test_the_board_is_narrowed_by_school_state_period_and_day(district, enter):
    take_roll(district, "north-x1")
    chief = enter("staff", "chief")
    assert len(rows(chief.get("/attendance/board/"))) == 4
    school = district.id("school", "north")
    assert len(rows(chief.get(f"/attendance/board/?school={school}"))) == 2
    assert [row.section for row in rows(chief.get("/attendance/board/?state=taken"))] == ["Mathematics 1"]
    assert {row.period for row in rows(chief.get("/attendance/board/?period=2"))} == {"Period 2"}
    friday = chief.get("/attendance/board/?day=2026-11-20")
    assert {row.state for row in rows(friday)} == {"late"}
    assert rows(chief.get("/attendance/board/?school=999&state=nonsense&day=never"))


def test_the_board_asks_again_until_it_is_paused_and_tells_only_news(district, enter):
    clerk = enter("staff", "north-clerk")
    live = clerk.get("/attendance/board/").content.decode()
    assert 'hx-trigger="every 30s"' in live
    assert "hx-trigger" not in clerk.get("/attendance/board/?paused=1").content.decode().split("</header>")[1]
    part = {"HX-Request": "true", "HX-Target": "board-live"}
    first = clerk.get("/attendance/board/", headers=part)
    again = clerk.get(first.context["again"], headers=part).content.decode()
    assert "<html" not in again
    assert "hx-swap-oob" not in again, "nothing changed, nothing is said"
    take_roll(district, "north-x1")
    assert "1 taken" in clerk.get(first.context["again"], headers=part).content.decode()


def test_a_missing_roll_is_waived_with_a_reason(district, enter):
    clerk = enter("staff", "north-clerk")
    missing = rows(clerk.get("/attendance/missing/"))
    assert missing[0].day < TODAY
    one = missing[0]
    path = f"/attendance/roll/{one.section_id}/{one.day}/{one.slot}/waive/"
    assert clerk.post(path, {"reason": " "}).status_code == 422
    assert clerk.post(path, {"reason": "fire drill"}).status_code == 302
    assert RollWaiver.objects.get().reason == "fire drill"
    left = rows(clerk.get("/attendance/missing/"))
    assert len(left) == len(missing) - 1
    assert all((row.section_id, row.day) != (one.section_id, one.day) for row in left)


def test_a_taken_roll_cannot_be_waived(district, enter):
    take_roll(district, "north-x1")
    assert enter("staff", "north-clerk").get(address(district) + "waive/").status_code == 404


def test_a_contradiction_is_told_in_a_sentence_with_the_whole_day(district, enter):
    take_roll(district, "north-x1")
    take_roll(district, "north-x2", {"north-1": "A"})
    text = enter("staff", "north-clerk").get("/attendance/contradictions/").content.decode()
    assert "Seen in school, absent from Period 2." in text
    assert "Learner-north, First1" in text
    assert "look for this student" in text
    assert (
        "Nothing contradicts itself"
        in enter("staff", "chief").get("/attendance/contradictions/").content.decode()
    )


def test_without_school_the_board_says_so(district, enter):
    text = enter("staff", "north-clerk").get("/attendance/board/?day=2026-11-22").content.decode()
    assert "no school is in session" in text
    assert api.board(district.viewer("staff", "north-clerk"), TODAY.replace(day=22)) == []
