"""Words, dates and references that do not fit are told with their place; nothing is guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from firstbell.exchange.data import Delivery
from firstbell.exchange.services.read_edfi import read_edfi
from firstbell.kernel.finding import Finding
from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import StaffRole
from tests.formats.edfi.district import DISTRICT_XML, write_district


def changed(tmp_path: Path, interchange: str, old: str, new: str, count: int = -1) -> Delivery:
    text = DISTRICT_XML[interchange]
    assert old in text
    return read_edfi(write_district(tmp_path, **{interchange: text.replace(old, new, count)}))


def told(delivery: Delivery, code: str) -> list[Finding]:
    return [finding for finding in delivery.findings if finding.code == code]


@pytest.mark.parametrize(
    ("interchange", "word", "column"),
    [
        ("StudentParent", "Asian", "races"),
        ("StudentParent", "Female", "sexes"),
        ("StudentAttendance", "Unexcused Absence", "attendance_categories"),
        ("EducationOrgCalendar", "Holiday", "calendar_events"),
        ("EducationOrgCalendar", "Fall Semester", "terms"),
    ],
)
def test_a_word_without_a_place_refuses_and_names_map_file_and_line(
    tmp_path: Path, interchange: str, word: str, column: str
) -> None:
    delivery = changed(tmp_path, interchange, f">{word}<", ">Blorp<")
    (finding,) = told(delivery, "code.unmapped")
    assert finding.refuses
    assert (finding.column, finding.file.endswith(".xml"), bool(finding.row)) == (column, True, True)
    assert "Blorp" in finding.message


def test_an_unknown_grade_is_other_and_told(tmp_path: Path) -> None:
    delivery = changed(tmp_path, "StudentEnrollment", "Ninth grade", "Eleventy")
    assert not any(finding.refuses for finding in delivery.findings)
    assert [f.column for f in told(delivery, "code.unmapped")] == ["grade_levels"]
    grades = {row.student: row.grade for row in delivery.roster.school_enrollments or ()}
    assert grades["501"] is GradeLevel.OTHER


def test_an_unknown_post_gets_the_least_access_and_is_told(tmp_path: Path) -> None:
    delivery = changed(tmp_path, "StaffAssociation", ">Superintendent<", ">Grand Vizier<")
    assert (delivery.roster.staff_assignments or [])[0].role is StaffRole.OTHER
    assert (delivery.roster.staff_assignments or [])[0].classification == "Grand Vizier"
    assert not told(delivery, "code.unmapped")[0].refuses


def test_an_unknown_relation_has_no_rights(tmp_path: Path) -> None:
    delivery = changed(tmp_path, "StudentParent", ">Mother<", ">Landlord<")
    link = next(row for row in delivery.roster.student_contacts or () if row.relation == "Landlord")
    assert (link.has_rights, link.portal_access) == (False, False)


def test_attendance_of_an_unknown_section_refuses(tmp_path: Path) -> None:
    delivery = changed(tmp_path, "StudentAttendance", "ALG-1", "ALG-9")
    assert told(delivery, "attendance.missing_target_record")[0].refuses


def test_attendance_on_a_holiday_is_told(tmp_path: Path) -> None:
    delivery = changed(tmp_path, "StudentAttendance", "2010-08-25", "2010-08-24")
    (finding,) = told(delivery, "attendance.outside")
    assert not finding.refuses
    assert delivery.details["attendance.outside"][0]["day"] == "2010-08-24"


def test_attendance_outside_the_enrollment_is_told(tmp_path: Path) -> None:
    delivery = changed(
        tmp_path, "StudentEnrollment", "<EndDate>2010-08-25</EndDate>", "<EndDate>2010-08-23</EndDate>", 1
    )
    assert told(delivery, "attendance.outside")


@pytest.mark.parametrize(
    ("interchange", "old", "new", "column"),
    [
        ("StudentEnrollment", ">501<", ">599<", "school_enrollments.student"),
        ("StudentEnrollment", ">ALG-1<", ">ALG-9<", "section_enrollments.section"),
        (
            "StaffAssociation",
            ">71</StaffUniqueStateId>\n      </StaffIdentity>",
            ">79</StaffUniqueStateId>\n      </StaffIdentity>",
            "staff_assignments.staff",
        ),
        ("MasterSchedule", ">9001<", ">9009<", "course_offerings.school"),
        ("StudentProgram", ">502<", ">599<", "program_participations.student"),
    ],
)
def test_a_reference_that_leads_nowhere_refuses_and_names_its_column(
    tmp_path: Path, interchange: str, old: str, new: str, column: str
) -> None:
    delivery = changed(tmp_path, interchange, old, new)
    assert column in {f.column for f in told(delivery, "reference.missing_target_record") if f.refuses}


def test_grades_of_an_unknown_section_are_kept_and_told(tmp_path: Path) -> None:
    delivery = changed(tmp_path, "StudentGrade", "<LocalCourseCode>ALG-1", "<LocalCourseCode>ALG-9")
    assert [row["missing"] for row in delivery.details["grades.missing_target_record"]] == ["section"]
    assert not any(finding.refuses for finding in delivery.findings)


def test_records_of_an_unknown_student_are_kept_without_one_and_told(tmp_path: Path) -> None:
    delivery = changed(tmp_path, "StudentDiscipline", ">502<", ">599<")
    rows = delivery.details["kept.unknown_student"]
    assert {row["kind"] for row in rows} == {"student_discipline_incidents", "discipline_actions"}
    assert {row["student"] for row in rows} == {"599"}
    strangers = [kept for kept in delivery.kept or () if kept.kind == "discipline_actions"]
    assert [(kept.student, kept.payload["students"]) for kept in strangers] == [("", ["599"])]


def test_a_session_without_a_year_refuses(tmp_path: Path) -> None:
    delivery = changed(tmp_path, "EducationOrgCalendar", "2010-2011", "last year")
    assert told(delivery, "edfi.invalid_session")[0].refuses


def test_a_session_that_ends_before_it_begins_refuses(tmp_path: Path) -> None:
    delivery = changed(tmp_path, "EducationOrgCalendar", "<EndDate>2010-08-25", "<EndDate>2010-08-01")
    assert len(told(delivery, "edfi.invalid_session")) == 1


def test_a_date_with_two_meanings_is_told(tmp_path: Path) -> None:
    delivery = changed(tmp_path, "EducationOrgCalendar", "<Date>2010-08-24<", "<Date>2010-08-23<")
    assert delivery.details["calendar.date_twice"] == [{"day": "2010-08-23", "event": "Holiday"}]


def test_a_key_keeps_its_parts_apart_and_fits(tmp_path: Path) -> None:
    delivery = changed(tmp_path, "EducationOrganization", "<ID>ALG-1</ID>", f"<ID>A|{'x' * 400}</ID>")
    keys = [record.key for record in delivery.roster.courses or ()]
    assert max(map(len, keys)) <= 255
    assert len(set(keys)) == 2


def test_a_course_of_the_district_serves_its_schools(tmp_path: Path) -> None:
    text = DISTRICT_XML["EducationOrganization"].replace(
        '<EducationOrganizationReference ref="S"/>', '<EducationOrganizationReference ref="LEA"/>'
    )
    delivery = read_edfi(write_district(tmp_path, EducationOrganization=text))
    assert {record.school for record in delivery.roster.courses or ()} == {""}
    assert {record.course for record in delivery.roster.course_offerings or ()} == {"9|ALG-1", "9|ART-1"}
    assert not any(finding.refuses for finding in delivery.findings)
