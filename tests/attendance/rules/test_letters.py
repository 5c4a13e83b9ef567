"""Letters go in sequence, never skip, never twice for the same occasions; evidence is frozen."""

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstbell.attendance.data import LetterState
from firstbell.attendance.rules.letters import (
    Letter,
    Rung,
    check_ladder,
    frozen,
    legal_ladder,
    next_letter,
    occasion_row,
    still_due,
    still_triggers,
    thawed,
)
from firstbell.attendance.rules.truancy import Occasion, OccasionKind

LADDER = legal_ladder(3)
BEGIN = date(2025, 9, 1)


def occasion(offset: int) -> Occasion:
    return Occasion(BEGIN + timedelta(days=offset), OccasionKind.FULL_DAY)


def occasions(*offsets: int) -> list[Occasion]:
    return [occasion(o) for o in offsets]


def sent(number: int, offsets: tuple[int, ...], on: int) -> Letter:
    return Letter(number, LetterState.SENT, tuple(occasions(*offsets)), BEGIN + timedelta(days=on))


def test_letter_1_is_due_at_the_third_occasion_with_all_three_as_evidence() -> None:
    assert next_letter(occasions(1, 2), [], LADDER) is None
    due = next_letter(occasions(3, 1, 2), [], LADDER)
    assert due is not None
    assert (due.number, due.evidence) == (1, tuple(occasions(1, 2, 3)))


def test_letter_2_is_due_at_the_next_occasion_after_letter_1_was_sent() -> None:
    first = sent(1, (1, 2, 3), 7)
    assert next_letter(occasions(1, 2, 3), [first], LADDER) is None
    assert next_letter(occasions(1, 2, 3, 6), [first], LADDER) is None
    due = next_letter(occasions(1, 2, 3, 6, 9), [first], LADDER)
    assert due is not None
    assert (due.number, due.evidence) == (2, (occasion(9),))


def test_many_occasions_at_once_propose_letter_1_only() -> None:
    due = next_letter(occasions(*range(12)), [], LADDER)
    assert due is not None
    assert due.number == 1


@pytest.mark.parametrize("state", [LetterState.PROPOSED, LetterState.HELD])
def test_nothing_is_due_while_a_letter_waits(state: LetterState) -> None:
    waiting = Letter(1, state, tuple(occasions(1, 2, 3)))
    assert next_letter(occasions(*range(20)), [waiting], LADDER) is None


def test_occasions_of_a_dismissed_letter_are_not_used_again_and_its_rung_stays_open() -> None:
    dismissed = Letter(1, LetterState.DISMISSED, tuple(occasions(1, 2, 3)))
    assert next_letter(occasions(1, 2, 3, 4, 5), [dismissed], LADDER) is None
    due = next_letter(occasions(1, 2, 3, 4, 5, 6), [dismissed], LADDER)
    assert due is not None
    assert (due.number, due.evidence) == (1, tuple(occasions(4, 5, 6)))


def test_after_the_last_rung_nothing_more_is_due() -> None:
    all_sent = [sent(1, (1, 2, 3), 4), sent(2, (5,), 6), sent(3, (7,), 8)]
    assert next_letter(occasions(1, 2, 3, 5, 7, 9, 10, 11), all_sent, LADDER) is None


@given(st.lists(st.integers(0, 60), unique=True, max_size=30), st.integers(1, 5), st.integers(0, 3))
def test_a_year_of_daily_batches_sends_each_letter_once_in_order_on_fresh_occasions(
    offsets: list[int], first: int, lag: int
) -> None:
    ladder = (Rung(1, first), Rung(2, 1), Rung(3, 2))
    letters: list[Letter] = []
    for today in range(70):
        due = next_letter([occasion(o) for o in offsets if o <= today], letters, ladder)
        if due is not None:
            on = BEGIN + timedelta(days=today + lag)
            letters.append(Letter(due.number, LetterState.SENT, due.evidence, on))
    assert [letter.number for letter in letters] == list(range(1, len(letters) + 1))
    used = [one for letter in letters for one in letter.evidence]
    assert len(used) == len(set(used))
    assert all(len(letter.evidence) >= ladder[letter.number - 1].new_occasions for letter in letters)
    assert bool(letters) is (len(offsets) >= first)


def test_a_correction_shows_that_the_letter_would_no_longer_trigger() -> None:
    letter = sent(1, (1, 2, 3), 7)
    assert still_triggers(letter, occasions(1, 2, 3, 20), LADDER)
    assert not still_triggers(letter, occasions(1, 3, 20), LADDER)
    gap = replace(occasion(2), kind=OccasionKind.GAP)
    assert still_triggers(letter, [occasion(1), gap, occasion(3)], LADDER)


def test_a_waiting_letter_takes_in_what_came_since_and_loses_what_was_excused() -> None:
    waiting = Letter(1, LetterState.PROPOSED, tuple(occasions(1, 2, 3)))
    due = still_due(waiting, occasions(1, 3, 4), [waiting], LADDER)
    assert due is not None
    assert due.evidence == tuple(occasions(1, 3, 4))
    assert still_due(waiting, occasions(1, 3), [waiting], LADDER) is None


def test_the_occasions_of_a_withdrawn_letter_are_free_again() -> None:
    withdrawn = Letter(1, LetterState.WITHDRAWN, tuple(occasions(1, 2, 3)))
    due = next_letter(occasions(1, 3, 4), [withdrawn], LADDER)
    assert due is not None
    assert due.evidence == tuple(occasions(1, 3, 4))


def test_frozen_evidence_is_canonical_and_its_hash_can_be_checked() -> None:
    rows = [occasion_row(one) for one in occasions(2, 1)]
    text, digest = frozen(rows)
    assert (text, digest) == frozen(reversed(rows))
    assert [row["day"] for row in json.loads(text)] == ["2025-09-02", "2025-09-03"]
    assert digest == hashlib.sha256(text).hexdigest()
    assert frozen([*rows[:1], {**rows[1], "said": "A"}])[1] != digest


def test_kept_rows_give_the_occasions_back() -> None:
    gap = Occasion(BEGIN, OccasionKind.GAP, Decimal("45.5"))
    assert thawed([occasion_row(gap), occasion_row(occasion(1))]) == (gap, occasion(1))


@pytest.mark.parametrize("ladder", [[Rung(1, 3), Rung(3, 1)], [Rung(2, 1)], [Rung(1, 0)]])
def test_a_ladder_with_a_gap_or_an_empty_rung_is_refused(ladder: list[Rung]) -> None:
    with pytest.raises(ValueError, match=r"letter"):
        check_ladder(ladder)


def test_the_legal_ladder_is_sound() -> None:
    check_ladder(LADDER)
    assert [rung.new_occasions for rung in LADDER] == [3, 1, 1]
