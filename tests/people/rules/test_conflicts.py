"""Two places at once, and full rooms, against a twin that compares every pair."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from firstbell.people.data import (
    CourseOfferingRecord,
    MeetingRecord,
    RoomRecord,
    Roster,
    SectionEnrollmentRecord,
    SectionRecord,
    SectionStaffRecord,
)
from firstbell.people.rules.conflicts import (
    crowded_sections,
    room_conflicts,
    staff_conflicts,
    student_conflicts,
)

DAY = date(2010, 8, 23)


def offering(session: str) -> CourseOfferingRecord:
    return CourseOfferingRecord(key=f"o-{session}", course="c", school="s", session=session)


def section(key: str, session: str, period: str, room: str = "", letter: str = "") -> SectionRecord:
    return SectionRecord(
        key=key,
        offering=f"o-{session}",
        code=key,
        meetings=(MeetingRecord(period=period, room=room, letter=letter),),
    )


def enrolled(student: str, key: str) -> SectionEnrollmentRecord:
    return SectionEnrollmentRecord(student=student, section=key, begin=DAY)


def test_two_sections_in_one_period_of_one_session_are_a_conflict() -> None:
    roster = Roster(
        course_offerings=[offering("fall"), offering("spring")],
        sections=[
            section("a", "fall", "1"),
            section("b", "fall", "1"),
            section("c", "spring", "1"),
            section("d", "fall", "2"),
        ],
        section_enrollments=[enrolled("x", key) for key in "abcd"],
        section_staff=[SectionStaffRecord(staff="t", section=key, begin=DAY) for key in "acd"],
    )
    (conflict,) = student_conflicts(roster)
    assert (conflict.subject, conflict.session, conflict.period, conflict.sections) == (
        "x",
        "fall",
        "1",
        ("a", "b"),
    )
    assert staff_conflicts(roster) == []


def test_a_student_enrolled_twice_in_one_section_has_no_conflict() -> None:
    rows = [enrolled("x", "a"), SectionEnrollmentRecord(student="x", section="a", begin=date(2011, 1, 4))]
    roster = Roster(
        course_offerings=[offering("fall")], sections=[section("a", "fall", "1")], section_enrollments=rows
    )
    assert student_conflicts(roster) == []


def test_letters_of_the_cycle_keep_sections_apart() -> None:
    roster = Roster(
        course_offerings=[offering("fall")],
        sections=[section("a", "fall", "1", "r", "A"), section("b", "fall", "1", "r", "B")],
    )
    assert room_conflicts(roster) == []


def test_a_section_of_its_own_sessions_meets_in_those() -> None:
    own = SectionRecord(
        key="a",
        offering="o-fall",
        code="a",
        meetings=(MeetingRecord(period="1", room="r"),),
        sessions=("spring",),
    )
    roster = Roster(
        course_offerings=[offering("fall"), offering("spring")],
        sections=[own, section("b", "spring", "1", "r")],
    )
    assert [(c.subject, c.session) for c in room_conflicts(roster)] == [("r", "spring")]


def test_a_room_is_full_with_as_many_students_as_seats_and_crowded_with_one_more() -> None:
    def roster(students: int) -> Roster:
        return Roster(
            course_offerings=[offering("fall")],
            sections=[section("a", "fall", "1", "r")],
            rooms=[RoomRecord(key="r", school="s", name="r", seats=2)],
            section_enrollments=[enrolled(str(number), "a") for number in range(students)],
        )

    assert crowded_sections(roster(2)) == []
    (crowding,) = crowded_sections(roster(3))
    assert (crowding.section, crowding.seats, crowding.students) == ("a", 2, 3)


def test_a_room_without_known_seats_is_not_judged() -> None:
    roster = Roster(
        course_offerings=[offering("fall")],
        sections=[section("a", "fall", "1", "r")],
        rooms=[RoomRecord(key="r", school="s", name="r")],
        section_enrollments=[enrolled("x", "a")],
    )
    assert crowded_sections(roster) == []


schedules = st.lists(st.tuples(st.sampled_from("12"), st.sampled_from("123")), min_size=1, max_size=6)


@given(schedules, st.data())
def test_conflicts_equal_those_of_comparing_every_pair(
    places: list[tuple[str, str]], data: st.DataObject
) -> None:
    sections = [section(str(n), session, period) for n, (session, period) in enumerate(places)]
    links = data.draw(
        st.lists(st.tuples(st.sampled_from("xy"), st.integers(0, len(places) - 1)), unique=True, max_size=12)
    )
    roster = Roster(
        course_offerings=[offering("1"), offering("2")],
        sections=sections,
        section_enrollments=[enrolled(student, str(number)) for student, number in links],
    )
    naive = {
        (student, *places[a])
        for student in "xy"
        for a, b in combinations(sorted(n for who, n in links if who == student), 2)
        if places[a] == places[b]
    }
    assert {(c.subject, c.session, c.period) for c in student_conflicts(roster)} == naive
