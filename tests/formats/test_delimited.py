"""Records of a file from outside: every fault with its row, the other rows read."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from firstbell.formats.delimited import LONGEST_LINE, MOST_FINDINGS, Findings, Records, Row


def rows_of(
    data: bytes,
) -> tuple[list[str] | None, list[tuple[int, list[str]]], list[tuple[str, int | None]]]:
    findings = Findings("a.csv")
    records = Records(io.BytesIO(data), findings)
    rows = list(records)
    return records.header, rows, [(finding.code, finding.row) for finding in findings.all()]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    header, rows, found = rows_of(b'a,b\r\n1,"2\r\n3"\r\n4,5\r\n')
    assert header == ["a", "b"]
    assert rows == [(2, ["1", "2\r\n3"]), (3, ["4", "5"])]
    assert found == []


def test_an_empty_file_has_no_header() -> None:
    assert rows_of(b"") == (None, [], [])


def test_the_rows_after_a_malformed_one_are_read() -> None:
    _, rows, found = rows_of(b'a,b\r\n1,"2"x\r\n3,4\r\n')
    assert rows == [(3, ["3", "4"])]
    assert found == [("table.malformed_row", 2)]


def test_a_quote_that_never_closes_is_a_fault_and_ends() -> None:
    _, rows, found = rows_of(b'a,b\r\n1,"2\r\n3,4\r\n')
    assert rows == []
    assert ("table.malformed_row", 2) in found


def test_a_line_longer_than_a_mebibyte_stops_the_reading() -> None:
    _, rows, found = rows_of(b"a\r\n" + b"x" * (LONGEST_LINE + 1) + b"\r\n1\r\n")
    assert rows == []
    assert found == [("table.malformed_row", 2)]


def test_many_faults_of_one_kind_are_counted() -> None:
    findings = Findings("a.csv")
    for row in range(MOST_FINDINGS + 7):
        findings.error("x", "wrong", "mend it", row)
    found = findings.all()
    assert len(found) == MOST_FINDINGS + 1
    assert found[-1].message.startswith("7 more rows")


def test_warnings_of_one_column_are_one_finding_with_the_first_rows() -> None:
    findings = Findings("a.csv")
    for row in range(2, 2_000):
        findings.warn("x", "odd", "mend it", row, "c")
    (found,) = findings.all()
    assert found.message == "odd (1,998 rows: 2, 3, 4, 5, 6, 7, 8, 9, …)"
    assert (found.row, found.column, found.refuses) == (2, "c", False)


def test_a_missing_column_reads_empty() -> None:
    row = Row({"a": 0, "b": 1}, 2, (" x , y", ""))
    assert (row["a"], row["b"], row["c"]) == (" x , y", "", "")
    assert row.list("a") == ["x", "y"]
    assert row.filled() == {"a": " x , y"}


@given(st.binary(max_size=60))
def test_any_bytes_end_in_rows_or_findings(data: bytes) -> None:
    _, rows, found = rows_of(data)
    numbers = [number for number, _ in rows]
    assert numbers == sorted(set(numbers))
    assert all(code.startswith("table.") for code, _ in found)
