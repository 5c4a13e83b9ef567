"""OneRoster packages written by hand, cell by cell, for the tests of their reading."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from firstbell.formats.oneroster import Package, layout, read_package
from firstbell.kernel.finding import Finding

Row = Mapping[str, str]
#: what a delta row says beside its columns
CHANGED = {"status": "active", "dateLastModified": "2026-09-01T08:00:00.000Z"}

#: cells of one right row of each file of 1.1, by file; ids are those of ``WHOLE``
WHOLE: dict[str, list[dict[str, str]]] = {
    "orgs": [
        {"sourcedId": "d", "name": "Lakeside", "type": "district"},
        {"sourcedId": "s", "name": "North", "type": "school", "parentSourcedId": "d"},
    ],
    "academicSessions": [
        {"sourcedId": "y", "title": "2026-27", "type": "schoolYear", "startDate": "2026-08-17",
         "endDate": "2027-06-05", "schoolYear": "2027"},
        {"sourcedId": "t", "title": "Fall", "type": "term", "startDate": "2026-08-17",
         "endDate": "2026-12-19", "parentSourcedId": "y", "schoolYear": "2027"},
    ],
    "courses": [
        {"sourcedId": "c", "schoolYearSourcedId": "y", "title": "Algebra", "orgSourcedId": "s"},
    ],
    "classes": [
        {"sourcedId": "k", "title": "Algebra 1", "courseSourcedId": "c", "classType": "scheduled",
         "schoolSourcedId": "s", "termSourcedIds": "t"},
    ],
    "users": [
        {"sourcedId": "u", "enabledUser": "true", "orgSourcedIds": "s", "role": "student", "username": "u",
         "givenName": "Ana", "familyName": "Ruiz", "agentSourcedIds": "p"},
        {"sourcedId": "p", "enabledUser": "true", "orgSourcedIds": "s", "role": "parent", "username": "p",
         "givenName": "Eva", "familyName": "Ruiz", "agentSourcedIds": "u"},
        {"sourcedId": "x", "enabledUser": "true", "orgSourcedIds": "s", "role": "teacher", "username": "x",
         "givenName": "Max", "familyName": "Roe"},
    ],
    "enrollments": [
        {"sourcedId": "e", "classSourcedId": "k", "schoolSourcedId": "s", "userSourcedId": "u",
         "role": "student", "beginDate": "2026-08-17", "endDate": "2026-12-19"},
        {"sourcedId": "f", "classSourcedId": "k", "schoolSourcedId": "s", "userSourcedId": "x",
         "role": "teacher", "primary": "true"},
    ],
    "demographics": [{"sourcedId": "u", "birthDate": "2012-02-29", "sex": "female", "asian": "true"}],
    "categories": [{"sourcedId": "g", "title": "Quizzes"}],
    "lineItems": [
        {"sourcedId": "l", "title": "Quiz 1", "assignDate": "2026-09-01", "dueDate": "2026-09-08",
         "classSourcedId": "k", "categorySourcedId": "g", "gradingPeriodSourcedId": "t",
         "resultValueMin": "0", "resultValueMax": "20"},
    ],
    "results": [
        {"sourcedId": "r", "lineItemSourcedId": "l", "studentSourcedId": "u", "scoreStatus": "fully graded",
         "score": "18.5", "scoreDate": "2026-09-09"},
    ],
}  # fmt: skip


def whole(version: str = "1.1") -> dict[str, list[dict[str, str]]]:
    """A package in which nothing is wrong, fresh for each test to spoil."""
    files = {file: [dict(row) for row in rows] for file, rows in WHOLE.items()}
    if version == "1.1":
        return files
    files["roles"] = [
        {
            "sourcedId": f"role-{user['sourcedId']}",
            "userSourcedId": user["sourcedId"],
            "roleType": "primary",
            "role": user.pop("role"),
            "orgSourcedId": user.pop("orgSourcedIds"),
        }
        for user in files["users"]
    ]
    item = files["lineItems"][0]
    item["academicSessionSourcedId"] = item.pop("gradingPeriodSourcedId")
    item["schoolSourcedId"] = "s"
    return files


def write(
    path: Path,
    files: Mapping[str, Iterable[Row] | bytes],
    version: str = "1.1",
    *,
    delta: Iterable[str] = (),
    manifest: Mapping[str, str | None] | None = None,
    beside: Mapping[str, bytes] | None = None,
) -> Path:
    """A zip of ``files`` (rows, or a whole file's bytes); ``manifest`` overrides rows, None drops one."""
    modes = {f"file.{file}": "absent" for file in layout(version).files}
    modes |= {f"file.{file}": "delta" if file in set(delta) else "bulk" for file in files}
    rows: dict[str, str | None] = {"manifest.version": "1.0", "oneroster.version": version, **modes}
    rows |= manifest or {}
    with zipfile.ZipFile(path, "w") as archive:
        lines = [["propertyName", "value"], *([k, v] for k, v in rows.items() if v is not None)]
        archive.writestr("manifest.csv", text(lines))
        for file, content in files.items():
            archive.writestr(
                f"{file}.csv", content if isinstance(content, bytes) else table(file, content, version)
            )
        for name, data in (beside or {}).items():
            archive.writestr(name, data)
    return path


def table(file: str, rows: Iterable[Row], version: str = "1.1", columns: list[str] | None = None) -> bytes:
    """One file: the standard header, then the rows by column name."""
    names = columns or [column.name for column in layout(version).columns(file)]
    return text([names, *([row.get(name, "") for name in names] for row in rows)])


def text(lines: Iterable[Iterable[str]]) -> bytes:
    """Lines as RFC 4180 writes them."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode()


def read(
    tmp_path: Path, files: Mapping[str, Iterable[Row] | bytes], version: str = "1.1", **more: Any
) -> Package:
    """The package of ``files`` as it is read; ``lenient_headers`` and ``inclusive_ends`` go to the reader."""
    reading = {name: more.pop(name) for name in ("lenient_headers", "inclusive_ends") if name in more}
    return read_package(write(tmp_path / "package.zip", files, version, **more), **reading)


def told(findings: Iterable[Finding]) -> list[tuple[str, str, int | None, str]]:
    """(code, file, row, column) of each finding."""
    return [(f.code, f.file.removesuffix(".csv"), f.row, f.column) for f in findings]


def codes(package: Package) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in package.findings}
