"""A roster as the rows of a OneRoster package, the same rows for the same roster.

Ends become exclusive, agents stand on both sides, classes take their grades from the students enrolled,
full-year classes name the terms of their year. What only OneRoster has (roles, a term for a class that
has none) gets ids made of the opaque ids it hangs on. What OneRoster has no column for and a re-import
needs goes to ``metadata.firstbell.…``; numbers of restricted systems, relations without rights and
confidential directory data do not go at all.
"""

from __future__ import annotations

from collections.abc import Iterable

from firstbell.exchange.data import KeptRecord
from firstbell.exchange.rules.oneroster_out import belonging, gradebook, organizations, people, schedule
from firstbell.exchange.rules.oneroster_out.book import Book, Export
from firstbell.people.data import Roster

__all__ = ["Export", "export_of"]


def export_of(
    roster: Roster,
    version: str,
    *,
    kept: Iterable[KeptRecord] = (),
    demographics: bool = True,
    service_centers: bool = False,
) -> Export:
    """The rows of ``roster`` for OneRoster 1.1 or 1.2, sorted by sourcedId, and what could not be said.

    The keys of ``roster`` and ``kept`` are the ids under which they leave. ``demographics`` False leaves
    the file out. Raises ValueError for another version.
    """
    book = Book(roster, version, kept)
    organizations.write(book, service_centers=service_centers)
    schedule.write(book)
    people.write(book, demographics=demographics)
    belonging.write(book)
    gradebook.write(book)
    return book.export()
