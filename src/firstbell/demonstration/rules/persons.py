"""Families as roster records: students, contacts and how they belong together."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from firstbell.demonstration.data import CourtOrder
from firstbell.demonstration.rules.chance import stream
from firstbell.demonstration.rules.families import Adult, Child, Family, phone, street_address
from firstbell.demonstration.rules.shape import GRADE_LIST
from firstbell.demonstration.rules.vocabulary import places
from firstbell.people.data import (
    ContactRecord,
    Demographics,
    Directory,
    PersonName,
    StudentContactRecord,
    StudentRecord,
)


class Usernames:
    """Gives out user names, each once: ``first.last``, then ``first.last2`` and so on."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def take(self, first: str, last: str, suffix: str = "") -> str:
        """A user name nobody has yet."""
        base = f"{_plain(first)}.{_plain(last)}{suffix}"
        count = self._taken.get(base, 0) + 1
        self._taken[base] = count
        if count == 1:
            return base
        return self.take(first, last, f"{suffix}-{count}" if suffix else str(count))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in folded if letter.isascii() and letter.isalnum())


def directory(address: str, postal: str, number: str, email: str = "", *, secret: bool = False) -> Directory:
    """How to reach somebody in the invented town."""
    town = places()["district"]
    return Directory(
        address=address,
        city=town["city"],
        state=town["state"],
        postal_code=postal,
        mobile=number,
        email=email,
        confidential=secret,
    )


def student_record(family: Family, child: Child, home: Directory, username: str) -> StudentRecord:
    """The student of a child."""
    flags = {f"{race}": True for race in family.races}
    nickname = child.nickname
    return StudentRecord(
        key=child.key,
        name=PersonName(first=child.first, last=child.last, middle=child.middle, preferred_first=nickname),
        local_id=str(100_000 + child.number),
        state_id=str(9_000_000_000 + (child.number * 7_919_003 + 123_456_789) % 1_000_000_000),
        username=username,
        demographics=Demographics(
            birth_date=child.birth_date,
            sex=child.sex,
            hispanic=family.origin.hispanic,
            home_language=family.language,
            birth_state=places()["district"]["state"],
            **flags,  # type: ignore[arg-type]
        ),
        directory=home,
        grade=child.grade,
    )


def contact_key(family: Family, place: int) -> str:
    """The key of a family's adult, in calling order from 1."""
    return f"c{family.number:06d}-{place}"


@dataclass(slots=True)
class Household:
    """The records of a family."""

    students: list[StudentRecord] = field(default_factory=list)
    contacts: list[ContactRecord] = field(default_factory=list)
    links: list[StudentContactRecord] = field(default_factory=list)
    orders: list[CourtOrder] = field(default_factory=list)


def household(
    family: Family, seed: int, taken: Usernames, year_begin: date, known: Callable[[Child], bool]
) -> Household:
    """The records of a family and of those of its children that are ``known``; user names are given out
    to all, so that they do not depend on who is known."""
    random = stream(seed, "home", family.key)
    town = places()["district"]
    postal = town["postal_codes"][family.zone % len(town["postal_codes"])]
    secret = any(adult.barred for adult in family.adults)
    address = street_address(random)
    home = directory(address, postal, "", secret=secret)
    children = [child for child in family.children if known(child)]
    found = Household()
    for child in family.children:
        leaving = year_begin.year + len(GRADE_LIST) - GRADE_LIST.index(child.grade)
        username = taken.take(child.first, child.last, f"{leaving % 100:02d}")
        if child in children:
            found.students.append(student_record(family, child, home, username))
    for place, adult in enumerate(family.adults, 1):
        where = street_address(random) if adult.elsewhere else address
        username = "" if adult.emergency_only else taken.take(adult.first, adult.last)
        email = f"{username}@mail.example" if username else ""
        if not children:
            continue
        found.contacts.append(
            ContactRecord(
                key=contact_key(family, place),
                name=PersonName(first=adult.first, last=adult.last),
                username=username,
                language="en" if adult.emergency_only else family.language,
                directory=directory(
                    where, postal, phone(random), email, secret=secret and not adult.elsewhere
                ),
            )
        )
        found.links.extend(_links(family, adult, place, children))
        if adult.barred:
            begin = year_begin - timedelta(days=random.randrange(30, 400))
            case = f"FL-{begin.year}-{random.randrange(10_000):04d}"
            found.orders += [
                CourtOrder(student=child.key, contact=contact_key(family, place), begin=begin, case=case)
                for child in children
            ]
    return found


def _links(family: Family, adult: Adult, place: int, children: list[Child]) -> Iterator[StudentContactRecord]:
    free = not adult.barred
    for child in children:
        yield StudentContactRecord(
            student=child.key,
            contact=contact_key(family, place),
            relation=adult.relation,
            has_rights=adult.rights,
            primary=place == 1,
            lives_with=not adult.elsewhere,
            emergency=free,
            may_pick_up=free,
            portal_access=free and not adult.emergency_only,
            order=place,
        )
