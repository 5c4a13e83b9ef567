"""When the roll of a meeting comes in: mostly a few minutes after the bell, some late, a few never."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from math import log

from firstbell.demonstration.rules.chance import stream
from firstbell.demonstration.rules.classes import Class
from firstbell.demonstration.rules.meetings import Meeting, SchoolMeetings, minutes

#: shares of rolls: later than a quarter of an hour, on the next school day, never; of a forgetful teacher
LATE, NEXT_DAY, NEVER = 0.045, 0.007, 0.0018
FORGETFUL, FORGETS = 0.06, 5.0
#: with a substitute in the room
STRANGE_ROOM = 2.5


def roll_times(
    section: Class, meetings: Mapping[int, Meeting], school: SchoolMeetings, seed: int, covered: set[int]
) -> dict[int, datetime]:
    """When the roll of each planned meeting (by place of the day) comes in; never where it is missing.

    ``covered`` are the places of days on which a substitute has the class.
    """
    random = stream(seed, "rolls", section.key)
    usual = 2.0 + 6.0 * random.random()
    habit = FORGETS if random.random() < FORGETFUL else 1.0
    found = {}
    for place, meeting in meetings.items():
        draw, pace, spread = random.random(), random.gauss(0, 0.55), random.random()
        factor = habit * (STRANGE_ROOM if place in covered else 1.0)
        if draw < NEVER * factor:
            continue
        if draw < (NEVER + NEXT_DAY) * factor:
            after = place + 1
            while after < len(school.days) and not school.taught(after):
                after += 1
            if after < len(school.days):
                morning = datetime.combine(school.days[after], time(7, 40), school.zone)
                found[place] = morning + minutes(25 * spread)
        elif draw < (NEVER + NEXT_DAY + LATE) * factor:
            found[place] = meeting.begin + minutes(16 + 85 * spread)
        else:
            found[place] = meeting.begin + minutes(min(14.0, 2.718281828 ** (log(usual) + pace)))
    return found
