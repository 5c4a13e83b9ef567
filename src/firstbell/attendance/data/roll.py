"""A roll: what teacher and office say of each student in one meeting, both kept."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from firstbell.attendance.data.codes import AttendanceCode
from firstbell.kernel.finding import Finding


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

    student: Hashable
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
class Mark:
    """What a roll says of one student; an empty code means the default."""

    code: str
    minutes_late: int | None = None
    minutes_early: int | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One student on whom two submissions of a roll disagree.

    ``suggested`` is "theirs" or "mine" where only one of the two changed what the sender had opened,
    empty where both did.
    """

    student_id: int
    theirs: Mark
    mine: Mark
    suggested: str = ""


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
    minutes_early: int | None = None
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
    #: the viewer writes as the school's attendance office, not as a teacher
    as_office: bool
    #: the school's end-of-meeting rule wants to know that the roll was opened (``api.note_opened``)
    notes_opening: bool
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
    #: "late", "due", "later", "taken" or "waived"
    state: str
    #: when its teacher was reminded that it is outstanding
    reminded_at: datetime | None = None
    #: the teacher for whom the viewer takes it as a substitute
    acting_for: str = ""
    submitted_at: datetime | None = None
    submitted_by: str = ""
    enrolled: int = 0
    absent: int = 0
    tardy: int = 0
