"""A district that leaves as OneRoster and comes into an empty home is the same district.

Compared by source key over every record that OneRoster can carry, and again by the bytes of a second
export (interoperability specification, C1; issue "Done when" 2).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

from firstbell.exchange.api import Recipient, export_oneroster, import_file
from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.api import apply_roster, job_viewer, people_counts, roster_for
from firstbell.people.data import (
    ContactRecord,
    CourseOfferingRecord,
    CourseRecord,
    Demographics,
    Directory,
    EnrollmentStatus,
    MeetingRecord,
    PersonName,
    Roster,
    SchoolEnrollmentRecord,
    SectionEnrollmentRecord,
    SectionPosition,
    SectionRecord,
    SectionStaffRecord,
    SessionKind,
    SessionRecord,
    StaffAssignmentRecord,
    StaffRole,
    StudentContactRecord,
    StudentRecord,
)
from firstbell.people.testing import BEGIN, END, TODAY, small_roster
from tests.exchange.carried import carried
from tests.exchange.oneroster_district import files, gradebook, rows, write_zip
from tests.formats.edfi.district import write_district
from tests.shared_data import shared_data

pytestmark = pytest.mark.django_db
JOB = job_viewer("test", TODAY)
RECIPIENT = Recipient(party="Test", purpose="Round trip")
VERSIONS = ["1.1", "1.2"]
Fill = Callable[[], object]


def round_trip(fill: Fill, version: str, folder: Path) -> tuple[Roster, Roster]:
    """The district that ``fill`` makes, and the one that its export makes in an empty home."""
    first, second = folder / "first.zip", folder / "second.zip"
    point = transaction.savepoint()
    fill()
    export_oneroster(JOB, first, version, recipient=RECIPIENT)
    before = roster_for(JOB)
    transaction.savepoint_rollback(point)
    assert not any(people_counts().values())
    result = import_file(JOB, first, format_name="oneroster", source="firstbell")
    assert result.state == "applied"
    after = roster_for(JOB)
    export_oneroster(JOB, second, version, recipient=RECIPIENT)
    assert second.read_bytes() == first.read_bytes()
    assert import_file(JOB, second, format_name="oneroster", source="firstbell").state == "unchanged"
    return before, after


def same(before: Roster, after: Roster) -> None:
    """Both districts hold the same, list by list."""
    one, two = carried(before), carried(after)
    assert one.keys() == two.keys()
    for kind, records in one.items():
        assert two[kind] == records, kind


def varied_roster() -> Roster:
    """The small district with all that is unusual: commas, letters, leavers, several roles and schools."""
    roster = small_roster(students=3)
    assert roster.sessions is not None
    assert roster.sections is not None
    roster.sessions += [
        SessionRecord(
            key=f"north-q{n}",
            name=f"Quarter {n}",
            kind=SessionKind.TERM,
            school_year=2027,
            begin=begin,
            end=end,
            school="north",
            parent="year",
        )
        for n, begin, end in ((1, BEGIN, date(2027, 1, 15)), (2, date(2027, 1, 16), END))
    ]
    assert roster.course_offerings is not None
    assert roster.courses is not None
    roster.courses += [
        CourseRecord(
            key="north-pe",
            title="PE, 1-6",
            code="PE",
            school="north",
            subject="Health, Safety",
            subject_code="08,09",
        ),
        CourseRecord(key="d-art", title="Art", code="ART", subject_code="05", description="Line and color"),
    ]
    roster.course_offerings.append(
        CourseOfferingRecord(key="north-o9", course="north-math", school="north", session="north-q1")
    )
    roster.sections += [
        SectionRecord(
            key="north-x9",
            offering="north-o9",
            code="",
            title="Algebra, honors",
            meetings=(
                MeetingRecord(period="north-p1", letter="A", room="north-r1"),
                MeetingRecord(period="north-p2", letter="B"),
            ),
            sessions=("north-q1", "north-q2"),
        ),
        SectionRecord(key="north-x8", offering="north-o", code="H", homeroom=True, location="Gym, west"),
    ]
    _varied_people(roster)
    return roster


def _varied_people(roster: Roster) -> None:
    lists = (
        roster.students, roster.contacts, roster.student_contacts, roster.school_enrollments,
        roster.section_enrollments, roster.section_staff, roster.staff_assignments,
    )  # fmt: skip
    assert all(one is not None for one in lists)
    students, contacts, links, stays, enrollments, taught, posts = lists
    name = PersonName(
        first="Zoë", last="O'Hara, Jr", middle="M", suffix="III", preferred_first="Zo", preferred_last="Hara"
    )
    students.append(  # type: ignore[union-attr]
        StudentRecord(
            key="zoe",
            name=name,
            local_id="77",
            state_id="9900",
            username="zoe",
            identifiers=(("SIS", "4711"), ("Google", "zoe@example.com")),
            demographics=Demographics(
                birth_date=date(2011, 2, 3),
                sex="female",
                hispanic=True,
                black=True,
                white=True,
                two_or_more_races=True,
                birth_country="US",
                birth_state="CA",
                birth_city="Fresno",
                residence_status="01652",
            ),
            directory=Directory(phone="555-0101", mobile="555-0102", email="zoe@example.com"),
        )
    )
    contacts += [  # type: ignore[operator]
        ContactRecord(key=key, name=PersonName(first=key, last="Kin"), username=key) for key in ("ann", "bob")
    ]
    links += [  # type: ignore[operator]
        StudentContactRecord(student="zoe", contact="bob", relation="Father, step", order=1),
        StudentContactRecord(student="zoe", contact="ann", relation="Aunt | godmother", order=2),
    ]
    stays += [  # type: ignore[operator]
        SchoolEnrollmentRecord(
            student="zoe",
            school="south",
            school_year=2027,
            grade=GradeLevel.GRADE_9,
            entry=BEGIN,
            exit=date(2026, 10, 30),
        ),
        SchoolEnrollmentRecord(
            student="zoe", school="north", school_year=2027, grade=GradeLevel.GRADE_9, entry=date(2026, 11, 2)
        ),
        SchoolEnrollmentRecord(
            student="north-0",
            school="south",
            school_year=2027,
            grade=GradeLevel.GRADE_9,
            entry=date(2026, 9, 1),
            status=EnrollmentStatus.SECONDARY,
        ),
    ]
    enrollments += [  # type: ignore[operator]
        SectionEnrollmentRecord(student="zoe", section="south-x1", begin=BEGIN, end=date(2026, 10, 30)),
        SectionEnrollmentRecord(student="zoe", section="north-x9", begin=date(2026, 11, 2)),
        SectionEnrollmentRecord(student="zoe", section="north-x8", begin=date(2026, 11, 2), homeroom=True),
        SectionEnrollmentRecord(student="north-1", section="north-x9", begin=BEGIN, end=date(2026, 9, 1)),
        SectionEnrollmentRecord(student="north-1", section="north-x9", begin=date(2026, 10, 1)),
    ]
    taught += [  # type: ignore[operator]
        SectionStaffRecord(staff="north-teacher", section="north-x9", begin=BEGIN, end=date(2026, 12, 1)),
        SectionStaffRecord(staff="north-counselor", section="north-x9", begin=date(2026, 12, 2)),
        SectionStaffRecord(
            staff="south-teacher", section="north-x9", begin=BEGIN, position=SectionPosition.CO_TEACHER
        ),
        SectionStaffRecord(
            staff="substitute", section="north-x9", begin=BEGIN, position=SectionPosition.AIDE
        ),
    ]
    posts.append(  # type: ignore[union-attr]
        StaffAssignmentRecord(
            staff="north-teacher",
            role=StaffRole.COACH,
            begin=BEGIN,
            end=date(2026, 11, 1),
            school="south",
            primary=False,
            classification="Head coach",
        )
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_a_small_ed_fi_district_comes_back(version: str, tmp_path: Path) -> None:
    source = write_district(tmp_path / "edfi")
    before, after = round_trip(
        lambda: import_file(JOB, source, format_name="edfi", source="edfi"), version, tmp_path
    )
    assert before.students
    same(before, after)


def test_a_district_with_all_that_is_unusual_comes_back_by_1_2(tmp_path: Path) -> None:
    before, after = round_trip(lambda: apply_roster(JOB, varied_roster(), source="test"), "1.2", tmp_path)
    same(before, after)


def test_a_district_with_all_that_is_unusual_comes_back_by_1_1(tmp_path: Path) -> None:
    """One role a user in 1.1: posts at other schools keep their own word beside it."""
    before, after = round_trip(lambda: apply_roster(JOB, varied_roster(), source="test"), "1.1", tmp_path)
    same(before, after)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_package_of_another_maker_comes_back_with_marks_and_extras(version: str, tmp_path: Path) -> None:
    found = rows(version) | gradebook(version)
    found["users"][4]["userIds"] = "{AD:tcher},{SSN:123}"
    found["users"][0]["enabledUser"] = "false"
    found["orgs"][0]["metadata.example.color"] = "blue"
    texts = files(version, found, extra={"orgs": ["metadata.example.color"]})
    path = write_zip(tmp_path / "maker.zip", texts)
    before, after = round_trip(
        lambda: import_file(JOB, path, format_name="oneroster", source="sis"), version, tmp_path
    )
    same(before, after)


@pytest.mark.grandbend
@pytest.mark.parametrize("version", VERSIONS)
def test_grand_bend_comes_back(version: str, tmp_path: Path) -> None:
    source = shared_data("edfi-grandbend-2010")
    before, after = round_trip(
        lambda: import_file(JOB, source, format_name="edfi", source="edfi"), version, tmp_path
    )
    same(before, after)
    assert after.counts()["section_enrollments"] == 13440
