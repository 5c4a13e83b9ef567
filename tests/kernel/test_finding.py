"""Findings name their place and the next step; one that refuses comes first."""

from __future__ import annotations

from firstbell.kernel.finding import Refused, Severity, any_refuses, error, summary, warning


def test_a_place_is_told_as_far_as_it_is_known() -> None:
    full = error("a.b", "wrong", "mend it", file="orgs.csv", row=7, column="type")
    assert full.place == "orgs.csv, row 7, type"
    assert error("a.b", "wrong", "mend it", column="type").place == "type"
    assert error("a.b", "wrong", "mend it").place == ""
    assert full.as_dict() == {
        "severity": "error", "code": "a.b", "message": "wrong", "next_step": "mend it", "file": "orgs.csv",
        "row": 7, "column": "type",
    }  # fmt: skip


def test_a_warning_does_not_refuse() -> None:
    assert not any_refuses([warning("a.b", "odd", "look")])
    assert any_refuses([warning("a.b", "odd", "look"), error("a.c", "wrong", "mend it")])


def test_a_refusal_lists_what_refuses_first_and_keeps_the_rest() -> None:
    odd, wrong = warning("a.b", "odd", "look"), error("a.c", "wrong", "mend it", row=3)
    refusal = Refused([odd, wrong])
    assert refusal.findings == [wrong, odd]
    assert str(refusal) == "row 3: wrong; odd"


def test_a_summary_names_the_first_rows_and_counts_all() -> None:
    rows = [{"kind": "room", "key": ""}, {"kind": "room", "key": "2"}]
    found = summary(Severity.WARNING, "a.b", "{n} keys", "look", rows, file="rooms.csv")
    assert (found.message, found.file, found.refuses) == ("2 keys (room; room/2)", "rooms.csv", False)
