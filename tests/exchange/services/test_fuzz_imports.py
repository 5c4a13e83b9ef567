"""Whatever a file says, it is applied whole or refused with findings, and refused means nothing changed.

Right packages are spoiled cell by cell, row by row and byte by byte, then brought into a district that is
there already. Anything but a result or a refusal fails the test. ``FIRSTBELL_FUZZ=12`` tries twelve times as
many files.
"""

from __future__ import annotations

import copy
import os
import stat
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstbell.exchange.api import import_file
from firstbell.exchange.models import ImportRun, KeptRecordRow
from firstbell.kernel.finding import Refused
from firstbell.people.api import apply_roster, job_viewer, people_counts, roster_for
from firstbell.people.testing import small_roster
from tests.exchange.oneroster_district import Rows, delta, files, gradebook, rows, write_zip
from tests.exchange.rules.edfi_in.test_fuzz import rewritten
from tests.formats.edfi.district import write_district

pytestmark = pytest.mark.django_db
JOB = job_viewer("import", date(2026, 11, 24))
TIMES = int(os.environ.get("FIRSTBELL_FUZZ", "1"))
FUZZ = settings(max_examples=40 * TIMES, deadline=None, suppress_health_check=list(HealthCheck))
VALUES = [
    "",
    " ",
    "x",
    "true",
    "0001-01-01",
    "1900-01-01",
    "9999-12-31",
    "2026-08-17",
    "2027-06-05",
    "13/31/2026",
    "2200",
    "-1",
    "1e400",
    "a,b",
    "p-anna,p-anna",
    "{AD:1}",
    "é" * 300,
    "\x7f",
    "=1+1",
    *("p-anna", "p-mia", "p-tea", "s1", "d1", "t1", "g1", "y27", "x1", "c1", "e1"),
    *("student", "teacher", "parent", "administrator", "aide", "school", "district", "schoolYear"),
    *("homeroom", "09", "Other", "ext:new", "primary", "tobedeleted", "1", "7", "10", "T1", "Inactive"),
]


def state() -> object:
    """All that an import may change."""
    kept = sorted(KeptRecordRow.objects.values_list("kind", "key"))
    return roster_for(JOB), people_counts(), kept


def survives(before: object, format_name: str, path: Path) -> None:
    """The file is applied or refused; refused, nothing changed but the list of runs."""
    point = transaction.savepoint()
    runs = ImportRun.objects.count()
    refused: Refused | None = None
    try:
        result = import_file(JOB, path, format_name=format_name, source="sis")
    except Refused as refusal:
        refused = refusal
    if refused is None:
        assert result.state in ("applied", "unchanged")
    else:
        assert any(finding.refuses for finding in refused.findings)
        assert all(finding.message and finding.next_step for finding in refused.findings)
        assert state() == before
    assert ImportRun.objects.count() == runs + 1
    transaction.savepoint_rollback(point)


# OneRoster -----------------------------------------------------------------------------------------


@st.composite
def spoiled(draw: st.DrawFn, version: str) -> dict[str, str]:
    """A right package with a few cells, rows and files that are not right."""
    found: Rows = copy.deepcopy(rows(version) | gradebook(version))
    for _ in range(draw(st.integers(1, 4))):
        file = draw(st.sampled_from(sorted(found)))
        listed = found[file]
        if not listed:
            continue
        index = draw(st.integers(0, len(listed) - 1))
        act = draw(st.sampled_from(["cell", "cell", "cell", "drop", "twice", "file"]))
        if act == "cell":
            column = draw(st.sampled_from(sorted(listed[index])))
            listed[index][column] = draw(st.sampled_from(VALUES))
        elif act == "drop":
            del listed[index]
        elif act == "twice":
            listed.append({**listed[index], "sourcedId": draw(st.sampled_from(["new", "p-anna", "x1"]))})
        else:
            del found[file]
            if not found:
                return {"manifest.csv": "propertyName,value\r\n"}
    if draw(st.booleans()):
        kept = draw(st.sets(st.sampled_from(sorted(found)), min_size=1))
        status = draw(st.sampled_from(["active", "tobedeleted"]))
        found = delta({file: found[file] for file in kept}, status=status)
        return files(version, found, mode="delta")
    return files(version, found)


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_spoiled_oneroster_package_is_applied_or_refused(version: str, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "right.zip", files(version, rows(version) | gradebook(version)))
    import_file(JOB, path, format_name="oneroster", source="sis")
    before = state()

    @FUZZ
    @given(spoiled(version))
    def check(texts: dict[str, str]) -> None:
        survives(before, "oneroster", write_zip(tmp_path / "spoiled.zip", texts))

    check()


# School Data Sync ----------------------------------------------------------------------------------

SDS: dict[str, dict[str, str]] = {
    "v1": {
        "School": "SIS ID,Name,Grade Low,Grade High\n1,Oak School,9,12\n2,Elm School,K,5\n",
        "Section": "SIS ID,School SIS ID,Section Name,Term SIS ID,Term StartDate,Term EndDate,Course SIS ID,"
        "Periods,Status\n10,1,Algebra,T1,8/17/2026,6/4/2027,7,1,Active\n11,1,Art,,,,,,\n",
        "Student": "SIS ID,School SIS ID,Username,First Name,Last Name,Grade,Birthdate,Status\n"
        "7,1,ana,Ana,Ruiz,9,2/3/2012,Active\n8,2,ben,Ben,Roe,K,,\n",
        "Teacher": "SIS ID,School SIS ID,Username,Title\n7,1,max,Teacher\n",
        "StudentEnrollment": "Section SIS ID,SIS ID\n10,7\n11,7\n",
        "TeacherRoster": "Section SIS ID,SIS ID\n10,7\n",
    },
    "v2.1": {
        "orgs": "sourcedId,name,type,parentSourcedId\nd1,District,district,\ns1,Oak,school,d1\n",
        "users": "sourcedId,username,givenName,familyName\n"
        "p1,ana,Ana,Ruiz\np2,eva,Eva,Ruiz\np3,max,Max,Roe\n",
        "roles": "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,"
        "roleEndDate\np1,s1,student,y,9,TRUE,2026-08-17,2027-06-04\np3,s1,teacher,y,,TRUE,,\n",
        "academicSessions": "sourcedId,title,type,schoolYear,startDate,endDate\n"
        "y,Year,schoolYear,2026,2026-08-17,2027-06-04\n",
        "courses": "sourcedId,orgSourcedId,title,schoolYearSourcedId\nc1,s1,Art,y\n",
        "classes": "sourcedId,orgSourcedId,title,sessionSourcedIds,courseSourcedId\nx1,s1,Art,y,c1\n",
        "enrollments": "classSourcedId,userSourcedId,role\nx1,p1,student\nx1,p3,teacher\n",
        "demographics": "userSourcedId,sex,birthDate,raceCodes\np1,female,2012-01-02,asian\n",
        "relationships": "userSourcedId,relationshipUserSourcedId,relationshipRole\np1,p2,parent\n",
        "userFlags": "userSourcedId,flag\np1,iep\n",
    },
}


@st.composite
def mangled(draw: st.DrawFn, version: str) -> dict[str, str]:
    """Right files with cells exchanged, lines dropped or doubled, files missing."""
    texts = dict(SDS[version])
    for _ in range(draw(st.integers(1, 4))):
        file = draw(st.sampled_from(sorted(texts)))
        lines = texts[file].splitlines()
        index = draw(st.integers(0, len(lines) - 1)) if lines else 0
        act = draw(st.sampled_from(["cell", "cell", "cell", "drop", "twice", "file"]))
        if act == "cell" and lines:
            cells = lines[index].split(",")
            cells[draw(st.integers(0, len(cells) - 1))] = draw(st.sampled_from(VALUES))
            lines[index] = ",".join(cells)
        elif act == "drop" and lines:
            del lines[index]
        elif act == "twice" and lines:
            lines.append(lines[index])
        elif act == "file" and len(texts) > 1:
            del texts[file]
            continue
        texts[file] = "\n".join(lines) + "\n"
    return {f"{file}.csv": text for file, text in texts.items()}


@pytest.mark.parametrize("version", ["v1", "v2.1"])
def test_mangled_school_data_sync_files_are_applied_or_refused(version: str, tmp_path: Path) -> None:
    right = {f"{file}.csv": text for file, text in SDS[version].items()}
    path = write_zip(tmp_path / "right.zip", right)
    assert import_file(JOB, path, format_name="sds", source="sis").state == "applied"
    before = state()

    @FUZZ
    @given(mangled(version))
    def check(texts: dict[str, str]) -> None:
        survives(before, "sds", write_zip(tmp_path / "mangled.zip", texts))

    check()


# Ed-Fi ---------------------------------------------------------------------------------------------


def test_a_rewritten_ed_fi_district_is_applied_or_refused(tmp_path: Path) -> None:
    import_file(JOB, write_district(tmp_path / "right"), format_name="edfi", source="sis")
    before = state()

    @settings(FUZZ, max_examples=25 * TIMES)
    @given(rewritten())
    def check(district: dict[str, str]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            survives(before, "edfi", write_district(Path(folder), **district))

    check()


# containers and bytes ------------------------------------------------------------------------------


def _bomb(path: Path, name: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * (8 << 20))


def _entry(inner: str, data: bytes = b"x", mode: int = 0) -> Callable[[Path, str], None]:
    def write(path: Path, name: str) -> None:
        info = zipfile.ZipInfo(inner)
        info.external_attr = mode << 16
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, b"x")
            archive.writestr(info, data)

    return write


def _flipped(path: Path, name: str) -> None:
    """A zip whose packed bytes were damaged on the way."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"sourcedId,name\n" * 200)
    data = bytearray(path.read_bytes())
    data[60:70] = b"\xff" * 10
    path.write_bytes(bytes(data))


CONTAINERS: dict[str, Callable[[Path, str], None]] = {
    "bomb": _bomb,
    "absolute": _entry("/etc/passwd"),
    "upwards": _entry("../../up.csv"),
    "backslash": _entry("a\\b.csv"),
    "link": _entry("link.csv", b"/etc/passwd", stat.S_IFLNK | 0o777),
    "archive inside": _entry("more.zip", b"PK"),
    "no zip": lambda path, name: path.write_bytes(b"PK\x03\x04 not a zip") and None,
    "empty": lambda path, name: path.write_bytes(b"") and None,
    "damaged": _flipped,
    "utf-16": lambda path, name: write_zip(path, {name: "sourcedId,name\n".encode("utf-16")}) and None,
    "nul": lambda path, name: write_zip(path, {name: b"a\0b\n\0"}) and None,
    "entities": lambda path, name: (
        write_zip(
            path,
            {name: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><InterchangeStudent>&a;'},
        )
        and None
    ),
}
FIRST_FILE = {"oneroster": "manifest.csv", "sds": "School.csv", "edfi": "Student.xml"}


@pytest.mark.parametrize("format_name", sorted(FIRST_FILE))
@pytest.mark.parametrize("hostile", sorted(CONTAINERS))
def test_a_hostile_container_is_refused(format_name: str, hostile: str, tmp_path: Path) -> None:
    apply_roster(JOB, small_roster(students=1), source="test")
    before = state()
    path = tmp_path / "hostile.zip"
    CONTAINERS[hostile](path, FIRST_FILE[format_name])
    with pytest.raises(Refused) as refusal:
        import_file(JOB, path, format_name=format_name, source="sis")
    assert all(finding.message and finding.next_step for finding in refusal.value.findings)
    assert state() == before
    assert ImportRun.objects.get().state == "refused"
    assert "passwd" not in "".join(finding.message for finding in refusal.value.findings)
