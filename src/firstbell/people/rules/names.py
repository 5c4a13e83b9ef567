"""How a person is found by name: words without accents in lower case."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """``text`` in lower case without accents.

    >>> fold("Nuñez-O’Connor")
    'nunez-o’connor'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


def search_words(texts: Iterable[str]) -> frozenset[str]:
    """The words under which a person with these names and numbers is found, each up to 80 characters.

    An apostrophe neither splits nor counts; a hyphen does both.

    >>> sorted(search_words(["Núñez-O’Connor", "Ana"]))
    ['ana', 'nunez', 'oconnor']
    """
    words: set[str] = set()
    for text in texts:
        plain = fold(text).replace("'", "").replace("’", "").replace("ʼ", "")
        words.update(word[:80] for word in _WORD.findall(plain))
    return frozenset(words)
