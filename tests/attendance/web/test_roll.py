"""Taking a roll by form: one page, one submission, every refusal in words, nothing lost."""

from __future__ import annotations

import re
import uuid

import pytest

from firstbell.attendance.models import (
    AttendanceLock,
    AttendanceSettings,
    RollAnswer,
    RollSubmission,
    SectionAttendance,
)
from firstbell.attendance.testing import take_roll
from firstbell.people.models import Staff, Substitution
from firstbell.people.testing import BEGIN, TODAY

pytestmark = pytest.mark.django_db


def address(district, section="north-x1", day=TODAY):
    school, number = section.split("-x")
    slot = district.id("period", f"{school}-p{number}")
    return f"/attendance/roll/{district.id('section', section)}/{day}/{slot}/"


def form_of(response):
    """What a browser without script would send back: hidden fields and checked radios."""
    text = response.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))
    for tag in re.findall(r"<input[^>]*type=\"radio\"[^>]* checked[^>]*>", text):
        fields[re.search(r'name="([^"]+)"', tag)[1]] = re.search(r'value="([^"]*)"', tag)[1]
    fields.pop("csrfmiddlewaretoken", None)
    fields.pop("next", None)
    return fields


def stored():
    return {
        row.student_id: (row.teacher_code, row.minutes_late, row.comment)
        for row in SectionAttendance.objects.all()
    }


def test_everybody_is_present_by_default_and_the_submission_is_the_record(district, enter):
    teacher = enter("staff", "north-teacher")
    page = teacher.get(address(district))
    assert page.status_code == 200
    fields = form_of(page)
    assert {fields[f"code-{district.id('student', f'north-{n}')}"] for n in range(6)} == {"P"}
    response = teacher.post(address(district), fields)
    assert response.status_code == 302
    roll = RollSubmission.objects.get()
    assert (roll.version, roll.enrolled, roll.absent) == (1, 6, 0)
    assert str(RollAnswer.objects.get().client_id) == fields["client_id"]
    assert stored() == {}
    assert "The roll is saved" in teacher.get(response["Location"]).content.decode()


def test_exceptions_with_minutes_and_comment_are_stored(district, enter):
    teacher = enter("staff", "north-teacher")
    one, two = (district.id("student", f"north-{n}") for n in (1, 2))
    fields = form_of(teacher.get(address(district)))
    fields |= {f"code-{one}": "A", f"code-{two}": "T", f"late-{two}": "12", f"comment-{two}": "bus"}
    teacher.post(address(district), fields)
    assert stored() == {one: ("A", None, ""), two: ("T", 12, "bus")}


def test_the_same_form_sent_twice_is_one_roll(district, enter):
    teacher = enter("staff", "north-teacher")
    fields = form_of(teacher.get(address(district)))
    fields[f"code-{district.id('student', 'north-1')}"] = "A"
    first = teacher.post(address(district), fields, headers={"HX-Request": "true"})
    again = teacher.post(address(district), fields, headers={"HX-Request": "true"})
    assert "is saved" in first.content.decode()
    assert "was saved before" in again.content.decode()
    assert (RollSubmission.objects.get().version, SectionAttendance.objects.count()) == (1, 1)


def test_a_stale_roll_shows_both_and_takes_what_is_chosen(district, enter):
    teacher = enter("staff", "north-teacher")
    one, two, three = (district.id("student", f"north-{n}") for n in (1, 2, 3))
    fields = form_of(teacher.get(address(district)))
    take_roll(district, "north-x1", {"north-1": "A", "north-3": "T"})
    fields |= {f"code-{two}": "A", f"code-{three}": "A"}
    response = teacher.post(address(district), fields)
    text = response.content.decode()
    assert response.status_code == 409
    assert RollSubmission.objects.get().version == 1
    assert "Nothing was overwritten" in text
    chosen = form_of(response)
    assert {key: value for key, value in chosen.items() if key.startswith("pick-")} == {
        f"pick-{one}": "theirs",
        f"pick-{two}": "mine",
    }, "where both changed nothing is chosen for the teacher"
    assert teacher.post(address(district), chosen).status_code == 422
    assert teacher.post(address(district), chosen | {f"pick-{three}": "theirs"}).status_code == 302
    assert {key: value[0] for key, value in stored().items()} == {one: "A", two: "A", three: "T"}
    assert RollSubmission.objects.get().version == 2


def test_a_refusal_keeps_what_was_typed_and_names_the_student_s_row(district, enter):
    teacher = enter("staff", "north-teacher")
    one, two = (district.id("student", f"north-{n}") for n in (1, 2))
    fields = form_of(teacher.get(address(district)))
    response = teacher.post(address(district), fields | {f"code-{one}": "U", f"code-{two}": "A"})
    assert response.status_code == 422
    assert (RollSubmission.objects.count(), stored()) == (0, {})
    assert form_of(response)[f"code-{two}"] == "A"
    assert "U is written by the attendance office only" in response.content.decode()
    response = teacher.post(address(district), fields | {f"code-{two}": "T", f"late-{two}": "soon"})
    assert "Minutes are a whole number" in response.content.decode()
    part = teacher.post(address(district), fields | {f"code-{one}": "U"}, headers={"HX-Request": "true"})
    assert f'data-mistakes-of="{one}"' in part.content.decode()
    assert "<html" not in part.content.decode()


@pytest.mark.parametrize("broken", [{"seen": ""}, {"based_on": "x"}, {"seen": "a:b", "client_id": "no"}])
def test_a_form_that_did_not_arrive_whole_is_refused(district, enter, broken):
    teacher = enter("staff", "north-teacher")
    fields = form_of(teacher.get(address(district))) | broken
    assert teacher.post(address(district), fields).status_code == 422
    assert not RollSubmission.objects.exists()


def test_filling_without_script_fills_only_who_is_unmarked(district, enter):
    from firstbell.attendance import api

    teacher = enter("staff", "north-teacher")
    one, two = (district.id("student", f"north-{n}") for n in (1, 2))
    api.office_mark_day(district.viewer("staff", "north-clerk"), one, TODAY, "E")
    fields = form_of(teacher.get(address(district)))
    fields |= {f"code-{two}": "T", "do": "fill", "fill": "A"}
    filled = form_of(teacher.post(address(district), fields))
    codes = {key: filled[f"code-{key}"] for key in (district.id("student", f"north-{n}") for n in range(6))}
    assert codes.pop(one) == "E"
    assert codes.pop(two) == "T"
    assert set(codes.values()) == {"A"}
    assert not RollSubmission.objects.exists()


def test_an_office_cell_is_locked_with_its_words(district, enter):
    from firstbell.attendance import api

    student = district.id("student", "north-1")
    api.office_mark_day(district.viewer("staff", "north-clerk"), student, TODAY, "E")
    teacher = enter("staff", "north-teacher")
    page = teacher.get(address(district))
    assert re.search(r"Excused \(office, \d\d:\d\d\)", page.content.decode())
    assert f'type="radio" name="code-{student}"' not in page.content.decode()
    teacher.post(address(district), form_of(page))
    assert stored() == {}, "a locked cell sent back says nothing"


def test_a_substitute_s_roll_says_for_whom(district, enter):
    Substitution.objects.create(
        section_id=district.id("section", "north-x1"),
        staff=Staff.objects.get(account=district.account("staff", "substitute")),
        acting_for_id=district.id("staff", "north-teacher"),
        day=TODAY,
    )
    substitute = enter("staff", "substitute")
    assert "acting for Teacher North" in substitute.get("/attendance/").content.decode()
    page = substitute.get(address(district))
    assert "acting for Teacher North" in page.content.decode()
    substitute.post(address(district), form_of(page))
    assert RollSubmission.objects.get().acting_for == "Teacher North"
    assert substitute.get(address(district, "north-x2")).status_code == 404


def test_a_day_without_school_says_so_instead_of_an_empty_grid(district, enter):
    clerk = enter("staff", "north-clerk")
    text = clerk.get(address(district, day=TODAY.replace(day=22))).content.decode()
    assert "School is not in session on this day" in text
    assert 'type="submit">Submit roll' not in text


def test_the_office_writes_a_closed_day_with_a_reason_and_a_teacher_does_not(district, enter):
    AttendanceLock.objects.create(
        school_id=district.id("school", "north"), school_year=2027, begin=BEGIN, through=TODAY, name="P-1"
    )
    assert (
        'type="submit">Submit roll'
        not in enter("staff", "north-teacher").get(address(district)).content.decode()
    )
    clerk = enter("staff", "north-clerk")
    page = clerk.get(address(district))
    assert 'name="reason"' in page.content.decode()
    assert clerk.post(address(district), form_of(page)).status_code == 422
    assert clerk.post(address(district), form_of(page) | {"reason": "paper roll found"}).status_code == 302
    assert RollSubmission.objects.count() == 1


def test_an_address_with_an_impossible_day_is_no_page(district, enter):
    teacher = enter("staff", "north-teacher")
    section, slot = district.id("section", "north-x1"), district.id("period", "north-p1")
    assert teacher.get(f"/attendance/roll/{section}/2026-02-30/{slot}/").status_code == 404


@pytest.mark.parametrize(
    ("kind", "key", "status"),
    [
        ("staff", "north-teacher", 200),
        ("staff", "north-clerk", 200),
        ("staff", "north-principal", 200),
        ("staff", "south-teacher", 404),
        ("staff", "south-clerk", 404),
        ("staff", "north-counselor", 403),
        ("staff", "north-nurse", 403),
        ("staff", "chief", 403),
        ("student", "north-1", 403),
        ("contact", "c-north-1", 404),
    ],
)
def test_a_roll_opens_only_for_who_takes_it(district, enter, kind, key, status):
    assert enter(kind, key).get(address(district)).status_code == status
    assert enter(kind, key).post(address(district), {}).status_code in (status, 422)


def test_the_day_s_rolls_stand_in_order_and_the_next_comes_first(district, enter, clock):
    clock(7, 30)
    AttendanceSettings.objects.create(school=None, begin=TODAY.replace(month=7, day=1), back_post_days=2)
    teacher = enter("staff", "north-teacher")
    take_roll(district, "north-x1", {"north-1": "A"})
    page = teacher.get("/attendance/")
    text = page.content.decode()
    assert [row.section for row in page.context["rolls"].data] == ["Mathematics 1", "Mathematics 2"]
    assert [(row.day.day, row.section) for row in page.context["missing"].data] == [
        (23, "Mathematics 1"),
        (23, "Mathematics 2"),
        (20, "Mathematics 1"),
        (20, "Mathematics 2"),
    ]
    assert text.index("Next: Mathematics 2") < text.index("Rolls of the day") < text.index("Not taken")
    friday = teacher.get("/attendance/?day=2026-11-20")
    assert [row.state for row in friday.context["rolls"].data] == ["late", "late"]


@pytest.mark.parametrize(
    ("kind", "key", "status"),
    [
        ("staff", "north-teacher", 200),
        ("staff", "chief", 403),
        ("student", "north-1", 403),
        ("contact", "c-north-1", 403),
    ],
)
def test_my_rolls_are_for_who_takes_rolls(district, enter, kind, key, status):
    assert enter(kind, key).get("/attendance/").status_code == status


def test_no_name_of_a_student_is_in_what_the_outbox_may_keep(district, enter):
    from pathlib import Path

    script = Path("src/firstbell/attendance/static/attendance/roll-grid/outbox.js").read_text()
    kept = re.compile(re.search(r"const KEPT = /(.+)/;", script)[1].replace(r"\d", "[0-9]"))
    fields = form_of(enter("staff", "north-teacher").get(address(district)))
    assert all("Learner" not in value for key, value in fields.items() if kept.match(key))
    assert not kept.match("comment-12")
    assert uuid.UUID(fields["client_id"])
