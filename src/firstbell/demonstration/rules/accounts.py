"""Who of the staff has an account that was used, when, and with a second factor."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from firstbell.demonstration.rules.chance import stream
from firstbell.demonstration.rules.district import Invented
from firstbell.people.data import StaffRole

#: shares: never signed in; has a second factor where the role demands one, where it does not
NEVER, DEMANDED, CHOSEN = 0.06, 0.9, 0.25


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """The account of a staff member (by key): when it was last used, None for never."""

    staff: str
    last: datetime | None
    second_factor: bool


def staff_accounts(
    found: Invented, now: datetime, demanding: Collection[StaffRole], personas: Collection[str]
) -> Iterator[StaffAccount]:
    """The accounts of all staff; those who may be entered as personas have no second factor yet."""
    roles: dict[str, set[StaffRole]] = {}
    for post in found.roster.staff_assignments or ():
        roles.setdefault(post.staff, set()).add(post.role)
    for person in found.roster.staff or ():
        random = stream(found.seed, "account", person.key)
        never = random.random() < NEVER
        ago = timedelta(minutes=10 + int(random.expovariate(1 / 1_800)))
        wanted = DEMANDED if roles.get(person.key, set()) & set(demanding) else CHOSEN
        has = random.random() < wanted
        here = person.key in personas
        yield StaffAccount(
            person.key, None if never and not here else now - ago, has and not never and not here
        )
