"""A OneRoster package leaves with its disclosure or not at all, and holds what the viewer may have leave.

Counts and code maps are those of the interoperability specification, C1 and C2; 34 CFR 99.32.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from firstbell.exchange.api import ExportResult, Recipient, export_oneroster, import_file
from firstbell.exchange.services import export_oneroster as module
from firstbell.kernel.finding import Refused
from firstbell.people.api import apply_roster, job_viewer
from firstbell.people.models import SectionStaff, StudentContact, StudentDirectory, StudentIdentifier
from firstbell.people.testing import SOURCE, TODAY, SmallDistrict, small_district, small_roster
from firstbell.platform.access import NotAllowed, Viewer
from firstbell.platform.disclosure import disclosures_about
from firstbell.platform.models import AuditEntry, Disclosure
from firstbell.platform.testing import viewer_with
from tests.exchange.oneroster_district import files, gradebook, header, rows, write_zip

pytestmark = pytest.mark.django_db
JOB = job_viewer("export:oneroster", TODAY)
LEARNING = Recipient(party="Example Learning", purpose="Mathematics practice", agreement="A-12")
Table = list[dict[str, str]]


def tables(path: Path) -> dict[str, Table]:
    with zipfile.ZipFile(path) as archive:
        return {
            name.removesuffix(".csv"): list(csv.DictReader(io.TextIOWrapper(archive.open(name), "utf-8")))
            for name in archive.namelist()
        }


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., ExportResult]:
    """Exports to a file of the test."""

    def run(viewer: Viewer = JOB, version: str = "1.2", **options: object) -> ExportResult:
        return export_oneroster(viewer, tmp_path / "out.zip", version, recipient=LEARNING, **options)  # type: ignore[arg-type]

    return run


@pytest.fixture
def district() -> SmallDistrict:
    return small_district()


# disclosure ----------------------------------------------------------------------------------------


def test_every_student_in_the_package_has_the_disclosure(
    export: Callable[..., ExportResult], district: SmallDistrict
) -> None:
    result = export()
    line = disclosures_about(
        viewer_with("registrar", school_id=1), district.id("student", "north-0"), with_exempt=True
    )
    assert [(one.party, one.purpose, one.agreement, one.student_count) for one in line] == [
        ("Example Learning", "Mathematics practice", "A-12", 12)
    ]
    assert {"D1", "D2", "D3", "D14"} <= set(line[0].data_classes)
    assert {"users.givenname", "demographics.birthdate", "enrollments.classsourcedid"} <= set(line[0].fields)
    digest = hashlib.sha256(result.path.read_bytes()).hexdigest()
    assert (result.sha256, Disclosure.objects.get().file_hash) == (digest, digest)
    assert AuditEntry.objects.latest("sequence").action == "disclosure.release"
    assert result.path.stat().st_mode & 0o077 == 0


def test_without_its_disclosure_there_is_no_file(
    export: Callable[..., ExportResult], district: SmallDistrict, tmp_path: Path
) -> None:
    for gap in ({"party": " "}, {"purpose": ""}, {"basis": "because"}):
        with pytest.raises(Refused):
            export_oneroster(JOB, tmp_path / "out.zip", "1.2", recipient=replace(LEARNING, **gap))
    assert list(tmp_path.iterdir()) == []
    assert not Disclosure.objects.exists()


def test_a_package_that_a_reader_would_refuse_does_not_leave(
    export: Callable[..., ExportResult],
    district: SmallDistrict,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def spoiled(*args: object, **options: object) -> object:
        content = genuine(*args, **options)  # type: ignore[arg-type]
        content.tables["enrollments"][0]["classSourcedId"] = "nowhere"
        return content

    genuine = module._content
    monkeypatch.setattr(module, "_content", spoiled)
    with pytest.raises(RuntimeError, match="missing_target_record"):
        export()
    assert list(tmp_path.iterdir()) == []
    assert not Disclosure.objects.exists()


def test_a_folder_that_cannot_be_written_is_refused(district: SmallDistrict, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        export_oneroster(JOB, tmp_path / "none" / "out.zip", "1.2", recipient=LEARNING)
    assert refusal.value.findings[0].code == "export.cannot_write"


def test_a_folder_takes_a_file_of_its_own_name(district: SmallDistrict, tmp_path: Path) -> None:
    result = export_oneroster(JOB, tmp_path, "1.1", recipient=LEARNING)
    assert result.path == tmp_path / "oneroster-1.1.zip"
    assert os.listdir(tmp_path) == ["oneroster-1.1.zip"]


# what leaves ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_the_same_facts_give_the_same_bytes(
    export: Callable[..., ExportResult], district: SmallDistrict, version: str
) -> None:
    first = export(version=version).path.read_bytes()
    assert export(version=version).path.read_bytes() == first


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_columns_ids_and_ends_are_those_of_the_standard(
    export: Callable[..., ExportResult], district: SmallDistrict, version: str
) -> None:
    found = tables(export(version=version).path)
    for file in ("orgs", "users", "classes", "enrollments", "academicSessions"):
        columns = list(found[file][0])
        standard = header(version, file)
        assert columns[: len(standard)] == standard
        assert all(name.startswith("metadata.firstbell.") for name in columns[len(standard) :])
    year = next(row for row in found["academicSessions"] if row["type"] == "schoolYear")
    assert (year["startDate"], year["endDate"], year["schoolYear"]) == ("2026-08-17", "2027-06-05", "2027")
    assert {row["endDate"] for row in found["enrollments"]} == {"2027-06-05"}
    assert all(len(row["sourcedId"]) == 36 for row in found["users"])
    assert not {row["sourcedId"] for row in found["users"]} & {"north-0", "1000"}
    assert all((row["status"], row["dateLastModified"]) == ("", "") for row in found["users"])


def test_people_without_a_user_name_get_one_and_are_not_enabled(
    export: Callable[..., ExportResult], district: SmallDistrict
) -> None:
    found = tables(export().path)["users"]
    assert all(row["username"] == row["sourcedId"] and row["enabledUser"] == "false" for row in found)
    assert {row["password"] for row in found} == {""}


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("teacher", {"1.1": "teacher", "1.2": "teacher"}),
        ("principal", {"1.1": "administrator", "1.2": "principal"}),
        ("counselor", {"1.1": "aide", "1.2": "counselor"}),
        ("registrar", {"1.1": "aide", "1.2": "aide"}),
        ("superintendent", {"1.1": "administrator", "1.2": "districtAdministrator"}),
        ("chief", {"1.1": "aide", "1.2": "aide"}),
    ],
)
@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_posts_become_the_least_role_that_fits(
    export: Callable[..., ExportResult],
    district: SmallDistrict,
    version: str,
    role: str,
    words: dict[str, str],
) -> None:
    """C2: unmapped posts are aides, because vendors give administrators the whole school."""
    found = tables(export(version=version).path)
    users = {row["sourcedId"] for row in found["users"] if row["givenName"] == role.title()}
    if version == "1.1":
        told = {row["role"] for row in found["users"] if row["sourcedId"] in users}
    else:
        told = {row["role"] for row in found["roles"] if row["userSourcedId"] in users}
    assert told == {words[version]}


def test_restricted_numbers_and_confidential_addresses_never_leave(
    export: Callable[..., ExportResult], district: SmallDistrict
) -> None:
    student = district.id("student", "north-0")
    StudentIdentifier.objects.create(student_id=student, system="SSN", value="123456789", restricted=True)
    StudentDirectory.objects.filter(student=student).update(
        phone="555-0199", email="hide@example.com", address="1 Hidden Way", confidential=True
    )
    with zipfile.ZipFile(export().path) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (b"123456789", b"555-0199", b"hide@example.com", b"Hidden"):
        assert secret not in text


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_contact_without_rights_or_barred_by_an_order_does_not_leave(
    export: Callable[..., ExportResult], district: SmallDistrict, version: str
) -> None:
    StudentContact.objects.filter(contact=district.id("contact", "c-north-0")).update(has_rights=False)
    district.bar("c-north-1", "north-1")
    found = tables(export(version=version).path)["users"]
    names = {row["familyName"] for row in found}
    assert not {"Of-north-0", "Of-north-1"} & names
    assert "Of-north-2" in names
    agents = {row["familyName"]: row["agentSourcedIds"] for row in found if row["grades"]}
    assert sum(not text for text in agents.values()) == 0 or agents["Learner-south"]


@pytest.mark.parametrize(
    ("part", "gone"), [("demographics", {"demographics"}), ("marks", {"results", "lineItems", "categories"})]
)
def test_a_part_may_stay_at_home(tmp_path: Path, part: str, gone: set[str]) -> None:
    path = write_zip(tmp_path / "in.zip", files("1.2", rows() | gradebook()))
    import_file(job_viewer("import", TODAY), path, format_name="oneroster", source="sis")
    whole = export_oneroster(JOB, tmp_path / "a.zip", "1.2", recipient=LEARNING).rows
    less = export_oneroster(
        JOB, tmp_path / "b.zip", "1.2", recipient=LEARNING, without=frozenset({part})
    ).rows
    assert whole.keys() - less.keys() == gone


def test_contacts_may_stay_at_home(export: Callable[..., ExportResult], district: SmallDistrict) -> None:
    found = tables(export(without=frozenset({"contacts"})).path)
    assert {row["role"] for row in found["roles"]} & {"parent", "guardian", "relative"} == set()
    assert not any(row["agentSourcedIds"] for row in found["users"])


# who may ------------------------------------------------------------------------------------------


def test_a_registrar_exports_the_own_building_and_nobody_else(
    export: Callable[..., ExportResult], district: SmallDistrict
) -> None:
    found = tables(export(district.viewer("staff", "north-registrar")).path)
    students = [row for row in found["users"] if row["grades"]]
    assert {row["familyName"] for row in students} == {"Learner-north"}
    assert len(found["classes"]) == 2
    staff = {row["givenName"] for row in found["users"]} - {"Parent"}
    assert {name for name in staff if not name.startswith("First")} == {"Teacher"}
    assert len(Disclosure.objects.get().students.all()) == 6


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("staff", "north-teacher"),
        ("staff", "north-nurse"),
        ("staff", "superintendent"),
        ("staff", "chief"),
        ("contact", "c-north-0"),
        ("student", "north-0"),
    ],
)
def test_who_keeps_no_records_of_a_building_exports_nothing(
    export: Callable[..., ExportResult], district: SmallDistrict, kind: str, key: str, tmp_path: Path
) -> None:
    with pytest.raises(NotAllowed):
        export(district.viewer(kind, key))
    assert list(tmp_path.iterdir()) == []
    assert not Disclosure.objects.exists()


def test_a_teacher_who_left_the_section_is_no_longer_in_the_building_export(
    export: Callable[..., ExportResult], district: SmallDistrict
) -> None:
    SectionStaff.objects.filter(staff=district.id("staff", "north-teacher")).update(end=date(2026, 11, 23))
    found = tables(export(district.viewer("staff", "north-registrar")).path)
    assert "Teacher" not in {row["givenName"] for row in found["users"]}


# delta ---------------------------------------------------------------------------------------------

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def test_a_delta_holds_what_changed_since_the_package_named(
    export: Callable[..., ExportResult], district: SmallDistrict, tmp_path: Path
) -> None:
    base = export().path.rename(tmp_path / "base.zip")
    roster = small_roster()
    assert roster.students is not None
    assert roster.section_enrollments is not None
    roster.students[0] = replace(roster.students[0], name=replace(roster.students[0].name, first="Other"))
    gone = roster.section_enrollments.pop()
    apply_roster(JOB, roster, source=SOURCE)
    result = export(since=base, at=AT)
    found = tables(result.path)
    assert {row["propertyName"]: row["value"] for row in found["manifest"]}["file.users"] == "delta"
    assert [(row["givenName"], row["status"]) for row in found["users"]] == [("Other", "active")]
    assert {row["dateLastModified"] for row in found["users"]} == {"2026-11-24T08:00:00.000Z"}
    assert [(row["status"], row["endDate"]) for row in found["enrollments"]] == [("active", "2026-11-24")]
    assert gone.student == "south-5"
    assert found["orgs"] == []
    assert result.students == 1


def test_a_delta_ends_what_left_the_package(
    export: Callable[..., ExportResult], district: SmallDistrict, tmp_path: Path
) -> None:
    base = export().path.rename(tmp_path / "base.zip")
    StudentContact.objects.filter(contact=district.id("contact", "c-north-0")).update(has_rights=False)
    found = tables(export(since=base, at=AT).path)
    assert {(row["givenName"], row["status"]) for row in found["users"]} == {
        ("Parent", "tobedeleted"),
        ("First0", "active"),
    }
    assert {row["status"] for row in found["roles"]} == {"tobedeleted"}


def test_a_delta_of_nothing_is_a_package_without_rows(
    export: Callable[..., ExportResult], district: SmallDistrict, tmp_path: Path
) -> None:
    base = export().path.rename(tmp_path / "base.zip")
    assert set(export(since=base).rows.values()) == {0}


def test_a_delta_needs_a_bulk_package_of_its_version(
    export: Callable[..., ExportResult], district: SmallDistrict, tmp_path: Path
) -> None:
    base = export(version="1.1").path.rename(tmp_path / "base.zip")
    with pytest.raises(Refused) as refusal:
        export(since=base)
    assert refusal.value.findings[0].code == "export.no_base"


def test_a_delta_brings_another_installation_up_to_date(
    export: Callable[..., ExportResult], district: SmallDistrict, tmp_path: Path
) -> None:
    """Bulk, then delta, gives what a later bulk gives."""
    base = export().path.rename(tmp_path / "base.zip")
    roster = small_roster()
    assert roster.students is not None
    roster.students[0] = replace(roster.students[0], name=replace(roster.students[0].name, first="Other"))
    apply_roster(JOB, roster, source=SOURCE)
    change = export(since=base, at=AT).path.rename(tmp_path / "change.zip")
    later = export().path.rename(tmp_path / "later.zip")
    other = {"format_name": "oneroster", "source": "other"}
    job = job_viewer("import", TODAY)
    import_file(job, base, **other)
    import_file(job, change, **other)
    assert import_file(job, later, **other).state == "unchanged"
