"""Exact numbers stay exact at any size and are rounded half up once."""

from decimal import Decimal
from fractions import Fraction

import pytest

from firstbell.kernel.exact import half_up, text_of


def test_numbers_longer_than_the_decimal_context_keep_every_digit() -> None:
    assert half_up(Fraction(10**40 + 1, 4), 2) == Decimal("2500000000000000000000000000000000000000.25")


@pytest.mark.parametrize(
    ("value", "expected"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("90.285", "90.29"), ("0.0049", "0.00")]
)
def test_halves_go_away_from_zero(value: str, expected: str) -> None:
    assert str(half_up(Fraction(value), 2)) == expected


def test_a_value_with_an_exact_decimal_is_written_in_full() -> None:
    assert text_of(Fraction(1, 2**10)) == "0.0009765625"
