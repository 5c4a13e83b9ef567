"""Whether two records may be one person: a person decides, names never merge by themselves."""

from __future__ import annotations

from collections.abc import Iterable

from firstbell.people.rules.names import search_words


def likely_same(
    first_names: Iterable[str],
    last_names: Iterable[str],
    known_first: Iterable[str],
    known_last: Iterable[str],
) -> bool:
    """Whether two people of one birth date have a first and a last name in common, in either order.

    Accents, case and hyphens do not count; neither do further names on one side.

    >>> likely_same(["Ana"], ["López"], ["Ana María"], ["Lopez-Garcia"])
    True
    >>> likely_same(["Lopez"], ["Ana"], ["Ana"], ["Lopez"])
    True
    >>> likely_same(["Ana"], ["López"], ["Eva"], ["López"])
    False
    """
    first, last = search_words(first_names), search_words(last_names)
    known_firsts, known_lasts = search_words(known_first), search_words(known_last)
    straight = bool(first & known_firsts) and bool(last & known_lasts)
    swapped = bool(first & known_lasts) and bool(last & known_firsts)
    return straight or swapped
