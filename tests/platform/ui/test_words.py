"""Exact values in words."""

from datetime import time
from decimal import Decimal
from fractions import Fraction

import pytest

from firstbell.platform.ui import decimal_words, percent_words, time_words


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(5, 2), 0, "3"),
        (Decimal("90.285"), 2, "90.29"),
        (Fraction(427, 18), 2, "23.72"),
        (1234567, 0, "1,234,567"),
        (Fraction(-1, 2), 0, "-1"),
    ],
)
def test_numbers_round_half_up(value, places, words):
    assert decimal_words(value, places) == words


def test_a_share_is_a_percent_and_nothing_is_a_dash():
    assert percent_words(Fraction(1, 8)) == "12.5\N{NO-BREAK SPACE}%"
    assert percent_words(Fraction(15, 152), 2) == "9.87\N{NO-BREAK SPACE}%"
    assert percent_words(None) == "–"


@pytest.mark.parametrize(
    ("at", "words"), [(time(0, 5), "12:05 am"), (time(12), "12:00 pm"), (time(13, 30), "1:30 pm")]
)
def test_times_are_said_as_an_office_says_them(at, words):
    assert time_words(at).replace("\N{NO-BREAK SPACE}", " ") == words
