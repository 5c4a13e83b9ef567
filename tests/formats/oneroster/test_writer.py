"""Writing and reading are each other's inverse; the same rows give the same bytes; no cell gets lost."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstbell.formats.oneroster import Mode, changes, layout, read_package, write_package
from tests.formats.oneroster.packages import told, whole

NOON = datetime(2026, 9, 1, 12, 0, 0, 345_678, tzinfo=UTC)


def written(tmp_path: Path, *arguments: Any, **more: Any) -> Path:
    path = tmp_path / "out.zip"
    write_package(path, *arguments, **more)
    return path


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_what_is_written_is_read_again(tmp_path: Path, version: str) -> None:
    files = whole(version)
    package = read_package(
        written(tmp_path, version, files, system_name="Firstbell", system_code="firstbell")
    )
    assert told(package.findings) == []
    assert (package.version, package.source_name, package.source_code) == (
        version, "Firstbell", "firstbell",
    )  # fmt: skip
    assert {file: [row.filled() for row in package.rows(file)] for file in package.sheets} == files


def test_the_same_rows_give_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    write_package(first, "1.2", whole("1.2"))
    write_package(second, "1.2", dict(reversed(list(whole("1.2").items()))))
    assert first.getvalue() == second.getvalue()


def test_every_file_of_the_version_stands_in_the_manifest(tmp_path: Path) -> None:
    path = written(tmp_path, "1.1", {"orgs": [], "results": []}, modes={"results": Mode.DELTA})
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["manifest.csv", "orgs.csv", "results.csv"]
        lines = archive.read("manifest.csv").decode().split("\r\n")
    assert lines[:3] == ["propertyName,value", "manifest.version,1.0", "oneroster.version,1.1"]
    said = dict(line.split(",") for line in lines[3:-1])
    assert said == {
        f"file.{file}": {"orgs": "bulk", "results": "delta"}.get(file, "absent")
        for file in layout("1.1").files
    }


@pytest.mark.parametrize(
    ("tables", "more", "message"),
    [
        ({"roles": []}, {}, "1.1 has no file roles"),
        ({"orgs": [{"color": "red"}]}, {}, "orgs has no column color of the standard"),
        ({"orgs": [{"metadata.a.b": "c"}]}, {}, "orgs has no column metadata.a.b"),
        ({"orgs": []}, {"extensions": {"orgs": ["metadata.a.b", "metadata.a.b"]}}, "metadata.a.b twice"),
    ],
)
def test_a_file_or_column_that_the_version_lacks_is_refused(
    tables: Any, more: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        write_package(io.BytesIO(), "1.1", tables, **more)


def test_metadata_columns_follow_the_standard_ones(tmp_path: Path) -> None:
    row = {"sourcedId": "g", "title": "Quizzes", "metadata.lake.kind": "a,b"}
    path = written(tmp_path, "1.1", {"categories": [row]}, extensions={"categories": ["metadata.lake.kind"]})
    package = read_package(path)
    assert package.findings == []
    assert [found.filled() for found in package.rows("categories")] == [row]


# -- any cells that the types allow --------------------------------------------------------------------

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",)), min_size=1, max_size=12
)
_GUID = st.text("abcXYZ019.-_/@", min_size=1, max_size=9)
_WORD = st.text("abcXYZ019", min_size=1, max_size=6)
_DATES = st.dates(date(1900, 1, 1), date(2199, 1, 1)).map(date.isoformat)
_CELLS: dict[str, st.SearchStrategy[str]] = {
    "text": _TEXT,
    "guid": _GUID,
    "ref": _GUID,
    "refs": st.lists(_GUID, min_size=1, max_size=3).map(",".join),
    "list": st.lists(_WORD, min_size=1, max_size=3).map(",".join),
    "boolean": st.sampled_from(["true", "false"]),
    "date": _DATES,
    "datetime": _DATES.map(lambda day: f"{day}T00:59:59.000Z"),
    "year": st.integers(1901, 2199).map(str),
    "integer": st.integers(-(10**17), 10**17).map(str),
    "float": st.decimals(allow_nan=False, allow_infinity=False, places=3, max_value=10**9).map("{:f}".format),
    "userIds": st.lists(st.tuples(_WORD, _WORD), min_size=1, max_size=2).map(
        lambda pairs: ",".join(f"{{{kind}:{own}}}" for kind, own in pairs)
    ),
    "scale": st.lists(st.tuples(_WORD, _WORD), min_size=1, max_size=2).map(
        lambda pairs: ",".join(f"{{{left}:{right}}}" for left, right in pairs)
    ),
}


def _cell(column: Any) -> st.SearchStrategy[str]:
    if column.type in ("enum", "status"):
        return st.sampled_from(sorted(column.judge.words))
    if column.type == "enums":
        words = {"grade": ["KG", "09", "12"], "resource_role": ["student", "teacher"]}[column.target]
        return st.lists(st.sampled_from(words), min_size=1, max_size=2).map(",".join)
    return _CELLS[column.type]


@st.composite
def delta_rows(draw: st.DrawFn) -> tuple[str, str, list[dict[str, str]]]:
    """A file of a version with rows of right cells; as a delta, so that references may lead anywhere."""
    version = draw(st.sampled_from(["1.1", "1.2"]))
    file = draw(st.sampled_from(sorted(layout(version).files)))
    columns = [column for column in layout(version).columns(file) if not column.dropped]
    needed = {"status", "dateLastModified", *(column.name for column in columns if column.required)}
    rows = []
    for _ in range(draw(st.integers(0, 3))):
        kept = [c for c in columns if c.name in needed or draw(st.booleans())]
        rows.append({column.name: draw(_cell(column)) for column in kept})
    return version, file, rows


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(delta_rows())
def test_any_right_cells_come_back_as_they_were(drawn: tuple[str, str, list[dict[str, str]]]) -> None:
    version, file, rows = drawn
    target = io.BytesIO()
    write_package(target, version, {file: rows}, modes={file: Mode.DELTA})
    package = _read(target)
    faults = [f for f in package.findings if not f.code.startswith(("semantic.", "reference."))]
    assert told(faults) == []
    assert [row.filled() for row in package.sheets[file].rows] == rows


def _read(target: io.BytesIO) -> Any:
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".zip") as handle:
        handle.write(target.getvalue())
        handle.flush()
        return read_package(Path(handle.name))


# -- changes between two snapshots ------------------------------------------------------------------------

_SNAPSHOT = st.dictionaries(
    st.sampled_from("abcdef"), st.fixed_dictionaries({"title": st.sampled_from(["", "A", "B"])}), max_size=5
)


def _rows(snapshot: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    return [{"sourcedId": own, **cells} for own, cells in snapshot.items()]


@given(_SNAPSHOT, _SNAPSHOT)
def test_the_changes_turn_the_first_snapshot_into_the_second(
    before: dict[str, dict[str, str]], after: dict[str, dict[str, str]]
) -> None:
    delta = changes({"categories": _rows(before)}, {"categories": _rows(after)}, NOON)["categories"]
    applied = {own: {k: v for k, v in cells.items() if v} for own, cells in before.items()}
    for row in delta:
        assert row["dateLastModified"] == "2026-09-01T12:00:00.345Z"
        cells = {k: v for k, v in row.items() if k not in ("sourcedId", "status", "dateLastModified")}
        if row["status"] == "tobedeleted":
            del applied[row["sourcedId"]]
        else:
            assert applied.get(row["sourcedId"]) != cells, "a row that did not change is not a change"
            applied[row["sourcedId"]] = cells
    assert applied == {own: {k: v for k, v in cells.items() if v} for own, cells in after.items()}
    assert [row["sourcedId"] for row in delta] == sorted(row["sourcedId"] for row in delta)


def test_a_change_of_status_or_time_alone_is_none_and_other_zones_become_utc() -> None:
    before = [{"sourcedId": "a", "title": "A", "status": "active", "dateLastModified": "x"}]
    after = [{"sourcedId": "a", "title": "A"}, {"sourcedId": "b", "title": "B"}]
    at = NOON.astimezone(datetime.now().astimezone().tzinfo) + timedelta(0)
    assert changes({"categories": before}, {"categories": after, "orgs": []}, at) == {
        "categories": [
            {
                "sourcedId": "b",
                "title": "B",
                "status": "active",
                "dateLastModified": "2026-09-01T12:00:00.345Z",
            }
        ]
    }


def test_the_instant_of_a_change_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        changes({}, {}, datetime(2026, 9, 1))  # noqa: DTZ001 - the point of the test
