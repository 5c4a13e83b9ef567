"""A OneRoster package as a delivery: keys are the source's sourcedIds.

What the roster cannot hold (line items, results, resources, profiles, columns of other makers) is kept
beside it, so that a re-export gives it back. Course offerings, which OneRoster does not have, are made
from class, school and session. A user becomes a student, a contact or a staff member by the roles held,
and may be two of them.
"""

from __future__ import annotations

from firstbell.exchange.data import Delivery
from firstbell.exchange.rules.oneroster_in import belonging, kept, organizations, people, schedule
from firstbell.exchange.rules.oneroster_in.draft import Draft
from firstbell.formats.oneroster import Package
from firstbell.people.data import Brought

__all__ = ["delivery_of"]


def delivery_of(package: Package, brought: Brought | None = None) -> Delivery:
    """What a package brings. A package with a finding that refuses it brings its findings only.

    ``brought`` is what the same source brought earlier: who a user of a delta is, when a role without a
    date began.
    """
    draft = Draft.begin(package, brought or Brought())
    if not package.refused:
        organizations.take(draft)
        people.take(draft)
        schedule.take(draft)
        belonging.take(draft)
        kept.take(draft)
    return draft.delivery()
