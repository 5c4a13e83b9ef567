"""Ids are unique in their file; references of a bulk file lead somewhere inside the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from firstbell.formats.oneroster import layout
from tests.formats.oneroster.packages import CHANGED, read, told, whole

#: every reference of a file that ``whole`` fills, by version
FILLED = [
    (version, file, column.name)
    for version in ("1.1", "1.2")
    for file, rows in whole(version).items()
    for column in layout(version).references(file)
    if any(row.get(column.name) for row in rows)
]


@pytest.mark.parametrize(("version", "file", "column"), FILLED)
def test_a_reference_that_leads_nowhere_is_refused(
    tmp_path: Path, version: str, file: str, column: str
) -> None:
    files = whole(version)
    place, row = next((n, row) for n, row in enumerate(files[file], start=2) if row.get(column))
    row[column] = "nowhere"
    found = [f for f in read(tmp_path, files, version).findings if f.code.startswith("reference.")]
    assert told(found) == [("reference.missing_target_record", file, place, column)]
    assert found[0].refuses


def test_one_wrong_item_of_a_list_is_named(tmp_path: Path) -> None:
    files = whole()
    files["users"][2]["orgSourcedIds"] = "s,nowhere"
    (found,) = (f for f in read(tmp_path, files).findings if f.code.startswith("reference."))
    assert "nowhere" in found.message


def test_a_reference_into_an_absent_file_is_refused_once(tmp_path: Path) -> None:
    files = whole()
    del files["academicSessions"]
    found = [f for f in read(tmp_path, files).findings if f.refuses]
    assert told(found) == [
        ("reference.missing_target_file", "courses", 2, "schoolYearSourcedId"),
        ("reference.missing_target_file", "classes", 2, "termSourcedIds"),
        ("reference.missing_target_file", "lineItems", 2, "gradingPeriodSourcedId"),
    ]


def test_demographics_carry_the_id_of_a_user(tmp_path: Path) -> None:
    files = whole()
    files["demographics"][0]["sourcedId"] = "nobody"
    assert told(read(tmp_path, files).findings) == [
        ("reference.missing_target_record", "demographics", 2, "sourcedId")
    ]


def test_references_of_and_into_delta_files_may_point_to_rows_sent_earlier(tmp_path: Path) -> None:
    files = whole()
    for row in files["enrollments"]:
        row.update(CHANGED, classSourcedId="sent-before")
    assert not read(tmp_path, files, delta=["enrollments"]).refused
    files = {**whole(), "categories": []}
    assert not read(tmp_path, files, delta=["categories"]).refused


def test_an_id_that_stands_twice_is_refused_with_the_row_of_the_first(tmp_path: Path) -> None:
    files = whole()
    files["orgs"].append(dict(files["orgs"][1]))
    (found,) = read(tmp_path, files).findings
    assert told([found]) == [("reference.duplicate_sourced_id", "orgs", 4, "sourcedId")]
    assert "row 3" in found.message


def test_the_same_id_in_two_files_is_two_records(tmp_path: Path) -> None:
    files = whole()
    files["categories"][0]["sourcedId"] = files["lineItems"][0]["categorySourcedId"] = "s"
    assert read(tmp_path, files).findings == []
