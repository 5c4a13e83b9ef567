"""Headers word for word, cells by their type; oddities of A5.2 are read with a warning, nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from firstbell.formats.oneroster import layout
from tests.formats.oneroster.packages import CHANGED, codes, read, table, text, told, whole

ORGS = [column.name for column in layout("1.1").columns("orgs")]
ORG = {"sourcedId": "d", "name": "Lakeside", "type": "district"}


def header(*names: str) -> bytes:
    """An orgs file with these columns and one row of ``ORG``."""
    return text([names, [ORG.get(name, "") for name in names]])


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (ORGS[:-1], [("schema.missing_header", "parentSourcedId")]),
        ([*ORGS, "color"], [("schema.unknown_header", "color")]),
        ([*ORGS[:3], "type", "name", *ORGS[5:]], [("schema.header_order_mismatch", "type")]),
        (
            ["SourcedId", *ORGS[1:]],
            [("schema.missing_header", "sourcedId"), ("schema.unknown_header", "SourcedId")],
        ),
        (
            [*ORGS[:4], "metadata.lake.kind", *ORGS[4:]],
            [("schema.metadata_column_position", "metadata.lake.kind")],
        ),
        ([*ORGS, ""], [("table.empty_header_name", "")]),
        ([*ORGS, "name"], [("table.duplicate_header", "name")]),
    ],
)
def test_a_header_that_differs_is_refused(
    tmp_path: Path, names: list[str], found: list[tuple[str, str]]
) -> None:
    package = read(tmp_path, {"orgs": header(*names)})
    refused = [(f.code, f.column) for f in package.findings if f.refuses and f.row == 1]
    assert refused == found


@pytest.mark.parametrize("content", [b"", b"\r\n", b",,\r\n"])
def test_a_file_without_a_header_is_refused(tmp_path: Path, content: bytes) -> None:
    package = read(tmp_path, {"orgs": content})
    assert "table.missing_header" in codes(package)
    assert list(package.rows("orgs")) == []


def test_metadata_columns_after_the_last_are_kept(tmp_path: Path) -> None:
    content = text([[*ORGS, "metadata.lake.kind"], [*(ORG.get(name, "") for name in ORGS), "charter"]])
    package = read(tmp_path, {"orgs": content})
    assert package.findings == []
    assert package.sheets["orgs"].extensions == ("metadata.lake.kind",)
    assert next(package.rows("orgs"))["metadata.lake.kind"] == "charter"


def test_lenient_headers_take_any_order_and_foreign_columns_with_a_warning(tmp_path: Path) -> None:
    content = header("color", "type", "metadata.lake.kind", *(name for name in ORGS if name != "type"))
    package = read(tmp_path, {"orgs": content}, lenient_headers=True)
    assert not package.refused
    assert [(f.code, f.column) for f in package.findings] == [
        ("schema.unknown_header", "color"),
        ("schema.header_order_mismatch", "type"),
    ]
    assert next(package.rows("orgs")).filled() == ORG


def test_lenient_headers_still_want_every_column(tmp_path: Path) -> None:
    package = read(tmp_path, {"orgs": header(*ORGS[:-1])}, lenient_headers=True)
    assert package.refused


def test_a_column_of_early_1_2_exporters_is_read_and_told(tmp_path: Path) -> None:
    files = {**whole("1.2"), "resources": [{"sourcedId": "b", "vendorResourceId": "isbn"}]}
    names = [column.name for column in layout("1.2").columns("users")]
    names.insert(names.index("userMasterIdentifier") + 1, "resourceSourcedIds")
    files["users"][0]["resourceSourcedIds"] = "b"
    package = read(tmp_path, {**files, "users": table("users", files["users"], "1.2", names)}, "1.2")
    assert told(package.findings) == [("schema.early_column", "users", 1, "resourceSourcedIds")]
    assert next(package.rows("users"))["resourceSourcedIds"] == "b"
    files["users"][0]["resourceSourcedIds"] = "nothing"
    package = read(tmp_path, {**files, "users": table("users", files["users"], "1.2", names)}, "1.2")
    assert ("reference.missing_target_record", "users", 2, "resourceSourcedIds") in told(package.findings)


@pytest.mark.parametrize(
    ("file", "column", "cell", "code"),
    [
        ("orgs", "sourcedId", "", "row.missing_required_value"),
        ("orgs", "name", "", "row.missing_required_value"),
        ("orgs", "sourcedId", "a" * 256, "row.invalid_guid"),
        ("orgs", "type", "School", "row.invalid_enum"),
        ("orgs", "status", "gone", "row.invalid_enum"),
        ("academicSessions", "startDate", "8/17/2026", "row.invalid_date"),
        ("academicSessions", "startDate", "2026-02-30", "row.invalid_date"),
        ("academicSessions", "schoolYear", "2026-27", "row.invalid_year"),
        ("users", "enabledUser", "yes", "row.invalid_boolean"),
        ("users", "userIds", "sis:1", "row.invalid_list"),
        ("users", "grades", "09,,10", "row.invalid_list"),
        ("users", "grades", "nine", "row.invalid_enum"),
        ("lineItems", "resultValueMax", "20,5", "row.invalid_float"),
        ("enrollments", "role", "coach", "row.invalid_enum"),
    ],
)
def test_a_cell_that_is_not_of_its_type_is_refused_at_its_place(
    tmp_path: Path, file: str, column: str, cell: str, code: str
) -> None:
    files = whole()
    files[file][0][column] = cell
    package = read(tmp_path, files)
    assert (code, file, 2, column) in told(f for f in package.findings if f.refuses)


@pytest.mark.parametrize(
    ("file", "column", "cell", "code", "taken"),
    [
        ("users", "enabledUser", "TRUE", "row.boolean_in_capitals", "true"),
        ("users", "grades", "9", "row.unusual_word", "09"),
        ("users", "grades", "9, 10", "row.unusual_word", "09,10"),
        ("categories", "sourcedId", "a b", "row.unusual_guid", "a b"),
        ("orgs", "status", "active", "row.active_in_bulk", ""),
    ],
)
def test_oddities_are_read_with_a_warning(
    tmp_path: Path, file: str, column: str, cell: str, code: str, taken: str
) -> None:
    files = whole()
    for name in ("lineItems", "results"):
        files.pop(name)
    files[file][0][column] = cell
    package = read(tmp_path, files)
    assert told(package.findings) == [(code, file, 2, column)]
    assert not package.refused
    assert next(package.rows(file))[column] == taken


def test_a_space_in_an_id_is_refused_in_1_2(tmp_path: Path) -> None:
    package = read(tmp_path, {"categories": [{"sourcedId": "a b", "title": "Quizzes"}]}, "1.2")
    assert told(package.findings) == [("row.invalid_guid", "categories", 2, "sourcedId")]


def test_passwords_are_dropped_unread_and_never_named(tmp_path: Path) -> None:
    files = whole()
    files["users"][0]["password"] = "hunter2"
    package = read(tmp_path, files)
    assert told(package.findings) == [("row.password_dropped", "users", 2, "password")]
    row = next(package.rows("users"))
    assert row["password"] == ""
    assert "hunter2" not in "".join((*row.cells, *(f.message + f.next_step for f in package.findings)))


@pytest.mark.parametrize("column", ["status", "dateLastModified"])
def test_bulk_rows_leave_status_and_time_empty(tmp_path: Path, column: str) -> None:
    cell = {"status": "tobedeleted", "dateLastModified": CHANGED["dateLastModified"]}[column]
    package = read(tmp_path, {"categories": [{"sourcedId": "g", "title": "Quizzes", column: cell}]})
    assert told(package.findings) == [("row.field_forbidden_in_bulk", "categories", 2, column)]


@pytest.mark.parametrize("column", ["status", "dateLastModified"])
def test_delta_rows_fill_status_and_time(tmp_path: Path, column: str) -> None:
    row = {"sourcedId": "g", "title": "Quizzes", **CHANGED, column: ""}
    package = read(tmp_path, {"categories": [row]}, delta=["categories"])
    assert told(package.findings) == [("row.field_required_in_delta", "categories", 2, column)]


def test_inactive_of_1_0_is_read_as_tobedeleted(tmp_path: Path) -> None:
    rows = [
        {"sourcedId": "g", "title": "Quizzes", **CHANGED, "status": "inactive"},
        {"sourcedId": "h", "title": "Tests", **CHANGED},
    ]
    package = read(tmp_path, {"categories": rows}, delta=["categories"])
    assert codes(package) == {"row.unusual_word"}
    assert [row["sourcedId"] for row in package.ended("categories")] == ["g"]
    assert [row["sourcedId"] for row in package.rows("categories")] == ["h"]


def test_a_row_of_the_wrong_width_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    content = text(
        [ORGS, ["d", "", "", "Lakeside", "district"], *([ORG.get(n, "") for n in ORGS] for _ in "1")]
    )
    package = read(tmp_path, {"orgs": content})
    assert told(package.findings) == [("table.row_width_mismatch", "orgs", 2, "")]
    assert [row.number for row in package.rows("orgs")] == [3]


@pytest.mark.parametrize(
    ("spoil", "code", "refuses"),
    [
        (lambda b: b"\xef\xbb\xbf" + b, "table.byte_order_mark", False),
        (lambda b: b[:-2], "table.no_final_newline", False),
        (lambda b: b.replace(b"\r\n", b"\n"), "", False),
        (lambda b: b.replace(b"Lakeside", b"Lake\xffside"), "table.not_utf8", True),
        (lambda b: b.replace(b"Lakeside", b"Lake\0side"), "table.nul", True),
        (lambda b: b.replace(b"Lakeside", b'"Lake"side'), "table.malformed_row", True),
        (lambda b: b + b"\r\n", "table.blank_row", False),
    ],
)
def test_bytes_are_read_or_refused_as_a5_says(
    tmp_path: Path, spoil: object, code: str, refuses: bool
) -> None:
    package = read(tmp_path, {"orgs": spoil(table("orgs", [ORG]))})  # type: ignore[operator]
    assert codes(package) == ({code} if code else set())
    assert package.refused is refuses
    if not refuses:
        assert [row.filled() for row in package.rows("orgs")] == [ORG]


def test_formula_signs_stay_as_they_are(tmp_path: Path) -> None:
    package = read(tmp_path, {"categories": [{"sourcedId": "g", "title": "=1+1"}]})
    assert next(package.rows("categories"))["title"] == "=1+1"
