"""Exact values as people read them: fractions inside, percents only here."""

from __future__ import annotations

from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils import timezone


def decimal_words(value: Fraction | Decimal | int, places: int = 0) -> str:
    """A number rounded half up to ``places``, with thousands separators. ``1234.5`` -> ``"1,235"``."""
    exact = Fraction(value)
    scaled = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"


def percent_words(share: Fraction | Decimal | None, places: int = 1) -> str:
    """A share from 0 to 1 as a percent; an en dash for none. ``Fraction(1, 8)`` -> ``"12.5 %"``."""
    if share is None:
        return "–"
    return f"{decimal_words(Fraction(share) * 100, places)}\N{NO-BREAK SPACE}%"


def share_words(part: int, whole: int) -> str:
    """``3 of 41``."""
    return f"{part:,} of {whole:,}"


def moment_words(value: datetime | None, *, year: bool = True) -> str:
    """An instant with its day: ``Nov 24, 2026, 8:05 am``; an en dash for none."""
    if value is None:
        return "–"
    value = timezone.localtime(value)
    day = f"{value:%b} {value.day}, {value.year}" if year else f"{value:%b} {value.day}"
    return f"{day}, {time_words(value)}"


def time_words(value: time | datetime | None) -> str:
    """A time of day the way an office says it: ``8:05 am``; an instant in the school's own time zone."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value).time()
    return f"{value.hour % 12 or 12}:{value.minute:02d}\N{NO-BREAK SPACE}{'am' if value.hour < 12 else 'pm'}"
