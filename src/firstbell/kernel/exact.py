"""Exact numbers: fractions inside, decimals at the edges, rounded once at the named place."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction | Decimal | int, places: int) -> Decimal:
    """``value`` rounded to ``places`` decimals, halves away from zero.

    >>> half_up(Fraction(427, 18), 2)
    Decimal('23.72')
    >>> half_up(Fraction(-1, 200), 2)
    Decimal('-0.01')
    """
    exact = Fraction(value)
    scaled = abs(exact) * 10**places
    rounded = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    # built from digits: arithmetic on a Decimal would round to the context's 28 digits
    return Decimal((int(exact < 0), Decimal(rounded).as_tuple().digits, -places))


def plain(value: Decimal) -> str:
    """``value`` as digits without an exponent, as files and screens carry it.

    >>> plain(Decimal('1E+2'))
    '100'
    """
    return f"{value:f}"


def text_of(value: Fraction, places: int = 6) -> str:
    """``value`` as an exact decimal text where it has one, else half-up to ``places`` decimals.

    >>> text_of(Fraction(1, 4)), text_of(Fraction(1, 3))
    ('0.25', '0.333333')
    """
    denominator = value.denominator
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    return plain(half_up(value, max(twos, fives) if denominator == 1 else places))
