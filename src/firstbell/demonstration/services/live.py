"""The demonstration goes on living: what has happened since it was built or last filled is written down.

The plan of the whole year follows from size and seed, so that the days between are what they would have
been. What a visitor said or changed meanwhile stays.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from firstbell.attendance.api import (
    changed_by_hand,
    load_attendance,
    recompute_schools,
    taken_by_hand,
)
from firstbell.attendance.data import AttendanceLoad
from firstbell.demonstration.models import DemonstrationDistrict
from firstbell.demonstration.rules.attendance import Year
from firstbell.demonstration.rules.calendar import year_shown
from firstbell.demonstration.rules.district import invent, plan_digest
from firstbell.demonstration.services.source_keys import SOURCE, SourceKeys
from firstbell.demonstration.services.tell import tell_coming, tell_substitutes
from firstbell.people.api import job_viewer

#: planned days back at which a word may still come late: a forgotten roll, the office's findings
LATE_WORDS = 3
#: between these hours families, teachers and offices speak
HOURS = time(5, 30), time(19, 0)
#: districts up to this size keep everybody's year in mind between two looks
REMEMBERED = 20_000


@dataclass
class Life:
    """A demonstration kept alive by one process; the plan is made once."""

    year: Year
    keys: SourceKeys

    @classmethod
    def of(cls, now: datetime) -> Life | None:
        """The life of the demonstration in this database; None where there is none, and where another
        version of the house built it by another plan."""
        mark = DemonstrationDistrict.objects.first()
        if mark is None:
            return None
        found = invent(mark.students, mark.seed, mark.known_on)
        if plan_digest(found) != mark.plan:
            return None
        return cls(Year.of(found, now, remember=mark.students <= REMEMBERED), SourceKeys())

    def over(self, now: datetime) -> bool:
        """Whether another school year has begun than the one that was built."""
        return year_shown(now.date()) != self.year.found.plans.district.year

    def go_on(self, now: datetime) -> int:
        """Write what has happened up to ``now``; answers how many words, rolls and reports are new."""
        if self.over(now):
            return 0
        with transaction.atomic():
            mark = DemonstrationDistrict.objects.select_for_update().get()
            if not self._anything_said(mark.filled_to.astimezone(now.tzinfo), now):
                return 0
            self.year.now = now
            since = mark.filled_to.astimezone(now.tzinfo)
            begin = max(0, bisect_left(self.year.days, since.date()) - LATE_WORDS)
            new = self._fill(begin, since)
            mark.filled_to = now
            mark.save(update_fields=["filled_to"])
        return new

    def _anything_said(self, since: datetime, now: datetime) -> bool:
        """Whether a school day's hours lie between two moments; at night and on days off nobody speaks."""
        days = self.year.days
        for day in days[bisect_left(days, since.date()) : self.year.until(now)]:
            begin, end = (datetime.combine(day, clock, now.tzinfo) for clock in HOURS)
            if since < min(end, now) and begin < now:
                return True
        return False

    def _fill(self, begin: int, since: datetime) -> int:
        now, days = self.year.now, self.year.days
        viewer = job_viewer(SOURCE, now.date())
        tell_substitutes(viewer, self.year, self.keys, begin)
        told = tell_coming(viewer, self.year, self.keys, since)
        if begin >= self.year.until():
            return told
        hands = _Hands(taken_by_hand(days[begin], now.date()), changed_by_hand(days[begin], now.date()))

        def portions() -> Iterator[AttendanceLoad]:
            for school in self.year.found.schools:
                yield hands.spare(self.year.load(school, begin), self.keys)

        counts = load_attendance(viewer, portions(), source=SOURCE)
        new = sum(number for name, number in counts.items() if not name.endswith("unchanged"))
        if new:
            schools = [self.keys("school", school) for school in self.year.found.schools]
            recompute_schools(schools, begin=days[begin])
        return new + told


@dataclass(frozen=True)
class _Hands:
    """What people said here themselves: rolls they took, days of students they changed."""

    rolls: set[tuple[int, date, int]]
    days: set[tuple[int, date]]

    def spare(self, load: AttendanceLoad, keys: SourceKeys) -> AttendanceLoad:
        """The load without what people spoke of."""
        if self.rolls or self.days:
            load.events = [
                event
                for event in load.events
                if (keys("student", event.student), event.day) not in self.days
                and not (event.section and self._taken(event.section, event.day, event.period, keys))
            ]
        return load

    def _taken(self, section: str, day: date, period: str, keys: SourceKeys) -> bool:
        return (keys("section", section), day, keys("period", period)) in self.rolls
