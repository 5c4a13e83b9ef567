"""The small district, record by record: what each element of Ed-Fi 1.0 becomes."""

from __future__ import annotations

from datetime import date
from typing import Any

from firstbell.attendance.data import Origin
from firstbell.exchange.data import Delivery
from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import (
    AgencyKind,
    DayType,
    MeetingRecord,
    ProgramKind,
    SectionPosition,
    SessionKind,
    StaffRole,
)

ALGEBRA = "9001|ALG-1|2010-2011|Fall Semester|01 - Day|101"
ART = "9001|ART-1|2010-2011|Fall Semester|02 - Day|102"


def only(records: list[Any] | None, key: str) -> Any:
    (found,) = [record for record in records or () if record.key == key]
    return found


def kept(delivery: Delivery, kind: str) -> list[dict[str, Any]]:
    return [record.payload for record in delivery.kept or () if record.kind == kind]


def test_a_district_stands_under_its_service_center(small: Delivery) -> None:
    assert only(small.roster.agencies, "9").parent == "90"
    assert only(small.roster.agencies, "90").kind is AgencyKind.SERVICE_CENTER


def test_a_school_has_its_place_its_number_and_its_grades_in_order(small: Delivery) -> None:
    school = only(small.roster.schools, "9001")
    assert (school.agency, school.address, school.phone) == ("9", "1 Elm St, Elm, TX 70001", "222")
    assert school.grades == (GradeLevel.GRADE_9, GradeLevel.GRADE_10)


def test_rooms_and_periods_belong_to_the_school_that_lists_them(small: Delivery) -> None:
    assert [(r.key, r.school, r.seats) for r in small.roster.rooms or ()] == [
        ("9001|101", "9001", 30),
        ("9001|102", "9001", None),
    ]
    assert [(p.key, p.order) for p in small.roster.periods or ()] == [
        ("9001|01 - Day", 1),
        ("9001|02 - Day", 2),
    ]


def test_sessions_have_the_year_above_and_grading_periods_below(small: Delivery) -> None:
    assert [(s.key, s.kind, s.parent) for s in small.roster.sessions or ()] == [
        ("2011", SessionKind.SCHOOL_YEAR, ""),
        ("9001|2010-2011|Fall Semester", SessionKind.SEMESTER, "2011"),
        ("9001|2010-2011|First Six Weeks", SessionKind.GRADING_PERIOD, "9001|2010-2011|Fall Semester"),
    ]


def test_the_calendar_of_a_school_has_every_date(small: Delivery) -> None:
    assert [(d.calendar, d.day, d.day_type) for d in small.roster.calendar_days or ()] == [
        ("9001|2011", date(2010, 8, 23), DayType.TAUGHT),
        ("9001|2011", date(2010, 8, 24), DayType.HOLIDAY),
        ("9001|2011", date(2010, 8, 25), DayType.TAUGHT),
    ]


def test_a_section_meets_in_its_period_and_room_and_bears_its_course_title(small: Delivery) -> None:
    section = only(small.roster.sections, ALGEBRA)
    assert section.meetings == (MeetingRecord(period="9001|01 - Day", room="9001|101"),)
    assert (section.title, section.code, section.offering) == (
        "Algebra I",
        "ALG-1-1",
        "9001|ALG-1|2010-2011|Fall Semester",
    )


def test_a_homeroom_needs_the_flag_on_every_enrollment(small: Delivery) -> None:
    assert only(small.roster.sections, ALGEBRA).homeroom
    assert not only(small.roster.sections, ART).homeroom


def test_a_student_is_identity_demographics_directory_and_numbers(small: Delivery) -> None:
    student = only(small.roster.students, "501")
    assert (student.name.first, student.local_id, student.state_id) == ("Ann", "1", "501")
    assert student.identifiers == (("SSN", "123456789"),)
    described = student.demographics
    assert (described.hispanic, described.asian, described.white, described.black) == (
        True,
        True,
        True,
        False,
    )
    assert described.two_or_more_races
    assert (described.sex, described.birth_date, described.home_language) == (
        "female",
        date(1996, 1, 2),
        "Turkish",
    )


def test_the_number_marked_primary_is_called_a_mobile_is_a_mobile_and_a_fax_is_neither(
    small: Delivery,
) -> None:
    reach = only(small.roster.students, "501").directory
    assert (reach.phone, reach.mobile) == ("1", "3")


def test_old_ethnicity_is_history_and_decides_nothing(small: Delivery) -> None:
    other = only(small.roster.students, "502").demographics
    assert (other.hispanic, other.two_or_more_races) == (None, False)
    assert kept(small, "student_attributes")[0]["old_ethnicity"] == "Hispanic"


def test_the_primary_contact_is_called_first_and_kin_have_no_rights_by_kinship(small: Delivery) -> None:
    links = [(r.contact, r.relation, r.order, r.has_rights) for r in small.roster.student_contacts or ()]
    assert links == [("602", "Mother", 1, True), ("601", "Grandmother", 2, False)]


def test_a_post_at_the_district_has_no_school(small: Delivery) -> None:
    posts = {r.staff: (r.role, r.school, r.classification) for r in small.roster.staff_assignments or ()}
    assert posts == {
        "70": (StaffRole.SUPERINTENDENT, "", "Superintendent"),
        "71": (StaffRole.TEACHER, "9001", "Teacher"),
    }


def test_employment_gives_the_hire_date_and_full_time_is_a_percentage(small: Delivery) -> None:
    assert only(small.roster.staff, "71").hire_date == date(2007, 2, 9)
    assert kept(small, "staff_employments")[0]["full_time_share"] == "1"


def test_a_teacher_without_a_begin_date_begins_with_the_session(small: Delivery) -> None:
    (link,) = small.roster.section_staff or []
    assert (link.section, link.begin, link.position) == (
        ALGEBRA,
        date(2010, 8, 23),
        SectionPosition.TEACHER_OF_RECORD,
    )


def test_enrollment_in_a_school_names_grade_year_and_plan(small: Delivery) -> None:
    (row,) = [row for row in small.roster.school_enrollments or () if row.student == "501"]
    assert (row.school, row.grade, row.school_year) == ("9001", GradeLevel.GRADE_9, 2011)
    assert kept(small, "student_graduation_plans") == [
        {"student": "501", "school": "9001", "plan": "9001|Minimum"}
    ]


def test_a_program_participation_tells_its_services(small: Delivery) -> None:
    (row,) = small.roster.program_participations or []
    assert (row.kind, row.name, row.detail) == (
        ProgramKind.SPECIAL_EDUCATION,
        "Special Education",
        "Speech therapy",
    )


def test_an_absence_is_the_word_of_the_office_in_the_code_of_the_table(small: Delivery) -> None:
    assert small.attendance is not None
    (event,) = small.attendance.events
    assert (event.code, event.origin, event.section, event.period) == (
        "U",
        Origin.OFFICE,
        ALGEBRA,
        "9001|01 - Day",
    )
    assert event.comment == ""


def test_a_period_grade_names_section_and_grading_period(small: Delivery) -> None:
    assert kept(small, "period_grades") == [
        {
            "student": "501",
            "section": ALGEBRA,
            "session": "9001|2010-2011|First Six Weeks",
            "type": "Grading Period",
            "numeric": "76",
        }
    ]


def test_a_failed_course_keeps_the_credit_that_the_record_gives(small: Delivery) -> None:
    (entry,) = kept(small, "transcript_entries")
    assert (entry["result"], entry["letter"], entry["credits_earned"], entry["grade"]) == (
        "Fail",
        "F",
        "0.5",
        "09",
    )
    assert entry["course"] == "9001|ALG-1"
    (record,) = [r for r in small.kept or () if r.kind == "academic_records"]
    assert entry["academic_record"] == record.key


def test_an_incident_its_students_and_its_actions_name_each_other(small: Delivery) -> None:
    (incident,) = [r for r in small.kept or () if r.kind == "discipline_incidents"]
    (part,) = kept(small, "student_discipline_incidents")
    (action,) = kept(small, "discipline_actions")
    assert part["incident"] == incident.key
    assert action["incidents"] == [incident.key]
    assert (action["students"], action["length_days"]) == (["502"], "3")


def test_a_result_points_to_its_test_and_may_have_a_reason_instead_of_scores(small: Delivery) -> None:
    (test,) = [r for r in small.kept or () if r.kind == "assessments"]
    scored, absent = kept(small, "assessment_results")
    assert scored["assessment"] == absent["assessment"] == test.key == "TAKS|Reading|Ninth grade|2010"
    assert (scored["scores"], scored["levels"]) == ({"Raw score": "34"}, {"Met Standard": True})
    assert absent["not_tested"] == "Absent"


def test_an_objective_result_hangs_on_the_result_and_on_the_part_of_the_test(small: Delivery) -> None:
    (part,) = kept(small, "objective_results")
    results = {r.key for r in small.kept or () if r.kind == "assessment_results"}
    assert part["result"] in results
    assert part["objective_assessment"] == kept(small, "objective_assessments")[0]["code"] == "READ9-1"
    assert kept(small, "assessments")[0]["objective_assessments"] == ["READ9-1"]
