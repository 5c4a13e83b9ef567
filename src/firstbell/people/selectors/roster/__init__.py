"""The district as a ``Roster``, as far as a viewer may have it whole: what every way out is made of.

The keys are the opaque ids under which rows leave, so that a writer computes nothing and two exports of
the same facts are the same. A class of data that a role sees in part, masked or counted is not given at
all: an export has no eyes to hide things from.
"""

from __future__ import annotations

from firstbell.people.data import Roster
from firstbell.people.selectors.roster import belonging, persons, places
from firstbell.people.selectors.roster.leave import Leave, students_leaving
from firstbell.platform.access import Viewer

__all__ = ["roster_for", "students_leaving"]


def roster_for(viewer: Viewer) -> Roster:
    """Agencies to enrollments that hold (nothing that ended), keyed by sourced id; rows in no set order.

    Students need D1 and D3; their demographics, directory and contacts D2; posts D14, without which the
    staff are those who teach the sections that leave. Contacts whom a court order bars from a student are
    not that student's contacts; a confidential address is not there. Calendars, bell schedules and
    programmes are not part of it (None).
    """
    leave = Leave(viewer)
    roster = Roster()
    places.fill(roster, leave)
    persons.fill(roster, leave)
    belonging.fill(roster, leave)
    return roster
