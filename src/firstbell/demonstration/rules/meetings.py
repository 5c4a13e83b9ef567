"""When each class of a school meets: days, periods and times, by calendar, cycle letter and bells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from firstbell.demonstration.rules.bells import bell_schedules, periods
from firstbell.demonstration.rules.calendar import YearPlan
from firstbell.demonstration.rules.shape import SchoolPlan
from firstbell.people.data import DayType, MeetingRecord


@dataclass(frozen=True, slots=True)
class Meeting:
    """A class meets: the period's key, and when the bells ring."""

    period: str
    begin: datetime
    end: datetime


@dataclass
class SchoolMeetings:
    """The meetings of a school on the planned days (by place), those on which it was closed left out."""

    school: SchoolPlan
    days: tuple[date, ...]
    zone: tzinfo
    kinds: dict[date, DayType]
    _bells: dict[tuple[DayType, str], dict[str, tuple[time, time]]] = field(default_factory=dict)
    _found: dict[tuple[MeetingRecord, ...], dict[int, Meeting]] = field(default_factory=dict)

    @classmethod
    def of(cls, school: SchoolPlan, plan: YearPlan, days: Sequence[date], zone: tzinfo) -> SchoolMeetings:
        """The meetings of a school in a year as known."""
        kinds = {day.day: day.day_type for day in plan.days if day.day_type.taught}
        return cls(school, tuple(days), zone, kinds)

    def taught(self, place: int) -> bool:
        """Whether the school teaches on the planned day at ``place``."""
        return self.days[place] in self.kinds

    def letter(self, place: int) -> str:
        """The cycle letter planned for the day at ``place``."""
        return self.school.cycle[place % len(self.school.cycle)] if self.school.cycle else ""

    def of_class(self, records: tuple[MeetingRecord, ...]) -> dict[int, Meeting]:
        """Planned meetings by place of the day, closures included (they are told by ``taught``); classes
        that meet at the same times share the answer. A class meets at most once a day."""
        key = tuple(MeetingRecord(period=record.period, letter=record.letter) for record in records)
        if key not in self._found:
            self._found[key] = dict(self._planned(key))
        return self._found[key]

    def _planned(self, records: tuple[MeetingRecord, ...]) -> list[tuple[int, Meeting]]:
        by_letter = {record.letter: record.period for record in records}
        found = []
        for place, day in enumerate(self.days):
            letter = self.letter(place)
            period = by_letter.get(letter) or by_letter.get("")
            if period is None:
                continue
            begin, end = self._times(self.kinds.get(day, DayType.TAUGHT), letter)[period]
            found.append(
                (
                    place,
                    Meeting(
                        period,
                        datetime.combine(day, begin, self.zone),
                        datetime.combine(day, end, self.zone),
                    ),
                )
            )
        return found

    def _times(self, kind: DayType, letter: str) -> dict[str, tuple[time, time]]:
        if (kind, letter) not in self._bells:
            fitting = [
                bell
                for bell in bell_schedules(self.school)
                if kind in bell.day_types and (not bell.letters or letter in bell.letters)
            ]
            # of the schedules by grade the older children's: the day's begin is the same
            self._bells[kind, letter] = {
                at.period: (at.begin, at.end) for bell in fitting for at in bell.times
            }
        return self._bells[kind, letter]


def order_of(school: SchoolPlan) -> dict[str, int]:
    """The order of a school's periods by key."""
    return {period.key: period.order for period in periods(school)}


def minutes(count: float) -> timedelta:
    """So many minutes."""
    return timedelta(seconds=round(count * 60))
