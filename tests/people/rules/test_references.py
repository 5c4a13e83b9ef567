"""A roster holds together, or every reference that leads nowhere is named."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, time
from typing import get_args, get_type_hints

import pytest

from firstbell.people.data import (
    AgencyKind,
    AgencyRecord,
    BellScheduleRecord,
    BellTime,
    CourseOfferingRecord,
    MeetingRecord,
    PeriodRecord,
    RoomRecord,
    Roster,
    SchoolRecord,
    SectionEnrollmentRecord,
    SectionRecord,
)
from firstbell.people.rules.references import MOST_LISTED, REFERENCES, dangling_references

DISTRICT = AgencyRecord(key="d", name="District", kind=AgencyKind.DISTRICT)
SCHOOL = SchoolRecord(key="s", name="School", agency="d")


def columns(roster: Roster) -> list[str]:
    return [finding.column for finding in dangling_references(roster)]


def test_a_roster_that_holds_together_has_no_finding() -> None:
    assert dangling_references(Roster(agencies=[DISTRICT], schools=[SCHOOL])) == []


def test_an_empty_key_is_no_reference() -> None:
    assert (
        columns(Roster(agencies=[DISTRICT], schools=[SchoolRecord(key="s", name="School", agency="")])) == []
    )


def test_a_missing_target_refuses_and_names_key_count_and_column() -> None:
    (finding,) = dangling_references(Roster(agencies=[], schools=[SCHOOL]))
    assert (finding.refuses, finding.column) == (True, "schools.agency")
    assert "d is named by 1 schools" in finding.message


def test_a_list_the_source_does_not_speak_of_is_not_judged() -> None:
    assert columns(Roster(agencies=None, schools=[SCHOOL])) == []


def test_a_delta_may_point_to_what_was_sent_earlier() -> None:
    assert columns(Roster(agencies=[], schools=[SCHOOL], complete=False)) == []


def test_references_inside_parts_are_judged() -> None:
    roster = Roster(
        schools=[SCHOOL],
        periods=[PeriodRecord(key="p", school="s", name="1", order=1)],
        rooms=[RoomRecord(key="r", school="s", name="1")],
        sessions=[],
        courses=[],
        bell_schedules=[
            BellScheduleRecord(
                key="b",
                school="s",
                name="b",
                times=(BellTime(period="x", begin=time(8), end=time(9), minutes=60),),
            )
        ],
        course_offerings=[CourseOfferingRecord(key="o", course="c", school="s", session="t")],
        sections=[
            SectionRecord(
                key="1",
                offering="o",
                code="1",
                meetings=(MeetingRecord(period="y", room="z"),),
                sessions=("u",),
            )
        ],
    )
    assert set(columns(roster)) == {
        "bell_schedules.period",
        "course_offerings.course",
        "course_offerings.session",
        "sections.period",
        "sections.room",
        "sections.sessions",
    }


def test_many_missing_are_listed_readably() -> None:
    rows = [
        SectionEnrollmentRecord(student="x", section=str(number), begin=date(2010, 8, 23))
        for number in range(MOST_LISTED + 5)
    ]
    findings = dangling_references(Roster(sections=[], section_enrollments=rows))
    assert len(findings) == MOST_LISTED + 1
    assert findings[-1].message.startswith("5 more")


NAMED_LIKE_A_LIST = {
    "student": "students",
    "contact": "contacts",
    "staff": "staff",
    "school": "schools",
    "section": "sections",
    "session": "sessions",
    "calendar": "calendars",
    "course": "courses",
    "offering": "course_offerings",
    "agency": "agencies",
    "period": "periods",
    "room": "rooms",
}


@pytest.mark.parametrize("kind", list(Roster().kinds()))
def test_every_column_named_like_a_list_is_judged(kind: str) -> None:
    hint = get_type_hints(Roster)[kind]
    record = get_args(get_args(hint)[0])[0]
    judged = {(one.column, one.target) for one in REFERENCES if one.kind == kind}
    expected = {
        (item.name, NAMED_LIKE_A_LIST[item.name]) for item in fields(record) if item.name in NAMED_LIKE_A_LIST
    }
    assert expected <= judged
