"""What teachers and offices said of everybody's presence, school by school, up to a moment.

A teacher says it with the roll: whoever is not there is absent, unverified. The office then telephones:
its word on the whole day comes later the same day or days after, and stands above the teachers'.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from firstbell.attendance.data import AttendanceEventRecord, AttendanceLoad, Origin, RollRecord
from firstbell.demonstration.rules.absences import Absences, Away, absences, family_spells
from firstbell.demonstration.rules.chance import stream
from firstbell.demonstration.rules.classes import Class, SchoolClasses, Term
from firstbell.demonstration.rules.covering import Covering, covering
from firstbell.demonstration.rules.district import Invented
from firstbell.demonstration.rules.meetings import Meeting, SchoolMeetings, minutes
from firstbell.demonstration.rules.pressure import Pressure, pressure
from firstbell.demonstration.rules.pupils import Pupil, Terms, seats_of
from firstbell.demonstration.rules.rolls import roll_times
from firstbell.people.data import StaffRole

#: how many planned days ahead families tell of journeys and appointments
AHEAD = 12
#: codes that the office writes without being told by a family
OFFICE_CODES = frozenset({"S", "I"})
#: codes of a whole day with which a student is not on a roll as absent
_PRESENT = frozenset({"I", "V"})
#: minutes late from which a teacher has already marked the student absent
MARKED_ABSENT = 25


@dataclass
class Year:
    """All that decides a district's attendance up to ``now``."""

    found: Invented
    now: datetime
    pressure: Pressure
    terms: Terms
    covering: Covering
    meetings: dict[str, SchoolMeetings] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    #: what was drawn already, kept by who looks more than once
    remember: bool = False
    _spells: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    _absences: dict[str, Absences] = field(default_factory=dict)
    _rolls: dict[str, dict[int, datetime]] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Invented, now: datetime, *, remember: bool = False) -> Year:
        """The year of an invented district; ``now`` carries the district's time zone."""
        made_up = tuple(day for day in found.plans.district.taught if day > found.days[-1])
        days = (*found.days, *made_up)
        if now.tzinfo is None:
            raise ValueError("now needs the district's time zone")
        year = cls(
            found, now, pressure(days, found.seed), Terms.of(found.roster.sessions or ()), covering(found)
        )
        for school in found.shape.schools:
            year.meetings[school.key] = SchoolMeetings.of(
                school, found.plans.schools[school.key], days, now.tzinfo
            )
        year.remember = remember
        year.names = {one.key: f"{one.name.first} {one.name.last}" for one in found.roster.staff or ()}
        return year

    @property
    def days(self) -> tuple[date, ...]:
        """The planned days."""
        return self.pressure.days

    def until(self, moment: datetime | None = None) -> int:
        """How many planned days have begun by ``now``, or by another moment."""
        return bisect_right(self.days, (moment or self.now).date())

    def rolls(
        self, section: Class, meetings: Mapping[int, Meeting], school: SchoolMeetings
    ) -> dict[int, datetime]:
        """When the roll of each of a class's planned meetings comes in."""
        if section.key in self._rolls:
            return self._rolls[section.key]
        away = self.covering.away.get(section.teacher, set())
        covered = {place for place in away if (section.teacher, place) in self.covering.by}
        found = roll_times(section, meetings, school, self.found.seed, covered)
        if self.remember:
            self._rolls[section.key] = found
        return found

    def absences(self, pupil: Pupil) -> Absences:
        """The year of a student."""
        if pupil.key in self._absences:
            return self._absences[pupil.key]
        found = self._draw(pupil)
        if self.remember:
            self._absences[pupil.key] = found
        return found

    def _draw(self, pupil: Pupil) -> Absences:
        family = pupil.family.key
        if family not in self._spells:
            self._spells[family] = family_spells(family, self.found.seed, self.pressure)
        home = pupil.history[0].school
        return absences(pupil, self.found.seed, self.pressure, self._spells[family], high_need=home.high_need)

    def told(self, pupil: Pupil, first: int, away: Away) -> tuple[datetime, datetime]:
        """When the office was told of an absence known ahead, and when it entered it: illness on the
        morning itself, journeys and appointments days before, suspensions at once."""
        random = stream(self.found.seed, "report", pupil.key, first)
        one, two = random.random(), random.random()
        zone = self.now.tzinfo
        if away.code == "H":
            told = datetime.combine(self.days[first], time(5, 50), zone) + minutes(110 * one)
            return told, told + minutes(20 + 160 * two)
        ahead = max(0, first - 1 - (0 if away.code in OFFICE_CODES else int(AHEAD * one * one)))
        told = datetime.combine(self.days[ahead], time(15, 0), zone) + minutes(100 * two)
        if away.code in OFFICE_CODES:
            return told, told
        entered = min(first, ahead + 1 + int(3 * two))
        return told, datetime.combine(self.days[entered], time(7, 0), zone) + minutes(70 * one)

    def clerk(self, school: str) -> str:
        """The name of a school's attendance clerk."""
        return self.names[self.found.offices[school][StaffRole.ATTENDANCE_CLERK][0]]

    def load(self, school: str, begin: int = 0) -> AttendanceLoad:
        """One school's attendance of the days from place ``begin`` to now."""
        return _SchoolYear(self, self.found.schools[school], self.meetings[school], begin).load()


def year_of_attendance(found: Invented, now: datetime, begin: int = 0) -> Iterator[AttendanceLoad]:
    """The attendance of a district school by school, from the day at place ``begin`` up to ``now``."""
    year = Year.of(found, now)
    for school in found.schools:
        yield year.load(school, begin)


@dataclass
class _SchoolYear:
    """One school's attendance being told."""

    year: Year
    here: SchoolClasses
    times: SchoolMeetings
    begin: int
    result: AttendanceLoad = field(default_factory=lambda: AttendanceLoad(complete=False))
    #: (class, place) -> when its roll came in
    rolls: dict[tuple[int, int], datetime] = field(default_factory=dict)
    #: class -> (first days, last days) of who sits in it
    sitting: dict[int, tuple[list[date], list[date]]] = field(default_factory=dict)
    absent: Counter[tuple[int, int]] = field(default_factory=Counter)
    tardy: Counter[tuple[int, int]] = field(default_factory=Counter)

    def load(self) -> AttendanceLoad:
        """Rolls and events up to now."""
        self.meets = [self._meetings(section) for section in self.here.classes]
        for at, section in enumerate(self.here.classes):
            for place, when in self.year.rolls(section, self.meets[at], self.times).items():
                if place >= self.begin and when <= self.year.now and self.times.taught(place):
                    self.rolls[at, place] = when
        for pupil in self.year.found.pupils:
            if self.here.school.key in {stint.school.key for stint in pupil.known if not stint.no_show}:
                self._pupil(pupil)
        self.result.rolls.extend(self._rolls())
        return self.result

    def _meetings(self, section: Class) -> dict[int, Meeting]:
        """The planned meetings inside the section's term."""
        found = self.times.of_class(section.meetings)
        if section.term == Term.YEAR:
            return found
        term = self.year.terms.sessions[section.term]
        days = self.times.days
        return {at: meeting for at, meeting in found.items() if term.begin <= days[at] <= term.end}

    def _rolls(self) -> Iterator[RollRecord]:
        counts = {at: (sorted(firsts), sorted(lasts)) for at, (firsts, lasts) in self.sitting.items()}
        for (at, place), when in self.rolls.items():
            section, day = self.here.classes[at], self.times.days[place]
            firsts, lasts = counts.get(at, ([], []))
            by, acting_for = self._by(section, place)
            yield RollRecord(
                section=section.key,
                day=day,
                period=self.meets[at][place].period,
                submitted_at=when,
                by=by,
                acting_for=acting_for,
                enrolled=bisect_right(firsts, day) - bisect_left(lasts, day),
                absent=self.absent[at, place],
                tardy=self.tardy[at, place],
            )

    def _by(self, section: Class, place: int) -> tuple[str, str]:
        """Who takes the roll that day, and for whom."""
        names, covering_ = self.year.names, self.year.covering
        substitute = covering_.by.get((section.teacher, place))
        if substitute is not None:
            return names[substitute], names[section.teacher]
        if place in covering_.away.get(section.teacher, ()):
            return self._clerk(), names[section.teacher]
        return names[section.teacher], ""

    def _pupil(self, pupil: Pupil) -> None:
        """Everything said of one student at this school."""
        found = self.year.found
        spans = list(seats_of(pupil, self.here, self.year.terms, found.days, found.known_on))
        for at, first, last in spans:
            firsts, lasts = self.sitting.setdefault(at, ([], []))
            firsts.append(first)
            if last is not None:
                lasts.append(last)
        mine = self.year.absences(pupil)
        said = {**mine.away, **mine.late, **mine.early, **mine.cut}
        random = stream(self.year.found.seed, "office", pupil.key, self.here.school.key)
        until = self.year.until()
        for place in sorted(said):
            draws = random.random(), random.random()
            ahead = place >= until and not (place in mine.away and mine.away[place].known)
            if place < self.begin or ahead or not self.times.taught(place):
                continue
            if not self._enrolled(pupil, self.times.days[place]):
                continue
            day = self._day(spans, place)
            if place in mine.away:
                self._away(pupil, place, mine.away, day, draws)
                continue
            if place in mine.late and day:
                self._late(pupil, place, mine.late[place], day)
            if place in mine.early and day:
                self._early(pupil, place, mine.early[place], day)
            if place in mine.cut and len(day) > 2:
                self._cut(pupil, place, mine.cut[place], day, draws)

    def _enrolled(self, pupil: Pupil, day: date) -> bool:
        return any(
            stint.school is self.here.school
            and stint.entry <= day
            and (stint.exit is None or day <= stint.exit)
            for stint in pupil.known
        )

    def _day(self, spans: list[tuple[int, date, date | None]], place: int) -> list[tuple[int, Meeting]]:
        """The (class, meeting) pairs of a student's day, in the order of the bells."""
        day = self.times.days[place]
        found = []
        for at, first, last in spans:
            if first <= day and (last is None or day <= last):
                meeting = self.meets[at].get(place)
                if meeting is not None:
                    found.append((at, meeting))
        return sorted(found, key=lambda pair: pair[1].begin)

    def _say(
        self, pupil: Pupil, at: int, place: int, code: str, when: datetime, origin: Origin, **more: Any
    ) -> None:
        """One word on one meeting, when its time has come."""
        if when > self.year.now:
            return
        section = self.here.classes[at]
        by, acting_for = (self._by(section, place)) if origin is Origin.TEACHER else (self._clerk(), "")
        self.result.events.append(
            AttendanceEventRecord(
                student=pupil.key,
                day=self.times.days[place],
                code=code,
                section=section.key,
                period=self.meets[at][place].period,
                origin=origin,
                at=when,
                by=by,
                acting_for=acting_for,
                **more,
            )
        )

    def _clerk(self) -> str:
        return self.year.clerk(self.here.school.key)

    def _away(
        self,
        pupil: Pupil,
        place: int,
        days: Mapping[int, Away],
        day: list[tuple[int, Meeting]],
        draws: tuple[float, float],
    ) -> None:
        """A whole day: the teachers' absent with their rolls unless it spoke before, then the office's."""
        away = days[place]
        if away.known:
            first = place
            while days.get(first - 1) is away:
                first -= 1
            spoken: datetime | None = self.year.told(pupil, first, away)[1]
        else:
            spoken = self._office_time(place, away, *draws)
        for at, _ in day:
            roll = self.rolls.get((at, place))
            if roll is None:
                continue
            if away.code not in _PRESENT:
                self.absent[at, place] += 1
            if spoken is None or spoken > roll:
                self._say(pupil, at, place, "A", roll, Origin.TEACHER)
        if spoken is not None and spoken <= self.year.now:
            self.result.events.append(
                AttendanceEventRecord(
                    student=pupil.key,
                    day=self.times.days[place],
                    code=away.code,
                    school=self.here.school.key,
                    origin=Origin.OFFICE,
                    at=spoken,
                    by=self._clerk(),
                    comment=away.comment,
                )
            )

    def _office_time(self, place: int, away: Away, first: float, second: float) -> datetime | None:
        """When the office wrote its word for the day; None where it never found out."""
        if away.code == "A":
            return None
        if away.code == "U":
            return self._at(place + 2, time(13, 30)) + minutes(90 * second)
        if first < 0.74:
            return self._at(place, time(9, 20)) + minutes(170 * second)
        return self._at(place + 1, time(8, 5)) + minutes(110 * second)

    def _at(self, place: int, clock: time) -> datetime:
        days = self.times.days
        return datetime.combine(days[min(place, len(days) - 1)], clock, self.times.zone)

    def _late(self, pupil: Pupil, place: int, late: int, day: list[tuple[int, Meeting]]) -> None:
        at, meeting = day[0]
        roll = self.rolls.get((at, place))
        if roll is None:
            return
        came = meeting.begin + minutes(late)
        if late < MARKED_ABSENT or came >= meeting.end:
            late = min(late, MARKED_ABSENT - 1)
            self.tardy[at, place] += 1
            self._say(
                pupil,
                at,
                place,
                "T",
                max(roll, meeting.begin + minutes(late)),
                Origin.TEACHER,
                minutes_late=late,
            )
            return
        self.absent[at, place] += 1
        self._say(pupil, at, place, "A", min(roll, came), Origin.TEACHER)
        self._say(pupil, at, place, "T", came, Origin.OFFICE, minutes_late=late)

    def _early(self, pupil: Pupil, place: int, early: int, day: list[tuple[int, Meeting]]) -> None:
        at, meeting = day[-1]
        length = int((meeting.end - meeting.begin).total_seconds() // 60)
        early = min(early, length - 5)
        if (at, place) in self.rolls:
            self._say(
                pupil, at, place, "L", meeting.end - minutes(early), Origin.TEACHER, minutes_early=early
            )

    def _cut(
        self,
        pupil: Pupil,
        place: int,
        which: float,
        day: list[tuple[int, Meeting]],
        draws: tuple[float, float],
    ) -> None:
        """A period missed in the middle of a day; the office finds half of them unexcused."""
        at, _ = day[1 + int(which * (len(day) - 2))]
        roll = self.rolls.get((at, place))
        if roll is None:
            return
        self.absent[at, place] += 1
        self._say(pupil, at, place, "A", roll, Origin.TEACHER)
        if draws[0] < 0.5:
            self._say(
                pupil,
                at,
                place,
                "U",
                self._at(place + 1, time(14, 0)) + minutes(60 * draws[1]),
                Origin.OFFICE,
            )
