"""Beside the usual: when a figure is worth a look."""

from __future__ import annotations

from fractions import Fraction

#: points of a share below the usual from which on somebody should look, and from which on now
LOOK, NOW = Fraction(2, 100), Fraction(5, 100)


def tone_beside(share: Fraction | None, usual: Fraction | None, *, more_is_better: bool = True) -> str:
    """``good`` at or near the usual, ``warn`` from two points away, ``bad`` from five; empty where unknown.

    >>> tone_beside(Fraction(93, 100), Fraction(94, 100))
    'good'
    >>> tone_beside(Fraction(88, 100), Fraction(94, 100))
    'bad'
    >>> tone_beside(Fraction(14, 100), Fraction(11, 100), more_is_better=False)
    'warn'
    """
    if share is None or usual is None:
        return ""
    worse = usual - share if more_is_better else share - usual
    return "bad" if worse >= NOW else "warn" if worse >= LOOK else "good"
