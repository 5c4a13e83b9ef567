"""Values of the attendance room that other rooms may hold.

A ``RollCell`` is what stands in one student's place on a roll: the teacher's word, the office's word,
both kept. Rolls make a ``PupilDay``; pupil-days make ADA, chronic absence and truancy, each by its own
flag, because "attended", "present" and "earns ADA" are three different facts.

``AttendanceLoad`` is the shape in which attendance comes in in bulk (a file, the demonstration);
``attendance.api.load_attendance`` is the door.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from firstbell.kernel.finding import Finding


class Origin(StrEnum):
    """Whose word an attendance value is; the office outranks the teacher, and both are kept."""

    TEACHER = "teacher"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceEventRecord:
    """A student's attendance code on one day, for a section's meeting or (``section`` empty) the whole day.

    ``student``, ``section`` and ``period`` are keys of the same source's roster; ``period`` may be
    empty where the section meets once a day. ``code`` is a code of the district's table.
    """

    student: str
    day: date
    code: str
    section: str = ""
    period: str = ""
    school: str = ""
    origin: Origin = Origin.TEACHER
    minutes_late: int | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollRecord:
    """A section's roll was submitted for a day's meeting: the proof that attendance was taken."""

    section: str
    day: date
    period: str = ""
    staff: str = ""
    submitted_at: datetime | None = None


@dataclass(slots=True)
class AttendanceLoad:
    """Attendance in bulk. ``complete``: what this source brought before and lacks now is gone.

    ``silent_through``: the source speaks of absences only, so that days up to this date count as taken
    without a roll of their own.
    """

    events: list[AttendanceEventRecord] = field(default_factory=list)
    rolls: list[RollRecord] = field(default_factory=list)
    complete: bool = True
    silent_through: date | None = None


class CodeKind(StrEnum):
    """What a code says about the body in the seat."""

    PRESENT = "present"
    ABSENT = "absent"
    HALF = "half"


class ReasonClass(StrEnum):
    """Whether the law or the district accepts the reason; neutral where no reason is asked."""

    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    NEUTRAL = "neutral"


class StateCategory(StrEnum):
    """Where a day goes in the state's absence summary (student records specification, section 5)."""

    IN_PERSON = "in_person"
    SUSPENSION_OUT = "suspension_out"
    SUSPENSION_IN = "suspension_in"
    EXCUSED = "excused"
    UNEXCUSED = "unexcused"
    INDEPENDENT_STUDY_NO_ADA = "independent_study_no_ada"
    INDEPENDENT_STUDY_ADA = "independent_study_ada"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendanceCode:
    """A code of the district's table, valid from ``begin`` to ``end`` (inclusive, None: still in use).

    ``titles`` are (ISO 639 language, text) pairs. ``rank`` decides which code names a day that saw
    several: the highest wins. A code that was used is ended, never deleted.
    """

    code: str
    key: str
    titles: tuple[tuple[str, str], ...]
    kind: CodeKind
    reason: ReasonClass
    state_category: StateCategory
    rank: int
    begin: date
    end: date | None = None
    tardy: bool = False
    left_early: bool = False
    earns_ada: bool = False
    counts_for_truancy: bool = False
    office_only: bool = False
    default: bool = False
    prefill: bool = False
    future: bool = False
    needs_comment: bool = False
    needs_minutes: bool = False
    on_site: bool = True
    order: int = 0
    color: str = ""

    def title(self, language: str = "en") -> str:
        """The title in ``language``, else in English, else the code itself."""
        titles = dict(self.titles)
        return titles.get(language) or titles.get("en") or self.code

    def valid_on(self, day: date) -> bool:
        """Whether the code may be written for ``day``."""
        return self.begin <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Said:
    """One person's word on a cell: code, who, when, acting for whom, with comment and minutes."""

    code: str
    by: str
    at: datetime
    acting_for: str = ""
    comment: str = ""
    minutes_late: int | None = None
    minutes_early: int | None = None


class CellOrigin(StrEnum):
    """Where the value shown in a cell of an open roll comes from, the strongest first."""

    OFFICE_PERIOD = "office_period"
    OFFICE_DAY = "office_day"
    KNOWN_ABSENCE = "known_absence"
    PREVIOUS_PERIOD = "previous_period"
    TEACHER = "teacher"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class RollCell:
    """What stands for one student in one meeting: the teacher's word and the office's, both kept."""

    student: str
    teacher: Said | None = None
    office: Said | None = None
    origin: CellOrigin | None = None

    @property
    def effective(self) -> str | None:
        """The code that counts: the office's if set, else the teacher's, else none."""
        said = self.office or self.teacher
        return said.code if said else None

    @property
    def locked(self) -> bool:
        """Whether a teacher sees the office's word and cannot change it."""
        return self.office is not None

    @property
    def blank(self) -> bool:
        """Whether nobody has said anything and nothing was pre-filled."""
        return self.teacher is None and self.office is None and self.origin in (None, CellOrigin.DEFAULT)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAbsence:
    """An absence known ahead: dates (both inclusive), the whole day or (``periods``) chosen periods."""

    student: str
    begin: date
    end: date
    code: str
    periods: frozenset[str] = frozenset()
    by: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSettings:
    """When a school lets teachers write a roll. Days count taught days; None for a time means no limit."""

    back_post_days: int = 0
    forward_post_days: int = 0
    opens: time | None = None
    closes: time | None = None
    locked_through: date | None = None


@dataclass(frozen=True, slots=True)
class PeriodAttendance:
    """One period of a student's day as it counts: its minutes and its code (None: roll not taken)."""

    minutes: int
    code: AttendanceCode | None
    period: str = ""
    session: str = ""
    minutes_late: int = 0
    minutes_early: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilDay:
    """A student's day, derived from the periods; no flag follows from another.

    Minutes are counted minutes; ``fraction`` lies from 0 to 1; ``unexcused_gaps`` are the lengths in
    minutes of unexcused stretches over the rule's limit; ``occasions`` are truancy occasions.
    """

    scheduled_minutes: Decimal
    present_minutes: Decimal
    fraction: Fraction
    category: StateCategory
    code: str
    state_day_present: bool
    local_day_present: bool
    earns_ada: bool
    full_day_unexcused: bool
    unexcused_gaps: tuple[Decimal, ...] = ()
    occasions: int = 0
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Mark:
    """What a roll says of one student; an empty code means the default."""

    code: str
    minutes_late: int | None = None
    minutes_early: int | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One student on whom two submissions of a roll disagree."""

    student_id: int
    theirs: str
    mine: str


@dataclass(frozen=True, slots=True)
class RollReceipt:
    """A roll was taken. ``again``: the same submission came before, nothing changed this time."""

    version: int
    submitted_at: datetime
    by: str
    enrolled: int
    absent: int
    tardy: int
    again: bool = False
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class RollRow:
    """One student on an open roll. ``code`` is what the roll shows; ``origin`` where it comes from."""

    student_id: int
    name: str
    local_id: str
    code: str
    origin: CellOrigin
    #: who said so and when, in words, for a pre-filled or locked cell
    said: str
    locked: bool
    minutes_late: int | None = None
    comment: str = ""
    recently: str = ""
    do_not_release: bool = False


@dataclass(frozen=True, slots=True)
class RollPage:
    """A roll ready to be taken, or taken already (``version`` > 0)."""

    section_id: int
    section: str
    school: str
    period: str
    day: date
    slot: int
    rows: tuple[RollRow, ...]
    codes: tuple[AttendanceCode, ...]
    default: str
    version: int
    submitted_at: datetime | None
    submitted_by: str
    acting_for: str
    #: plain sentences that keep the roll from being taken; empty when it can be
    obstacles: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class MeetingState:
    """A section's meeting on the board: taken, due, late, or waived."""

    section_id: int
    section: str
    school_id: int
    school: str
    slot: int
    period: str
    order: int
    begin: time | None
    end: time | None
    teacher: str
    room: str
    day: date
    state: str
    submitted_at: datetime | None = None
    submitted_by: str = ""
    enrolled: int = 0
    absent: int = 0
    tardy: int = 0


@dataclass(frozen=True, slots=True)
class Rate:
    """Attendance of a group over some days: membership days, days attended, and their exact share."""

    membership: int
    attended: Fraction

    @property
    def share(self) -> Fraction | None:
        """Attended by membership; None where nobody was a member."""
        return self.attended / self.membership if self.membership else None


@dataclass(frozen=True, slots=True)
class SchoolAttendance:
    """A school on a day beside its usual: the same weekday's mean over the last weeks."""

    school_id: int
    school: str
    in_session: bool
    note: str
    enrolled: int
    absent: int
    rate: Fraction | None
    usual: Fraction | None
    rolls_expected: int
    rolls_taken: int


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """A day in a student's attendance calendar. ``kind``: present, tardy, partial, absent, none, future."""

    day: date
    kind: str
    code: str
    title: str
    detail: str
