"""A source is read whole, in load order, or says with file and line why not."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import pytest

from firstbell.formats.archive import Limits
from firstbell.formats.edfi import Source, open_source
from firstbell.formats.edfi.records import INTERCHANGES
from firstbell.formats.edfi.records.education import LocalEducationAgency, School
from firstbell.formats.edfi.records.grade import CourseTranscript
from firstbell.formats.edfi.records.student import Student
from firstbell.formats.edfi.shape import Record
from tests.formats.edfi.district import DISTRICT_XML, document, write_district, write_files


def read(folder: Path) -> tuple[Source, list[Record]]:
    source = open_source(folder)
    return source, list(source.records())


def codes(source: Source) -> list[str]:
    return [finding.code for finding in source.findings]


def only(tmp_path: Path, text: str | bytes) -> tuple[Source, list[Record]]:
    data = text.encode() if isinstance(text, str) else text
    (tmp_path / "one.xml").write_bytes(data)
    return read(tmp_path)


CALENDAR = DISTRICT_XML["EducationOrgCalendar"]


def test_the_small_district_is_read_without_a_finding(tmp_path: Path) -> None:
    source, records = read(write_district(tmp_path))
    assert source.findings == []
    assert {type(record).__name__ for record in records} == {
        name
        for elements in INTERCHANGES.values()
        for name in elements
        if name not in ("StateEducationAgency",)
    }


def test_files_are_taken_in_load_order_whatever_they_are_called(tmp_path: Path) -> None:
    source = open_source(write_district(tmp_path))
    assert [file.interchange for file in source.files] == list(INTERCHANGES)


def test_a_folder_a_zip_and_a_folder_with_the_zip_read_alike(tmp_path: Path) -> None:
    plain = write_district(tmp_path / "plain")
    packed = tmp_path / "packed" / "district.zip"
    packed.parent.mkdir()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in plain.iterdir():
            archive.write(path, f"Sample Data/{path.name}")
    expected = read(plain)[1]
    assert read(packed)[1] == expected
    assert read(packed.parent)[1] == expected


def test_a_reference_to_an_element_further_down_is_resolved(tmp_path: Path) -> None:
    _, records = read(write_district(tmp_path))
    district = next(record for record in records if isinstance(record, LocalEducationAgency))
    school = next(record for record in records if isinstance(record, School))
    assert district.service_center == "90"
    assert [room.code for room in school.rooms] == ["101", "102"]
    assert school.district == "9"


def test_a_transcript_knows_its_student_by_the_record_it_refers_to(tmp_path: Path) -> None:
    _, records = read(write_district(tmp_path))
    transcript = next(record for record in records if isinstance(record, CourseTranscript))
    assert transcript.academic_record.student == "501"
    assert transcript.academic_record.session.term == "Fall Semester"


def test_an_id_means_something_in_its_own_file_only(tmp_path: Path) -> None:
    enrollment = DISTRICT_XML["StudentEnrollment"].replace('ref="GP"', 'ref="ST1"')
    source, _ = read(write_district(tmp_path, StudentEnrollment=enrollment))
    assert codes(source) == ["reference.missing_target_record"]
    assert [row["id"] for row in source.dangling] == ["ST1"]


def test_white_space_is_normalized_and_a_byte_order_mark_and_crlf_are_nothing(tmp_path: Path) -> None:
    text = document("StudentParent", DISTRICT_XML["StudentParent"])
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    plain = only(tmp_path / "a", text)[1]
    windows = only(tmp_path / "b", b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())[1]
    assert windows == plain
    student = plain[0]
    assert isinstance(student, Student)
    assert student.name.first == "Ann"
    assert student.home_languages == ("Turkish",)


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    text = document("EducationOrgCalendar", CALENDAR).replace(
        "?>\n", '?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n', 1
    )
    source, records = only(tmp_path, text.replace("Holiday", "&e;"))
    assert codes(source)[0] == "edfi.doctype"
    assert source.findings[0].refuses
    assert records == []


def test_a_billion_laughs_is_refused_before_it_is_expanded(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = document("EducationOrgCalendar", CALENDAR).replace(
        "?>\n", f'?>\n<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>\n', 1
    )
    assert codes(only(tmp_path, text.replace("Holiday", "&l9;"))[0])[0] == "edfi.doctype"


def test_an_undeclared_entity_is_malformed_with_file_and_line(tmp_path: Path) -> None:
    text = document("EducationOrgCalendar", CALENDAR).replace("Holiday", "&nope;")
    source, _ = only(tmp_path, text)
    finding = source.findings[0]
    line = text[: text.index("&nope;")].count("\n") + 1
    assert (finding.code, finding.file, finding.row) == ("edfi.malformed_xml", "one.xml", line)


def test_a_truncated_file_gives_what_came_before_and_refuses(tmp_path: Path) -> None:
    text = document("EducationOrgCalendar", CALENDAR)
    source, records = only(tmp_path, text[: text.index('<CalendarDate id="D3"')])
    assert Counter(type(record).__name__ for record in records)["CalendarDate"] == 2
    assert source.findings[0].code == "edfi.malformed_xml"
    assert source.findings[0].refuses


@pytest.mark.parametrize(
    "data", [b"", b"   ", b"not xml", b"\x00\x01\x02", b"<", b"<a><b></a>", b"\xff\xfe<\x00"]
)
def test_rubbish_is_a_finding(tmp_path: Path, data: bytes) -> None:
    source, records = only(tmp_path, data)
    assert records == []
    assert codes(source)[0] == "edfi.malformed_xml" or codes(source)[0] == "edfi.unknown_root"
    assert "edfi.no_interchange" in codes(source)


def test_a_foreign_root_is_named_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "other.xml").write_text("<note/>")
    write_files(tmp_path, {"EducationOrgCalendar": CALENDAR})
    source, records = read(tmp_path)
    assert [(f.code, f.file, f.refuses) for f in source.findings] == [
        ("edfi.unknown_root", "other.xml", False)
    ]
    assert records


def test_another_version_of_ed_fi_refuses_because_data_would_be_missing(tmp_path: Path) -> None:
    text = document("EducationOrgCalendar", CALENDAR).replace("/0100", "/5.2.0")
    source, _ = only(tmp_path, text)
    assert codes(source)[0] == "edfi.version"
    assert source.findings[0].refuses


def test_a_missing_required_element_names_the_element_and_its_line(tmp_path: Path) -> None:
    text = document("EducationOrgCalendar", CALENDAR).replace("<Date>2010-08-24</Date>", "<Date> </Date>")
    source, records = only(tmp_path, text)
    finding = source.findings[0]
    line = text[: text.index('<CalendarDate id="D2"')].count("\n") + 1
    assert (finding.code, finding.column, finding.row) == ("edfi.invalid_element", "CalendarDate/Date", line)
    assert finding.refuses
    assert Counter(type(record).__name__ for record in records)["CalendarDate"] == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<Date>2010-08-24</Date>", "<Date>08/24/2010</Date>"),
        ("<Date>2010-08-24</Date>", "<Date>2010-02-30</Date>"),
        ("<TotalInstructionalDays>2<", "<TotalInstructionalDays>two<"),
    ],
)
def test_a_value_of_the_wrong_form_is_a_finding_and_never_a_guess(tmp_path: Path, old: str, new: str) -> None:
    source, _ = only(tmp_path, document("EducationOrgCalendar", CALENDAR).replace(old, new, 1))
    assert "edfi.invalid_element" in codes(source)


def test_an_id_that_stands_twice_in_a_file_is_told(tmp_path: Path) -> None:
    source, _ = only(tmp_path, document("EducationOrgCalendar", CALENDAR).replace('id="D2"', 'id="D1"'))
    assert "edfi.duplicate_id" in codes(source)


def test_elements_that_are_not_read_are_counted(tmp_path: Path) -> None:
    source, _ = only(tmp_path, document("EducationOrgCalendar", CALENDAR + "<AcademicWeek/><AcademicWeek/>"))
    assert [(f.code, f.column) for f in source.findings] == [("edfi.unknown_element", "AcademicWeek")]
    assert source.findings[0].message.startswith("2 ")


def test_a_circle_of_references_ends(tmp_path: Path) -> None:
    text = document(
        "EducationOrganization",
        '<LocalEducationAgency id="A"><StateOrganizationId>1</StateOrganizationId>'
        "<NameOfInstitution>x</NameOfInstitution>"
        '<EducationServiceCenterReference ref="A"/></LocalEducationAgency>',
    )
    source, records = only(tmp_path, text)
    assert len(records) == 1
    assert codes(source) == ["reference.missing_target_record"]


def test_many_faults_of_one_kind_are_listed_readably(tmp_path: Path) -> None:
    bad = "<CalendarDate><Date>x</Date><CalendarEvent>Holiday</CalendarEvent></CalendarDate>\n" * 500
    source, _ = only(tmp_path, document("EducationOrgCalendar", bad))
    # 500 dates with two faults each: what is no date, and so the date is missing
    assert len(source.findings) == 21
    assert source.findings[-1].message.startswith("980 more")


def test_the_limits_of_the_archive_stop_a_source(tmp_path: Path) -> None:
    source = open_source(write_district(tmp_path), limits=Limits(entries=3))
    assert "package.too_large" in codes(source)
    assert list(source.records()) == []


def test_an_archive_inside_and_other_files_are_named_and_left_out(tmp_path: Path) -> None:
    folder = write_district(tmp_path)
    (folder / "TeacherSchool.zip").write_bytes(b"PK")
    (folder / "README.txt").write_text("x")
    source, records = read(folder)
    assert {(f.code, f.file) for f in source.findings} == {
        ("package.nested_archive", "TeacherSchool.zip"),
        ("edfi.file_skipped", "README.txt"),
    }
    assert not any(finding.refuses for finding in source.findings)
    assert records
