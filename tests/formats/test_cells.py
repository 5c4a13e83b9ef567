"""Cells of roster files by type: what is taken, what is refused (interoperability specification, A1)."""

from __future__ import annotations

import pytest

from firstbell.formats import cells
from firstbell.formats.cells import Fault, Judge, Oddity


@pytest.mark.parametrize(
    ("judge", "taken", "refused"),
    [
        (cells.guid(strict=True), ["a", "A-1.b_2/c@d", "x" * 255], ["", "a b", "ä", "x" * 256, "a\n", "a,b"]),
        (cells.boolean, ["true", "false"], ["True", "1", "yes", " true"]),
        (
            cells.iso_date,
            ["2026-08-17", "2024-02-29"],
            ["2025-02-29", "2026-8-17", "20260817", "2026-08-17 "],
        ),
        (
            cells.utc_datetime,
            ["2026-09-01T08:00:00.000Z"],
            [
                "2026-09-01T08:00:00Z",
                "2026-09-01T08:00:00.000",
                "2026-09-01 08:00:00.000Z",
                "2026-09-01T25:00:00.000Z",
            ],
        ),
        (cells.year, ["2027", "1901", "2199"], ["27", "2026-27", "1900", "2200", "٢٠٢٧"]),
        (cells.integer, ["0", "-3", "+4", "1" * 18], ["", "1.0", "1e3", "1" * 19, "٣"]),
        (
            cells.decimal,
            ["0", "-3.5", ".5", "1.", "1e-3", "9" * 30],
            ["", ".", "1,5", "NaN", "Infinity", "1_0", "9" * 40],
        ),
        (
            cells.user_ids,
            ["{sis:1}", "{sis:1},{fed:}", "{a:b}, {c:d}"],
            ["", "sis:1", "{sis}", "{sis:1}{a:b}", "{:1}"],
        ),
        (cells.scale, ["{A:90}", "{A:90},{B:80}"], ["", "A:90", "{A}", "{A:90},"]),
    ],
)
def test_a_type_takes_its_values_unchanged_and_no_others(
    judge: Judge, taken: list[str], refused: list[str]
) -> None:
    for text in taken:
        assert judge(text) == text
    for text in refused:
        fault = judge(text)
        assert isinstance(fault, Fault), text
        assert fault.message
        assert fault.step


@pytest.mark.parametrize(
    ("text", "read"),
    [("8/17/2026", "2026-08-17"), ("7/1/2017", "2017-07-01"), ("12/31/2026", "2026-12-31")],
)
def test_dates_with_slashes_are_month_day_year(text: str, read: str) -> None:
    assert cells.slashed_date(text) == read


@pytest.mark.parametrize(
    "text", ["17/8/2026", "8/17/26", "2026-08-17", "8/17", "a/b/c", "", "8/17/2026/1", "２/1/2026"]
)
def test_other_forms_of_a_date_are_not_guessed(text: str) -> None:
    assert isinstance(cells.slashed_date(text), Fault)


def test_ids_of_1_1_may_hold_any_printable_text_with_a_warning() -> None:
    judge = cells.guid(strict=False)
    assert judge("a-b") == "a-b"
    odd = judge("é #1")
    assert isinstance(odd, Oddity)
    assert odd.value == "é #1"
    for text in (" a", "a\t", "é" * 256):
        assert isinstance(judge(text), Fault)


def test_a_list_is_judged_item_by_item() -> None:
    grades = cells.list_of(cells.Vocabulary(frozenset({"09", "10"}), odd={"9": "09"}))
    assert grades("09,10") == "09,10"
    odd = grades("9, 10")
    assert isinstance(odd, Oddity)
    assert odd.value == "09,10"
    assert isinstance(grades("09,11"), Fault)
    assert isinstance(grades("09,"), Fault)
    assert cells.list_of(None)("Math, Art") == "Math, Art"
