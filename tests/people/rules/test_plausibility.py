"""An examined roster refuses what is broken and tells what is odd, one finding a kind."""

from __future__ import annotations

from datetime import date

from firstbell.people.data import (
    CourseOfferingRecord,
    MeetingRecord,
    RoomRecord,
    Roster,
    SectionEnrollmentRecord,
    SectionRecord,
)
from firstbell.people.rules.plausibility import examine


def crowded(sections: int = 2) -> Roster:
    return Roster(
        course_offerings=[CourseOfferingRecord(key="o", course="", school="", session="")],
        rooms=[RoomRecord(key="r", school="", name="r", seats=0)],
        periods=None,
        sections=[
            SectionRecord(key=str(n), offering="o", code="", meetings=(MeetingRecord(period="p", room="r"),))
            for n in range(sections)
        ],
        section_enrollments=[
            SectionEnrollmentRecord(student="x", section=str(n), begin=date(2010, 8, 23))
            for n in range(sections)
        ],
    )


def test_an_empty_roster_has_nothing_to_tell() -> None:
    assert examine(Roster()).findings == []


def test_conflicts_are_one_warning_a_kind_with_every_row_in_the_details() -> None:
    found = examine(crowded())
    assert [(f.code, f.refuses) for f in found.findings] == [
        ("schedule.student_conflict", False),
        ("schedule.room_conflict", False),
        ("schedule.over_seats", False),
    ]
    assert found.details["schedule.student_conflict"] == [
        {"student": "x", "session": "", "period": "p", "letter": "", "sections": "0, 1"}
    ]
    assert len(found.details["schedule.over_seats"]) == 2


def test_a_finding_for_many_rows_names_a_few() -> None:
    found = examine(crowded(9))
    over = next(f for f in found.findings if f.code == "schedule.over_seats")
    assert over.message == "9 sections have more students than their room has seats (0/0/1; 1/0/1; 2/0/1; …)"


def test_a_key_that_stands_twice_refuses() -> None:
    room = RoomRecord(key="r", school="", name="r")
    found = examine(Roster(rooms=[room, room]))
    assert [(f.code, f.refuses) for f in found.findings] == [("reference.duplicate_key", True)]
    assert found.details["reference.duplicate_key"] == [{"kind": "rooms", "key": "r"}]


def test_rows_without_a_key_of_their_own_are_not_judged_by_it() -> None:
    rows = [SectionEnrollmentRecord(student=who, section="s", begin=date(2010, 8, 23)) for who in "xy"]
    assert examine(Roster(section_enrollments=rows)).findings == []
