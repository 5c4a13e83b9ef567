"""Set all fills blanks only; the same roll sent again changes nothing; a stale roll overwrites nothing."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstbell.attendance.data import CellOrigin, Mark, RollCell, Said
from firstbell.attendance.rules.codes import starter_codes
from firstbell.attendance.rules.roll_edit import (
    Merge,
    Outcome,
    RollCounts,
    counts,
    fitting,
    merge,
    new_word,
    outcome,
    set_all,
    unmarked_become,
)

AT = datetime(2026, 3, 2, 9, 0)  # noqa: DTZ001 - school-local time
P, A, E = (Said(code, "x", AT) for code in "PAE")
ROLL = (
    RollCell("blank"),
    RollCell("default", origin=CellOrigin.DEFAULT),
    RollCell("marked", teacher=A),
    RollCell("office", office=E),
    RollCell("known", origin=CellOrigin.KNOWN_ABSENCE),
    RollCell("carried", origin=CellOrigin.PREVIOUS_PERIOD),
)


def test_set_all_fills_blank_cells_and_touches_no_other() -> None:
    changed = [new.student for old, new in zip(ROLL, set_all(ROLL, P), strict=True) if new != old]
    assert changed == ["blank", "default"]


def test_set_all_twice_is_once() -> None:
    assert set_all(set_all(ROLL, P), A) == set_all(ROLL, P)


def test_an_unopened_roll_stays_not_taken() -> None:
    assert unmarked_become(ROLL, A, opened=False) == ROLL
    assert unmarked_become(ROLL, A, opened=True)[0].effective == "A"


@pytest.mark.parametrize(
    ("version", "answered", "based_on", "expected"),
    [
        (0, False, 0, Outcome.FIRST),
        (3, True, 0, Outcome.REPEATED),
        (3, True, 1, Outcome.REPEATED),
        (3, False, 3, Outcome.EDIT),
        (3, False, 2, Outcome.STALE),
        (3, False, 0, Outcome.STALE),
    ],
)
def test_an_answered_client_id_is_answered_again_and_a_stale_version_is_no_edit(
    version: int, answered: bool, based_on: int, expected: Outcome
) -> None:
    assert outcome(version, answered=answered, based_on=based_on) is expected


def test_a_stale_roll_yields_free_changes_and_contested_students() -> None:
    base = {"a": "P", "b": "P", "c": "P", "d": "P"}
    stored = {"a": "P", "b": "T", "c": "T", "d": "A"}
    sent = {"a": "A", "b": "A", "c": "P", "d": "A"}
    assert merge(base, stored, sent) == Merge({"a": "A"}, frozenset("b"))


marks = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(["P", "A", "T", None]), max_size=5)


@given(marks, marks, marks)
def test_merge_never_overwrites_what_the_sender_has_not_seen(
    base: dict[str, str | None], stored: dict[str, str | None], sent: dict[str, str | None]
) -> None:
    got = merge(base, stored, sent)
    assert all(base.get(s) == stored.get(s) and sent[s] == c for s, c in got.changes.items())
    assert not got.contested & got.changes.keys()
    both = {s for s in sent if base.get(s) != stored.get(s) and sent[s] not in (base.get(s), stored.get(s))}
    assert got.contested == both


def test_counts_take_no_mark_as_present() -> None:
    codes = {code.code: code for code in starter_codes()}
    assert counts([None, "P", "T", "A", "E"], codes) == RollCounts(5, 3, 2, 1)


CODES = {code.code: code for code in starter_codes()}


def test_minutes_stay_only_where_the_code_speaks_of_them() -> None:
    assert fitting(Mark("A", 5, 5, "x"), CODES, "P") == Mark("A", None, None, "x")
    assert fitting(Mark("T", 5, 5), CODES, "P") == Mark("T", 5, None)
    assert fitting(Mark("L", 5, 5), CODES, "P") == Mark("L", None, 5)
    assert fitting(Mark(""), CODES, "P") == Mark("P")


@pytest.mark.parametrize(
    ("sent", "stored", "locked", "positive", "new"),
    [
        (Mark("P"), None, "", False, None),
        (Mark("P"), None, "", True, Mark("P")),
        (Mark("P", comment="late bus"), None, "", False, Mark("P", comment="late bus")),
        (Mark("A"), None, "", False, Mark("A")),
        (Mark("A"), Mark("A"), "", False, None),
        (Mark("P"), Mark("A"), "", False, Mark("P")),
        (Mark("E"), None, "E", True, None),
        (Mark("E"), Mark("A"), "E", False, None),
        (Mark("P"), None, "E", False, Mark("P")),
        (Mark("P"), Mark("P"), "E", False, None),
    ],
)
def test_a_sent_mark_says_something_new_or_nothing(
    sent: Mark, stored: Mark | None, locked: str, positive: bool, new: Mark | None
) -> None:
    assert new_word(sent, stored, locked, "P", positive=positive, spoken=True) == new


def test_silence_about_a_locked_student_is_no_word() -> None:
    assert new_word(Mark("P"), None, "E", "P", positive=True, spoken=False) is None
    assert new_word(Mark("P"), None, "", "P", positive=True, spoken=False) == Mark("P")
