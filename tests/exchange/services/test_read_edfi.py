"""The Grand Bend district comes in whole: every count of its SOURCE.txt, every trap told.

Expected numbers are those of the data's SOURCE.txt and of the interoperability specification, C1 to C3.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from firstbell.exchange.data import Delivery
from firstbell.exchange.services.read_edfi import read_edfi
from firstbell.people.data import AgencyKind, SessionKind, StaffRole
from tests.formats.edfi.district import DISTRICT_XML, write_district

HIGH, MIDDLE, ELEMENTARY = "255901001", "255901044", "255901107"


def kinds(delivery: Delivery) -> Counter[str]:
    return Counter(kept.kind for kept in delivery.kept or ())


def codes(delivery: Delivery) -> set[str]:
    return {finding.code for finding in delivery.findings}


def test_nothing_refuses_the_district(grand_bend: Delivery) -> None:
    assert [finding for finding in grand_bend.findings if finding.refuses] == []


def test_the_roster_has_every_row_of_the_source(grand_bend: Delivery) -> None:
    assert grand_bend.roster.counts() == {
        "agencies": 2,
        "schools": 3,
        "sessions": 1 + 6 + 18,
        "calendars": 3,
        "calendar_days": 3 * 278,
        "periods": 21,
        "rooms": 56,
        "students": 960,
        "contacts": 1872,
        "student_contacts": 1872,
        "staff": 67,
        "staff_assignments": 67,
        "courses": 84,
        "course_offerings": 168,
        "sections": 532,
        "school_enrollments": 960,
        "section_enrollments": 13440,
        "section_staff": 532,
        "program_participations": 327,
    }
    assert grand_bend.roster.bell_schedules is None
    assert grand_bend.roster.complete


def test_the_district_is_in_texas(grand_bend: Delivery) -> None:
    assert grand_bend.states == {"255901": "TX"}


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("period_grades", 40320),
        ("transcript_entries", 13440),
        ("academic_records", 1920),
        ("discipline_incidents", 21),
        ("student_discipline_incidents", 21),
        ("discipline_actions", 25),
        ("behavior_descriptors", 9),
        ("discipline_descriptors", 9),
        ("graduation_plans", 6),
        ("leave_events", 37),
        ("credential_descriptors", 17),
        ("staff_employments", 67),
        ("staff_schools", 56),
        ("programs", 7),
        ("service_descriptors", 17),
        ("assessments", 446),
        ("objective_assessments", 406),
        ("learning_objectives", 259),
        ("performance_level_descriptors", 7),
        ("assessment_results", 5489 + 36 + 140 + 625 + 372 + 213 + 39 + 15 + 5),
        ("objective_results", 14513 + 170),
    ],
)
def test_what_later_rooms_will_own_is_kept_whole(grand_bend: Delivery, kind: str, count: int) -> None:
    assert kinds(grand_bend)[kind] == count


def test_results_come_by_test_as_the_source_counts_them(grand_bend: Delivery) -> None:
    titles = Counter(
        kept.payload["assessment"].split("|")[0].split(" - ")[0]
        for kept in grand_bend.kept or ()
        if kept.kind == "assessment_results"
    )
    assert (titles["ACT"], titles["PSAT"]) == (372, 213)
    assert (titles["SAT"], titles["IB"], titles["AP"], titles["TELPAS"]) == (39, 15, 5, 140 + 625)


def test_every_kept_record_is_identified_within_its_kind(grand_bend: Delivery) -> None:
    keys = Counter((kept.kind, kept.key) for kept in grand_bend.kept or ())
    assert max(keys.values()) == 1
    assert max(len(key) for _, key in keys) <= 255


def test_agencies_and_schools_stand_in_their_order(grand_bend: Delivery) -> None:
    roster = grand_bend.roster
    assert {(a.key, a.kind, a.parent) for a in roster.agencies or ()} == {
        ("255950", AgencyKind.SERVICE_CENTER, ""),
        ("255901", AgencyKind.DISTRICT, "255950"),
    }
    assert {(s.key, s.agency) for s in roster.schools or ()} == {
        (school, "255901") for school in (HIGH, MIDDLE, ELEMENTARY)
    }


def test_sections_by_school_and_semester(grand_bend: Delivery) -> None:
    sections = grand_bend.roster.sections or []
    assert Counter(s.key.split("|")[0] for s in sections) == {HIGH: 156, MIDDLE: 120, ELEMENTARY: 256}
    assert Counter(s.key.split("|")[3] for s in sections) == {"Fall Semester": 266, "Spring Semester": 266}


def test_students_by_school_and_grade(grand_bend: Delivery) -> None:
    enrollments = grand_bend.roster.school_enrollments or []
    assert Counter(row.school for row in enrollments) == {HIGH: 320, MIDDLE: 240, ELEMENTARY: 400}
    expected = {f"{grade:02d}": 80 for grade in range(1, 13)} | {"09": 81, "11": 79}
    assert Counter(row.grade.value for row in enrollments) == expected
    assert {(row.entry, row.exit, row.school_year) for row in enrollments} == {
        (date(2010, 8, 23), None, 2011)
    }


def test_sessions_hang_from_the_year(grand_bend: Delivery) -> None:
    sessions = {s.key: s for s in grand_bend.roster.sessions or ()}
    kinds_of = Counter(s.kind for s in sessions.values())
    assert kinds_of == {SessionKind.SCHOOL_YEAR: 1, SessionKind.SEMESTER: 6, SessionKind.GRADING_PERIOD: 18}
    for session in sessions.values():
        parent = sessions[session.parent] if session.parent else None
        if session.kind is SessionKind.GRADING_PERIOD:
            assert parent is not None
            assert parent.kind is SessionKind.SEMESTER
            assert (parent.school, parent.begin <= session.begin) == (session.school, True)
        assert (parent is None) == (session.kind is SessionKind.SCHOOL_YEAR)
    year = sessions["2011"]
    assert (year.begin, year.end) == (date(2010, 8, 23), date(2011, 5, 27))


def test_trap_1_sections_are_told_apart_where_their_codes_are_not(grand_bend: Delivery) -> None:
    sections = grand_bend.roster.sections or []
    assert len({s.key for s in sections}) == 532
    assert Counter(Counter(s.code for s in sections).values()) == {1: 498, 2: 14, 3: 2}
    parts = [s.key.split("|") for s in sections]
    for dropped, left in ((1, 528), (5, 418), (4, 310), (3, 266)):
        assert len({tuple(p for i, p in enumerate(part) if i != dropped) for part in parts}) == left
    assert len(grand_bend.details["schedule.section_code_repeats"]) == 16


def test_trap_3_the_calendar_is_believed_and_the_rest_told(grand_bend: Delivery) -> None:
    days = [d for d in grand_bend.roster.calendar_days or () if d.calendar.startswith(HIGH)]
    assert Counter(d.day_type.taught for d in days) == {True: 177, False: 101}
    spring = [row for row in grand_bend.details["calendar.session_days"] if row["session"].startswith(HIGH)]
    assert [(row["announced"], row["in the calendar"]) for row in spring] == [("88", "96")]
    listed = {
        row["grading period"]: (row["listed"], row["in the calendar"])
        for row in grand_bend.details["calendar.grading_period_days"]
    }
    assert listed == {
        "Third Six Weeks": ("31", "27"),
        "Fourth Six Weeks": ("28", "33"),
        "Fifth Six Weeks": ("30", "29"),
    }


def test_trap_4_attendance_is_absences_by_section(grand_bend: Delivery) -> None:
    assert grand_bend.attendance is not None
    events = grand_bend.attendance.events
    assert Counter(event.code for event in events) == {"E": 7539, "U": 5411}
    assert len({event.student for event in events}) == 192
    assert not codes(grand_bend) & {"attendance.outside", "attendance.missing_target_record"}
    assert all(event.period.startswith(event.school + "|") for event in events)


def test_trap_5_conflicts_are_findings_one_a_kind_with_every_row_behind(grand_bend: Delivery) -> None:
    counts = {
        code: len(rows)
        for code, rows in grand_bend.details.items()
        if code.endswith("_conflict") or code == "schedule.over_seats"
    }
    assert counts == {
        "schedule.student_conflict": 710,
        "schedule.teacher_conflict": 10,
        "schedule.room_conflict": 2,
        "schedule.over_seats": 14,
    }
    told = Counter(finding.code for finding in grand_bend.findings)
    assert all(told[code] == 1 for code in counts)
    sizes = Counter(row.section for row in grand_bend.roster.section_enrollments or ()).values()
    assert (min(sizes), max(sizes)) == (20, 60)


def test_trap_6_the_archive_inside_is_named_and_left_out(grand_bend: Delivery) -> None:
    nested = [f for f in grand_bend.findings if f.code == "package.nested_archive"]
    assert [f.file.endswith("TeacherSchool.zip") for f in nested] == [True]
    assert "255901108" not in {s.key for s in grand_bend.roster.schools or ()}


def test_trap_7_references_to_standards_lead_nowhere_and_are_told(grand_bend: Delivery) -> None:
    rows = grand_bend.details["reference.missing_target_record"]
    assert len(rows) == 78
    assert {row["element"] for row in rows} == {"Course"}
    assert kinds(grand_bend)["performance_level_descriptors"] == 7  # three of them are ID_1 of their file


def test_trap_8_each_school_has_its_own_periods_and_rooms(grand_bend: Delivery) -> None:
    roster = grand_bend.roster
    assert Counter(p.school for p in roster.periods or ()) == {HIGH: 7, MIDDLE: 7, ELEMENTARY: 7}
    assert {p.order for p in roster.periods or ()} == set(range(1, 8))
    assert len({r.key for r in roster.rooms or ()}) == 56


def test_trap_9_missing_e_mail_is_told_and_no_race_of_staff_is_made_up(grand_bend: Delivery) -> None:
    assert len(grand_bend.details["people.staff_without_email"]) == 56
    assert len(grand_bend.details["people.contact_without_email"]) == 1772
    assert all(student.directory.email for student in grand_bend.roster.students or ())
    employments = [k for k in grand_bend.kept or () if k.kind == "staff_employments"]
    assert {k.payload["full_time_share"] for k in employments} == {"1"}
    staff = [k for k in grand_bend.kept or () if k.kind == "staff_attributes"]
    assert not any(k.payload.get("races") for k in staff)


def test_trap_10_government_numbers_go_where_they_never_leave_from(grand_bend: Delivery) -> None:
    students = grand_bend.roster.students or []
    numbers = {number for s in students for system, number in s.identifiers if system == "SSN"}
    assert len(numbers) == 960
    assert {len(number) for number in numbers} == {10}
    assert {system for s in students for system, _ in s.identifiers} == {"SSN"}
    told = " ".join(f.message + f.next_step + f.place for f in grand_bend.findings)
    rows = {value for rows in grand_bend.details.values() for row in rows for value in row.values()}
    assert not any(number in told for number in numbers)
    assert not rows & numbers
    kept = {str(k.payload) for k in grand_bend.kept or () if k.kind == "student_attributes"}
    assert not any(number in text for number in list(numbers)[:50] for text in kept)


def test_trap_11_contacts_and_names(grand_bend: Delivery) -> None:
    assert len(grand_bend.details["people.no_primary_contact"]) == 79
    assert len(grand_bend.details["people.lives_with_unknown"]) == 1
    assert len(grand_bend.details["people.same_name"]) == 2
    links = grand_bend.roster.student_contacts or []
    relations = Counter(row.relation for row in links)
    assert relations == {"Mother": 912, "Father": 769, "Father, step": 191}
    assert all(row.has_rights for row in links)
    by_student: dict[str, list[int]] = {}
    for row in links:
        by_student.setdefault(row.student, []).append(row.order)
    assert all(sorted(orders) == list(range(1, len(orders) + 1)) for orders in by_student.values())


def test_trap_12_words_are_matched_without_their_blanks(grand_bend: Delivery) -> None:
    languages = {s.demographics.home_language for s in grand_bend.roster.students or ()}
    assert {"Turkish", "Hindi", "Welsh", "Oriya"} <= languages
    assert all(language == language.strip() for language in languages)
    assert "assessment.unknown_test" not in codes(grand_bend)


def test_trap_13_a_result_is_its_own_identity(grand_bend: Delivery) -> None:
    results = [k for k in grand_bend.kept or () if k.kind == "assessment_results"]
    taks = [k for k in results if k.payload["assessment"].startswith(("TAKS|", "TAKS-M|"))]
    times = Counter((k.student, k.payload["assessment"], k.payload["day"]) for k in taks)
    assert sum(1 for count in times.values() if count > 1) == 334
    assert set(times.values()) == {1, 2}
    not_tested = [k for k in results if k.payload.get("not_tested")]
    assert Counter("2010" in k.key.split("|")[0] for k in not_tested) == {True: 195, False: 2}
    assert not any(k.payload["scores"] for k in not_tested if "scores" in k.payload)
    assert min(k.payload["day"] for k in results) == "2007-02-01"


def test_trap_14_credits_come_from_the_record(grand_bend: Delivery) -> None:
    entries = [k.payload for k in grand_bend.kept or () if k.kind == "transcript_entries"]
    assert any(e["result"] == "Fail" and e["credits_earned"] == "0.5" for e in entries)
    records = [k.payload for k in grand_bend.kept or () if k.kind == "academic_records"]
    assert {record["credits_earned"] for record in records} == {"7", "14"}
    sunday = grand_bend.details["discipline.incident_without_instruction"]
    assert [row["weekday"] for row in sunday] == ["Sunday"]
    assert len(grand_bend.details["schedule.offering_without_section"]) == 4


def test_homerooms_are_the_sections_all_of_whose_enrollments_say_so(grand_bend: Delivery) -> None:
    assert sum(section.homeroom for section in grand_bend.roster.sections or ()) == 80


def test_staff_roles_follow_the_code_map(grand_bend: Delivery) -> None:
    roles = Counter(row.role for row in grand_bend.roster.staff_assignments or ())
    assert roles == {
        StaffRole.TEACHER: 56,
        StaffRole.PRINCIPAL: 6,
        StaffRole.COUNSELOR: 1,
        StaffRole.SUPERINTENDENT: 1,
        StaffRole.OTHER: 3,
    }
    superintendent = next(
        r for r in grand_bend.roster.staff_assignments or () if r.role is StaffRole.SUPERINTENDENT
    )
    assert superintendent.school == ""


def test_kept_records_name_students_sections_and_sessions_of_the_roster(grand_bend: Delivery) -> None:
    roster = grand_bend.roster
    known = {
        "student": {s.key for s in roster.students or ()},
        "section": {s.key for s in roster.sections or ()},
        "session": {s.key for s in roster.sessions or ()},
        "course": {s.key for s in roster.courses or ()},
    }
    for kept in grand_bend.kept or ():
        for name, keys in known.items():
            if name in kept.payload:
                assert kept.payload[name] in keys
        assert not kept.student or kept.student in known["student"]


def test_reading_twice_gives_the_same_delivery(tmp_path: Path) -> None:
    folder = write_district(tmp_path)
    first, second = read_edfi(folder), read_edfi(folder)
    assert first == second


def test_examination_findings_are_part_of_the_delivery(tmp_path: Path, small: Delivery) -> None:
    assert not any(finding.refuses for finding in small.findings)
    schedule = DISTRICT_XML["MasterSchedule"]
    delivery = read_edfi(write_district(tmp_path, MasterSchedule=schedule + schedule))
    assert delivery.findings[0].code == "reference.duplicate_key"
    assert delivery.findings[0].refuses
    assert {row["kind"] for row in delivery.details["reference.duplicate_key"]} == {
        "course_offerings",
        "sections",
    }
