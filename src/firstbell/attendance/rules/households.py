"""One letter to a household: recipients who share address and language get it together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from firstbell.people.data import Recipient


@dataclass(frozen=True, slots=True)
class Household:
    """Recipients of one copy, the first to be called first."""

    members: tuple[Recipient, ...]
    language: str

    @property
    def first(self) -> Recipient:
        """Who the copy is logged for."""
        return self.members[0]

    @property
    def email(self) -> str:
        """The first e-mail address among the members."""
        return next((one.email for one in self.members if one.email), "")

    @property
    def confidential(self) -> bool:
        """Whether a member's address is confidential."""
        return any(one.confidential for one in self.members)

    def addressee(self, conjunction: str) -> str:
        """The members' names: ``Ana Ruiz and Luis Ruiz``."""
        names = [one.name for one in self.members]
        return f" {conjunction} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def households(recipients: Iterable[Recipient], languages: Iterable[str], fallback: str) -> list[Household]:
    """Recipients by address and the language they will be written in (one of ``languages``, else
    ``fallback``); who has no address stands alone."""
    known = set(languages)
    groups: dict[tuple[object, str], list[Recipient]] = {}
    for number, one in enumerate(recipients):
        language = one.language if one.language in known else fallback
        place = " ".join(one.address).casefold().split()
        groups.setdefault((tuple(place) or number, language), []).append(one)
    return [Household(tuple(some), language) for (_, language), some in groups.items()]
