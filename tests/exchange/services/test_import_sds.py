"""Microsoft's own samples of School Data Sync come in whole, again as nothing new, and never by guessing.

Counts are those of the samples' SOURCE.txt; traps those of the interoperability specification, H.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from firstbell.exchange.api import ImportResult, import_file
from firstbell.exchange.models import KeptRecordRow
from firstbell.kernel.finding import Refused
from firstbell.people.api import Held, job_viewer, people_counts, source_ids
from firstbell.people.models import (
    Agency,
    Course,
    ProgramParticipation,
    School,
    SchoolEnrollment,
    Section,
    SectionEnrollment,
    SectionStaff,
    StaffAssignment,
    Student,
    StudentContact,
)
from tests.shared_data import shared_data

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def bring(path: Path, **options: Any) -> ImportResult:
    viewer = job_viewer("import:sds", options.pop("today", TODAY))
    return import_file(viewer, path, format_name="sds", source="sds", **options)


def sample(name: str) -> Path:
    return shared_data("microsoft-sds-csv") / name


def codes(result: ImportResult) -> set[str]:
    return {finding.code for finding in result.findings}


def counts() -> dict[str, int]:
    return {name: number for name, number in people_counts().items() if number}


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


V1 = {
    "School": "SIS ID,Name\n1,Oak School\n2,Elm School\n",
    "Section": "SIS ID,School SIS ID,Section Name,Term SIS ID,Term StartDate,Term EndDate\n"
    "10,1,Algebra,T1,8/17/2026,6/4/2027\n",
    "Student": "SIS ID,School SIS ID,Username,First Name,Last Name,Grade\n"
    "7,1,ana,Ana,Ruiz,9\n8,1,ben,Ben,Roe,K\n",
    "Teacher": "SIS ID,School SIS ID,Username\n7,1,max\n",
    "StudentEnrollment": "Section SIS ID,SIS ID\n10,7\n10,8\n",
    "TeacherRoster": "Section SIS ID,SIS ID\n10,7\n",
}


# Microsoft's samples -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SDS Format/100 Users", (2, 28, 86, 12, 602, 28)),
        ("SDS Format/25 Users", (2, 2, 22, 2, 44, 2)),
        ("SDS Format/Min Required Attributes", (2, 2, 22, 2, 44, 2)),
    ],
)
def test_the_samples_of_version_1_come_in_whole_and_only_once(name: str, expected: tuple[int, ...]) -> None:
    result = bring(sample(name))
    assert result.state == "applied"
    kinds = ("schools", "sections", "students", "staff", "section_enrollments", "section_staff")
    assert tuple(people_counts()[kind] for kind in kinds) == expected
    assert bring(sample(name)).state == "unchanged"


def test_dates_of_version_1_are_month_day_year_unless_the_source_is_set_otherwise() -> None:
    bring(sample("SDS Format/100 Users"))
    session = Section.objects.first().offering.session  # type: ignore[union-attr]
    assert (session.name, session.begin, session.end) == ("SY1516", date(2017, 7, 1), date(2018, 6, 30))
    assert session.school_year == 2018
    ora = Student.objects.get(local_id="13001")
    assert (ora.spoken_name, ora.demographics.birth_date) == ("Ora Klein", date(2000, 4, 2))
    with pytest.raises(Refused) as refusal:
        bring(sample("SDS Format/100 Users"), options={"slashed_dates": False})
    assert {(f.file, f.code, f.column) for f in refusal.value.findings if f.refuses} >= {
        ("Section.csv", "row.invalid_date", "Term StartDate"),
        ("Student.csv", "row.invalid_date", "Birthdate"),
    }


def test_the_sample_of_version_1_is_read_without_merging_people_or_losing_ids() -> None:
    """Grades unpadded, one id for a section and a course, a state in the place of a state's number."""
    result = bring(sample("SDS Format/100 Users"))
    assert {"sds.no_district", "sds.state_id_shared", "row.password_dropped"} <= codes(result)
    assert Student.objects.exclude(state_id="").count() == 0
    assert set(SchoolEnrollment.objects.values_list("grade", flat=True)) == {"09", "10", "11", "12"}
    assert source_ids("sds", "section").keys() & source_ids("sds", "course").keys()
    assert Course.objects.count() == 28
    school = School.objects.get(name="Contoso High School")
    assert school.grades == ["09", "10", "11", "12"]
    assert school.address == "2 Microsoft Way, Redmond, WA 98052"
    kept = KeptRecordRow.objects.get(kind="sds_extras", key="School:10001")
    assert kept.payload["Principal Name"] == "Amy Roebuck"
    texts = [str(row) for row in KeptRecordRow.objects.values_list("payload", flat=True)]
    assert not any("P@ss" in text for text in texts)


def test_sections_without_a_term_meet_in_the_school_year_of_the_day() -> None:
    result = bring(sample("SDS Format/Min Required Attributes"))
    assert "sds.no_term" in codes(result)
    session = Section.objects.first().offering.session  # type: ignore[union-attr]
    assert (session.name, session.begin, session.end) == ("2026–27", date(2026, 7, 1), date(2027, 6, 30))


def test_the_sample_of_version_2_comes_in() -> None:
    result = bring(sample("SDS v2"))
    assert result.state == "applied"
    assert counts() | {"course_offerings": 0, "academic_sessions": 0} == {
        "agencies": 2,
        "schools": 3,
        "academic_sessions": 0,
        "students": 22,
        "staff": 7,
        "staff_assignments": 7,
        "courses": 4,
        "course_offerings": 0,
        "sections": 4,
        "section_staff": 7,
        "school_enrollments": 22,
        "section_enrollments": 22,
    }
    assert set(Agency.objects.values_list("kind", flat=True)) == {"state", "district"}
    roles = dict(StaffAssignment.objects.values_list("staff__last_name", "role"))
    assert (roles["Beane"], roles["Rocha"], roles["Roy"]) == ("teacher", "teacher", "aide")
    assert roles["Todd"] in ("teacher", "other")
    grades = set(SchoolEnrollment.objects.values_list("grade", flat=True))
    assert grades == {"06", "09", "PS"}
    assert bring(sample("SDS v2")).state == "unchanged"


def test_the_sample_of_version_2_1_comes_in() -> None:
    result = bring(sample("SDS v2.1"))
    assert result.state == "applied"
    found = counts()
    assert {name: found[name] for name in ("schools", "students", "staff", "contacts", "sections")} == {
        "schools": 2,
        "students": 4,
        "staff": 2,
        "contacts": 2,
        "sections": 2,
    }
    assert (found["student_contacts"], found["section_enrollments"], found["section_staff"]) == (3, 4, 2)
    assert found["program_participations"] == 3
    jack = Student.objects.get(first_name="Jack")
    described = jack.demographics
    assert (described.sex, described.hispanic, described.birth_date) == ("male", True, date(2001, 7, 2))
    assert Student.objects.get(first_name="Fred").demographics.asian
    stay = SchoolEnrollment.objects.get(student=jack)
    assert (stay.entry, stay.exit, stay.grade) == (date(2021, 8, 24), date(2022, 6, 11), "10")
    rights = dict(StudentContact.objects.values_list("student__first_name", "has_rights"))
    assert rights == {"Jack": True, "Fred": False, "Alice": True}
    kinds = dict(ProgramParticipation.objects.values_list("student__first_name", "kind"))
    assert kinds == {"Jack": "special_education", "Fred": "meals", "Alice": "section_504"}
    assert bring(sample("SDS v2.1")).state == "unchanged"


# what the files must and may be --------------------------------------------------------------------


def test_students_and_teachers_number_themselves_apart(tmp_path: Path) -> None:
    bring(write(tmp_path / "sds", **V1))
    assert (people_counts()["students"], people_counts()["staff"]) == (2, 1)
    assert set(SchoolEnrollment.objects.values_list("grade", flat=True)) == {"09", "KG"}
    assert SectionStaff.objects.get().position == "teacher_of_record"
    assert set(SectionEnrollment.objects.values_list("begin", flat=True)) == {date(2026, 8, 17)}


def test_a_snapshot_that_lacks_too_many_is_held_and_who_is_inactive_ends(tmp_path: Path) -> None:
    bring(write(tmp_path / "sds", **V1))
    student = V1["Student"].replace("Grade\n", "Grade,Status\n").replace(",9\n", ",9,Active\n")
    files = V1 | {"Student": student.replace(",K\n", ",K,Inactive\n")}
    with pytest.raises(Held):
        bring(write(tmp_path / "sds", **files))
    bring(write(tmp_path / "sds", **files), confirm=True)
    assert Student.objects.get(username="ben").ended_on == TODAY
    stay = SchoolEnrollment.objects.get(student__username="ben", superseded_at=None)
    assert stay.exit == date(2026, 11, 23)


def test_a_column_that_is_not_sent_leaves_what_is_there(tmp_path: Path) -> None:
    bring(write(tmp_path / "sds", **V1))
    files = V1 | {"Student": "SIS ID,School SIS ID,Username,Grade\n7,1,ana,9\n8,1,ben,K\n"}
    assert bring(write(tmp_path / "sds", **files)).state == "unchanged"
    assert Student.objects.get(username="ana").first_name == "Ana"


@pytest.mark.parametrize(
    ("file", "text", "code", "place"),
    [
        ("Section", "SIS ID,School SIS ID\n10,1\n", "schema.missing_header", "Section Name"),
        ("School", "SIS ID,Name,Nmae\n1,Oak,x\n2,Elm,y\n", "schema.unknown_header", "Nmae"),
        ("School", "SIS ID,Name,Name\n1,Oak,x\n2,Elm,y\n", "table.duplicate_header", "Name"),
        ("School", "SIS ID,Name\n1,Oak\n1,Elm\n", "reference.duplicate_sourced_id", "SIS ID"),
        ("School", "SIS ID,Name\n1,\n2,Elm\n", "row.missing_required_value", "Name"),
        ("School", "SIS ID,Name\n1,Oak,x\n2,Elm\n", "table.row_width_mismatch", ""),
        ("StudentEnrollment", "Section SIS ID,SIS ID\n10,9\n", "reference.missing_target_record", "SIS ID"),
        (
            "Section",
            "SIS ID,School SIS ID,Section Name,Term SIS ID,Term StartDate,Term EndDate\n"
            "10,1,Algebra,T1,6/4/2027,8/17/2026\n",
            "semantic.dates_reversed",
            "Term EndDate",
        ),
    ],
)
def test_a_fault_refuses_the_whole_and_names_its_place(
    tmp_path: Path, file: str, text: str, code: str, place: str
) -> None:
    with pytest.raises(Refused) as refusal:
        bring(write(tmp_path / "sds", **(V1 | {file: text})))
    found = [f for f in refusal.value.findings if f.code == code]
    assert {(f.file, f.column) for f in found} == {(f"{file}.csv", place)}
    assert all(f.row and f.next_step for f in found)
    assert not any(people_counts().values())


def test_files_that_are_no_school_data_sync_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        bring(write(tmp_path / "sds", students="a\n"))
    assert {f.code for f in refusal.value.findings} == {"package.unknown_version"}


def test_a_foreign_column_may_be_passed_over_and_that_is_remembered(tmp_path: Path) -> None:
    files = V1 | {"School": "SIS ID,Name,Zone Color\n1,Oak School,red\n2,Elm School,blue\n"}
    folder = write(tmp_path / "sds", **files)
    assert "schema.unknown_header" in codes(bring(folder, options={"lenient_headers": True}))
    assert bring(folder).state == "unchanged"


def test_a_second_source_with_a_shared_number_merges_nobody(tmp_path: Path) -> None:
    """What two rows share tells neither; names never merge."""
    bring(sample("SDS Format/25 Users"))
    viewer = job_viewer("import:sds", TODAY)
    import_file(viewer, sample("SDS Format/Min Required Attributes"), format_name="sds", source="other")
    assert people_counts()["students"] == 44
