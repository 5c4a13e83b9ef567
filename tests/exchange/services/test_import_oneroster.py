"""A OneRoster package comes in all or nothing and twice as once; a delta changes only what it says.

Rules are those of the interoperability specification, A4, A5 and A10.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from firstbell.exchange.api import ImportResult, import_file
from firstbell.exchange.models import ImportRun, KeptRecordRow
from firstbell.kernel.finding import Refused
from firstbell.people.api import Held, job_viewer, people_counts, source_ids
from firstbell.people.models import (
    Contact,
    SchoolEnrollment,
    Section,
    SectionEnrollment,
    SectionStaff,
    Staff,
    StaffAssignment,
    Student,
    StudentContact,
    StudentDemographics,
)
from firstbell.platform.models import AuditEntry
from tests.exchange.oneroster_district import Rows, delta, files, gradebook, rows, write_zip

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
VERSIONS = ["1.1", "1.2"]


@pytest.fixture
def bring(tmp_path: Path) -> Any:
    """Imports rows as a package; answers the result."""

    def run(
        found: Rows, version: str = "1.2", *, mode: str = "bulk", today: date = TODAY, **options: Any
    ) -> ImportResult:
        texts = files(version, found, mode=mode, extra=options.pop("extra", None))
        path = write_zip(tmp_path / "package.zip", texts)
        viewer = job_viewer("import:oneroster", today)
        return import_file(viewer, path, format_name="oneroster", source="sis", **options)

    return run


def differences(result: ImportResult) -> dict[str, tuple[int, int, int]]:
    return {k.kind: (k.added, k.changed, k.ended) for k in result.kinds if k.added or k.changed or k.ended}


def student(key: str) -> Student:
    return Student.objects.get(pk=source_ids("sis", "student")[key])


def stays(key: str) -> list[tuple[str, date, date | None]]:
    found = SchoolEnrollment.objects.filter(student=student(key), superseded_at=None).order_by("entry")
    return list(found.values_list("school__name", "entry", "exit"))


# bulk ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_a_package_becomes_the_district(bring: Any, version: str) -> None:
    result = bring(rows(version), version)
    assert result.state == "applied"
    assert {name: n for name, n in people_counts().items() if n} == {
        "agencies": 1,
        "schools": 1,
        "academic_sessions": 4,
        "class_periods": 2,
        "students": 2,
        "contacts": 2,
        "student_contacts": 3,
        "staff": 3,
        "staff_assignments": 3,
        "courses": 1,
        "course_offerings": 1,
        "sections": 2,
        "section_staff": 2,
        "school_enrollments": 2,
        "section_enrollments": 3,
    }
    anna = student("p-anna")
    assert (anna.spoken_name, anna.local_id, anna.username) == ("Anna Lopez", "1001", "anna.lopez")
    assert (anna.demographics.birth_date, anna.demographics.sex) == (date(2012, 3, 4), "female")
    assert (anna.demographics.asian, anna.demographics.white, anna.demographics.hispanic) == (
        True,
        True,
        False,
    )
    assert StudentDemographics.objects.get(student=student("p-ben")).hispanic is None
    assert stays("p-anna") == [("Oak School", date(2026, 8, 17), None)]


def test_ends_are_exclusive_outside_and_inclusive_inside(bring: Any) -> None:
    found = rows()
    found["enrollments"][0]["endDate"] = "2026-10-17"
    found["roles"][1]["endDate"] = "2026-12-01"
    bring(found)
    assert SectionEnrollment.objects.get(source_key="e1").end == date(2026, 10, 16)
    assert stays("p-ben")[0][2] == date(2026, 11, 30)
    session = Section.objects.get(pk=source_ids("sis", "section")["x1"]).offering.session
    assert (session.begin, session.end) == (date(2026, 8, 17), date(2027, 1, 10))


def test_a_source_that_writes_last_days_is_read_so_and_remembered(bring: Any) -> None:
    found = rows()
    found["enrollments"][0]["endDate"] = "2026-10-16"
    bring(found, options={"inclusive_ends": True})
    assert SectionEnrollment.objects.get(source_key="e1").end == date(2026, 10, 16)
    assert bring(found).state == "unchanged"
    assert bring(found, options={"inclusive_ends": False}).state == "applied"


@pytest.mark.parametrize("version", VERSIONS)
def test_the_same_package_again_changes_nothing(bring: Any, version: str) -> None:
    found = rows(version) | gradebook(version)
    bring(found, version)
    audited = AuditEntry.objects.count()
    result = bring(found, version)
    assert (result.state, result.changes) == ("unchanged", 0)
    assert AuditEntry.objects.count() == audited


def test_a_dry_run_tells_the_difference_and_changes_nothing(bring: Any) -> None:
    result = bring(rows(), dry_run=True)
    assert (result.state, differences(result)["students"]) == ("dry_run", (2, 0, 0))
    assert not Student.objects.exists()
    run = ImportRun.objects.get()
    assert (run.state, run.file_name, run.source) == ("dry_run", "package.zip", "sis")
    assert {row["kind"]: row["added"] for row in run.difference}["students"] == 2


def test_a_refused_package_changes_nothing_and_is_remembered_with_its_findings(bring: Any) -> None:
    bring(rows())
    before = people_counts()
    found = rows()
    found["users"][0]["givenName"] = "Changed"
    found["enrollments"][0]["classSourcedId"] = "x9"
    with pytest.raises(Refused) as refusal:
        bring(found)
    places = {(f.file, f.row, f.column, f.code) for f in refusal.value.findings if f.refuses}
    assert ("enrollments.csv", 2, "classSourcedId", "reference.missing_target_record") in places
    assert (people_counts(), student("p-anna").first_name) == (before, "Anna")
    run = ImportRun.objects.latest("pk")
    assert (run.state, run.difference) == ("refused", [])
    assert run.findings[0]["code"] == "reference.missing_target_record"


def test_a_file_that_is_no_package_is_a_run_too(tmp_path: Path) -> None:
    path = tmp_path / "roster.zip"
    path.write_bytes(b"not a zip")
    viewer = job_viewer("import:oneroster", TODAY)
    with pytest.raises(Refused):
        import_file(viewer, path, format_name="oneroster", source="sis")
    assert ImportRun.objects.get().state == "refused"


def test_a_user_of_several_roles_is_one_of_each(bring: Any) -> None:
    """One user for each person (A10): a teacher who is a parent is staff and contact."""
    found = rows()
    found["users"][0]["agentSourcedIds"] = "p-mia,p-gus,p-tea"
    found["users"][4]["agentSourcedIds"] = "p-anna"
    found["roles"].append(
        {**found["roles"][2], "sourcedId": "r-tea2", "userSourcedId": "p-tea", "roleType": "secondary"}
    )
    bring(found)
    assert {"p-tea"} <= source_ids("sis", "staff").keys() & source_ids("sis", "contact").keys()
    relations = StudentContact.objects.filter(student=student("p-anna")).order_by("order")
    assert list(relations.values_list("contact__first_name", "relation", "has_rights")) == [
        ("Mia", "parent", True),
        ("Gus", "guardian", True),
        ("Tea", "parent", True),
    ]


@pytest.mark.parametrize(
    ("version", "word", "role"),
    [
        ("1.1", "administrator", "other"),
        ("1.2", "siteAdministrator", "other"),
        ("1.2", "systemAdministrator", "other"),
        ("1.2", "principal", "principal"),
        ("1.2", "counselor", "counselor"),
        ("1.2", "proctor", "other"),
    ],
)
def test_no_file_gives_the_rights_of_an_administrator(bring: Any, version: str, word: str, role: str) -> None:
    found = rows(version)
    if version == "1.1":
        found["users"][5]["role"] = word
    else:
        found["roles"][5]["role"] = word
    bring(found, version)
    post = StaffAssignment.objects.get(staff=source_ids("sis", "staff")["p-pri"])
    assert post.role == role


def test_a_homeroom_and_the_lone_teacher(bring: Any) -> None:
    found = rows()
    found["classes"][0]["classType"] = "homeroom"
    found["enrollments"][3]["primary"] = ""
    bring(found)
    section = Section.objects.get(pk=source_ids("sis", "section")["x1"])
    assert section.homeroom
    assert set(section.section_enrollments.values_list("homeroom", flat=True)) == {True}
    assert SectionStaff.objects.get(section=section).position == "teacher_of_record"


def test_a_role_without_a_date_begins_with_the_first_section_and_stays_there(bring: Any) -> None:
    found = rows()
    for role in found["roles"]:
        role["beginDate"] = ""
    found["enrollments"][0]["beginDate"] = found["enrollments"][1]["beginDate"] = "2026-09-01"
    bring(found)
    assert stays("p-anna") == [("Oak School", date(2026, 9, 1), None)]
    assert stays("p-ben") == [("Oak School", date(2026, 8, 17), None)]
    found["enrollments"][0]["beginDate"] = "2026-08-20"
    result = bring(found)
    assert "school_enrollments" not in differences(result)


def test_marks_and_resources_are_kept_whole(bring: Any) -> None:
    found = rows() | gradebook()
    found["resources"] = [{"sourcedId": "z1", "vendorResourceId": "v1", "title": "Book"}]
    found["classResources"] = [{"sourcedId": "z2", "classSourcedId": "x1", "resourceSourcedId": "z1"}]
    bring(found)
    kept = {row.kind: row for row in KeptRecordRow.objects.all()}
    assert kept.keys() == {"categories", "line_items", "results", "resources", "class_resources"}
    assert kept["results"].student == student("p-anna")
    assert kept["results"].payload == {
        "lineItemSourcedId": "i1",
        "studentSourcedId": "p-anna",
        "scoreStatus": "fully graded",
        "score": "9",
        "scoreDate": "2026-09-02",
    }


def test_a_package_that_does_not_speak_of_marks_leaves_them(bring: Any) -> None:
    bring(rows() | gradebook())
    assert bring(rows()).state == "unchanged"
    assert KeptRecordRow.objects.filter(kind="results").count() == 1
    gone = bring(rows() | {**gradebook(), "results": []})
    assert differences(gone) == {"results": (0, 0, 1)}


# what the file has no word for ---------------------------------------------------------------------


def test_what_oneroster_has_no_word_for_stays_as_the_district_has_it(bring: Any) -> None:
    bring(rows())
    anna = student("p-anna")
    anna.preferred_first_name = "Annie"
    anna.save()
    anna.directory.address, anna.directory.confidential = "1 Main St", True
    anna.directory.save()
    anna.demographics.home_language = "spa"
    anna.demographics.save()
    StudentContact.objects.filter(student=anna).update(portal_access=False, lives_with=True, emergency=True)
    SchoolEnrollment.objects.filter(student=anna).update(entry_code="R1", track="B")
    school = anna.school_enrollments.get().school
    school.website = "https://oak.example.com"
    school.save()
    found = rows("1.1")
    result = bring(found, "1.1")
    assert differences(result).keys() <= {"staff_assignments"}
    anna = student("p-anna")
    assert anna.preferred_first_name == "Annie"
    assert (anna.directory.address, anna.directory.confidential) == ("1 Main St", True)
    assert anna.demographics.home_language == "spa"
    assert set(StudentContact.objects.filter(student=anna).values_list("portal_access", "lives_with")) == {
        (False, True)
    }
    stay = SchoolEnrollment.objects.get(student=anna, superseded_at=None)
    assert (stay.entry_code, stay.track, stay.school.website) == ("R1", "B", "https://oak.example.com")


def test_a_package_without_demographics_leaves_them(bring: Any) -> None:
    bring(rows())
    found = rows()
    del found["demographics"]
    assert bring(found).state == "unchanged"
    assert student("p-anna").demographics.birth_date == date(2012, 3, 4)


def test_an_empty_number_takes_none_away(bring: Any) -> None:
    bring(rows())
    found = rows()
    found["users"][0]["identifier"] = ""
    assert bring(found).state == "unchanged"
    found["users"][0]["identifier"] = "1003"
    bring(found)
    assert student("p-anna").local_id == "1003"


# the brake -----------------------------------------------------------------------------------------


def test_a_bulk_file_that_would_end_too_many_waits_for_a_person(bring: Any) -> None:
    bring(rows())
    found = rows()
    found["users"] = [row for row in found["users"] if row["sourcedId"] != "p-ben"]
    for row in found["users"]:
        row["agentSourcedIds"] = row.get("agentSourcedIds", "").replace("p-anna,p-ben", "p-anna")
    for file, column in (
        ("roles", "userSourcedId"),
        ("enrollments", "userSourcedId"),
        ("demographics", "sourcedId"),
    ):
        found[file] = [row for row in found[file] if row[column] != "p-ben"]
    with pytest.raises(Held) as held:
        bring(found)
    assert {f.column for f in held.value.findings if f.code == "roster.brake"} == {"students"}
    assert student("p-ben").ended_on is None
    run = ImportRun.objects.latest("pk")
    assert run.state == "held"
    assert {row["kind"]: row["ended"] for row in run.difference}["students"] == 1
    assert bring(found, dry_run=True).state == "dry_run"
    result = bring(found, confirm=True)
    assert differences(result)["students"] == (0, 0, 1)
    assert student("p-ben").ended_on == TODAY
    assert stays("p-ben") == [("Oak School", date(2026, 8, 17), date(2026, 11, 23))]
    bring(rows())
    assert student("p-ben").ended_on is None
    assert stays("p-ben") == [("Oak School", date(2026, 8, 17), None)]


def test_a_header_without_rows_is_held_too(bring: Any) -> None:
    bring(rows())
    empty: Rows = {file: [] for file in rows()}
    with pytest.raises(Held) as held:
        bring(empty)
    assert {f.column for f in held.value.findings if f.code == "roster.brake"} == {
        "schools",
        "students",
        "staff",
        "sections",
    }


# delta ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
def test_a_delta_changes_what_it_says_and_nothing_else(bring: Any, version: str) -> None:
    """A user's row alone, without roles: who the user is was told earlier."""
    bring(rows(version) | gradebook(version), version)
    user = {**rows(version)["users"][0], "givenName": "Ana"}
    result = bring(delta({"users": [user]}), version, mode="delta")
    assert differences(result) == {"students": (0, 1, 0)}
    anna = student("p-anna")
    assert (anna.first_name, anna.demographics.birth_date) == ("Ana", date(2012, 3, 4))
    assert bring(delta({"users": [user]}), version, mode="delta").state == "unchanged"


@pytest.mark.parametrize("version", VERSIONS)
def test_a_delta_of_demographics_alone(bring: Any, version: str) -> None:
    bring(rows(version), version)
    row = {**rows(version)["demographics"][1], "birthDate": "2012-05-07"}
    result = bring(delta({"demographics": [row]}), version, mode="delta")
    assert differences(result) == {"student_demographics": (0, 1, 0)}
    assert student("p-ben").demographics.birth_date == date(2012, 5, 7)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_delta_that_ends_a_student_ends_what_belongs_to_them(bring: Any, version: str) -> None:
    bring(rows(version), version)
    gone = delta({"users": [rows(version)["users"][0]]}, status="tobedeleted")
    result = bring(gone, version, mode="delta")
    assert differences(result) == {
        "students": (0, 0, 1),
        "student_contacts": (0, 0, 2),
        "school_enrollments": (0, 0, 1),
        "section_enrollments": (0, 0, 2),
    }
    assert stays("p-anna") == [("Oak School", date(2026, 8, 17), date(2026, 11, 23))]
    assert bring(gone, version, mode="delta").state == "unchanged"


def test_a_delta_ends_an_enrollment_a_teacher_and_a_mark_by_their_ids(bring: Any) -> None:
    bring(rows() | gradebook())
    found = rows()
    gone = {
        "enrollments": [found["enrollments"][0], found["enrollments"][3]],
        "results": gradebook()["results"],
    }
    result = bring(delta(gone, status="tobedeleted"), mode="delta")
    assert differences(result) == {
        "section_enrollments": (0, 0, 1),
        "section_staff": (0, 0, 1),
        "results": (0, 0, 1),
    }
    assert SectionStaff.objects.get(source_key="e4").end == date(2026, 11, 23)
    assert KeptRecordRow.objects.filter(kind="line_items").exists()


def two_schools(version: str) -> Rows:
    found = rows(version)
    found["orgs"].append({**found["orgs"][1], "sourcedId": "s2", "name": "Elm School"})
    return found


def test_a_transfer_by_delta_in_1_1_names_all_schools_of_the_user(bring: Any) -> None:
    bring(two_schools("1.1"), "1.1")
    user = {**rows("1.1")["users"][0], "orgSourcedIds": "s2"}
    bring(delta({"users": [user]}), "1.1", mode="delta")
    assert [(name, exit_) for name, _, exit_ in stays("p-anna")] == [
        ("Oak School", date(2026, 11, 23)),
        ("Elm School", None),
    ]
    assert stays("p-ben")[0][2] is None


def test_a_transfer_by_delta_in_1_2_ends_one_role_and_begins_another(bring: Any) -> None:
    bring(two_schools("1.2"))
    role = rows()["roles"][0]
    new = {**role, "sourcedId": "r-new", "orgSourcedId": "s2", "beginDate": "2026-11-24"}
    found = delta({"roles": [new]})
    found["roles"] += delta({"roles": [role]}, status="tobedeleted")["roles"]
    bring(found, mode="delta")
    assert stays("p-anna") == [
        ("Oak School", date(2026, 8, 17), date(2026, 11, 23)),
        ("Elm School", date(2026, 11, 24), None),
    ]


def test_a_role_whose_begin_is_corrected_is_the_same_stay(bring: Any) -> None:
    bring(rows())
    role = {**rows()["roles"][0], "beginDate": "2026-08-19"}
    result = bring(delta({"roles": [role]}), mode="delta")
    assert differences(result) == {"school_enrollments": (0, 1, 0)}
    assert stays("p-anna") == [("Oak School", date(2026, 8, 19), None)]


def test_a_delta_takes_an_agent_away_whom_the_student_no_longer_names(bring: Any) -> None:
    bring(rows())
    found = rows()
    anna = {**found["users"][0], "agentSourcedIds": "p-mia"}
    bring(delta({"users": [anna]}), mode="delta")
    links = StudentContact.objects.filter(student=student("p-anna")).order_by("contact__first_name")
    assert list(links.values_list("contact__first_name", "end")) == [
        ("Gus", date(2026, 11, 23)),
        ("Mia", None),
    ]


def test_new_people_by_delta_lean_on_sessions_and_classes_sent_earlier(bring: Any) -> None:
    bring(rows("1.1"), "1.1")
    like = rows("1.1")
    user = {**like["users"][0], "sourcedId": "p-new", "identifier": "1009", "agentSourcedIds": "p-mia"}
    enrollment = {**like["enrollments"][1], "sourcedId": "e9", "userSourcedId": "p-new", "beginDate": ""}
    result = bring(delta({"users": [user], "enrollments": [enrollment]}), "1.1", mode="delta")
    assert not any(f.refuses for f in result.findings)
    assert stays("p-new") == [("Oak School", date(2026, 8, 17), None)]
    assert SectionEnrollment.objects.get(source_key="e9").begin == date(2026, 8, 17)
    assert Contact.objects.count() == 2


def test_a_class_by_delta_hangs_on_a_course_sent_earlier(bring: Any) -> None:
    bring(rows())
    new = {**rows()["classes"][0], "sourcedId": "x3", "title": "Algebra 1 (3)", "termSourcedIds": "t2"}
    result = bring(delta({"classes": [new]}), mode="delta")
    assert differences(result)["sections"] == (1, 0, 0)
    section = Section.objects.get(pk=source_ids("sis", "section")["x3"])
    assert (section.offering.course.title, section.offering.session.name) == ("Algebra 1", "Spring")


def test_a_delta_about_nobody_known_is_refused_by_row(bring: Any) -> None:
    bring(rows())
    row = {**rows()["enrollments"][0], "sourcedId": "e9", "userSourcedId": "p-none"}
    with pytest.raises(Refused) as refusal:
        bring(delta({"enrollments": [row]}), mode="delta")
    assert "reference.missing_target_record" in {f.code for f in refusal.value.findings}


def test_modes_may_differ_by_file_and_then_nothing_ends_by_absence(bring: Any, tmp_path: Path) -> None:
    bring(rows())
    found = rows()
    found["users"] = delta({"users": [{**found["users"][0], "givenName": "Ana"}]})["users"]
    del found["roles"]
    texts = files("1.2", found)
    texts["manifest.csv"] = texts["manifest.csv"].replace("file.users,bulk", "file.users,delta")
    path = write_zip(tmp_path / "mixed.zip", texts)
    viewer = job_viewer("import:oneroster", TODAY)
    result = import_file(viewer, path, format_name="oneroster", source="sis")
    assert differences(result) == {"students": (0, 1, 0)}
    assert "package.mixed_modes" in {f.code for f in result.findings}
    assert Staff.objects.filter(ended_on=None).count() == 3


# whose rules ---------------------------------------------------------------------------------------


def test_a_package_tells_no_state_and_a_person_says_it(bring: Any) -> None:
    codes = {one.code for one in bring(rows("1.2")).findings}
    assert "attendance.rules.state_unknown" in codes
    told = [one.message for one in bring(rows("1.2"), state="TX").findings]
    assert any("no attendance rules of Texas are loaded" in message for message in told)
    assert "attendance.rules.state_unknown" not in {one.code for one in bring(rows("1.2")).findings}


def test_letters_of_no_state_are_refused(bring: Any) -> None:
    with pytest.raises(Refused, match="there is no state 'ZZ'"):
        bring(rows("1.2"), state="ZZ")
    assert not Student.objects.exists()
    assert ImportRun.objects.get().state == "refused"
