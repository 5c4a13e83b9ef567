"""Set all fills blanks only; the same roll sent again changes nothing; a stale roll overwrites nothing."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from firstbell.attendance.data import CellOrigin, RollCell, Said
from firstbell.attendance.rules.codes import starter_codes
from firstbell.attendance.rules.roll_edit import (
    Difference,
    Merge,
    Outcome,
    RollCounts,
    StoredRoll,
    counts,
    merge,
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


def test_the_same_client_id_is_answered_again_and_a_stale_version_is_no_edit() -> None:
    stored = StoredRoll(3, frozenset({"c1", "c2"}))
    assert outcome(None, "c1", None) is Outcome.FIRST
    assert outcome(stored, "c1", None) is Outcome.REPEATED
    assert outcome(stored, "c2", 1) is Outcome.REPEATED
    assert outcome(stored, "c9", 3) is Outcome.EDIT
    assert outcome(stored, "c9", 2) is Outcome.STALE
    assert outcome(stored, "c9", None) is Outcome.STALE


def test_a_stale_roll_yields_free_changes_and_contested_differences() -> None:
    base = {"a": "P", "b": "P", "c": "P", "d": "P"}
    stored = {"a": "P", "b": "T", "c": "T", "d": "A"}
    sent = {"a": "A", "b": "A", "c": "P", "d": "A"}
    assert merge(base, stored, sent) == Merge({"a": "A"}, (Difference("b", "P", "T", "A"),))


marks = st.dictionaries(st.sampled_from("abcde"), st.sampled_from(["P", "A", "T", None]), max_size=5)


@given(marks, marks, marks)
def test_merge_never_overwrites_what_the_sender_has_not_seen(
    base: dict[str, str | None], stored: dict[str, str | None], sent: dict[str, str | None]
) -> None:
    got = merge(base, stored, sent)
    assert all(base.get(s) == stored.get(s) and sent[s] == c for s, c in got.changes.items())
    contested = {d.student for d in got.differences}
    assert not contested & got.changes.keys()
    both = {s for s in sent if base.get(s) != stored.get(s) and sent[s] not in (base.get(s), stored.get(s))}
    assert contested == both


def test_counts_take_no_mark_as_present() -> None:
    codes = {code.code: code for code in starter_codes()}
    assert counts([None, "P", "T", "A", "E"], codes) == RollCounts(5, 3, 2, 1)
